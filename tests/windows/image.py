"""The file of a Windows program or DLL (x86-64), in one section.

Layout: learn.microsoft.com, "PE Format".
"""

import struct
from collections.abc import Mapping

SECTION = 0x1000
"""Where the content lies, from the beginning of the image."""
EXPORTS, IMPORTS = 0, 1
_ALIGN = 0x200
_CONSOLE = 3
_RUN_READ_WRITE = 0xE0000020
_DLL, _EXE = 0x2022, 0x0023
_BASES = {_DLL: 0x6BCC0000, _EXE: 0x140000000}


def image(
    content: bytes, tables: Mapping[int, tuple[int, int]], *, entry: int | None, room: int = 0
) -> bytes:
    """The bytes of the file: a program, or a DLL where there is no `entry`.

    `tables` are address and size of EXPORTS and IMPORTS; `room` so many zeros follow the content.
    Addresses count from the beginning of the image.
    """
    kind = _DLL if entry is None else _EXE
    in_file, in_memory = _up(len(content), _ALIGN), len(content) + room
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, kind)
    sizes = (0x20B, 0, 0, in_file, 0, 0, entry or 0, SECTION, _BASES[kind], SECTION, _ALIGN)
    optional = struct.pack("<HBBIIIIIQII", *sizes)
    total = SECTION + _up(in_memory, SECTION)
    optional += struct.pack("<6HIIIIHH", 6, 0, 0, 0, 6, 0, 0, total, _ALIGN, 0, _CONSOLE, 0x100)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    for number in range(16):
        optional += struct.pack("<II", *tables.get(number, (0, 0)))
    section = (b".text", in_memory, SECTION, in_file, _ALIGN, 0, 0, 0, 0, _RUN_READ_WRITE)
    headers = dos + coff + optional + struct.pack("<8sIIIIIIHHI", *section)
    return headers.ljust(_ALIGN, b"\0") + content.ljust(in_file, b"\0")


def _up(size: int, step: int) -> int:
    return -(-size // step) * step

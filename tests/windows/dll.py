"""Writes a Windows DLL (x86-64) without a compiler, to stand in for one that Wine lacks.

    dll.py OUTPUT NAME[=DLL.FUNCTION] ...

Each name becomes a function: that of another DLL, or one that does nothing and gives 0. Layout:
learn.microsoft.com, "PE Format". One section holds the code and the export table; a function whose
address lies inside the table is a forwarder.
"""

import struct
import sys
from pathlib import Path

BASE = 0x6BCC0000
SECTION = 0x1000
ALIGN = 0x200
NOTHING = b"\x31\xc0\xc3".ljust(16, b"\xcc")  # xor eax, eax; ret
DIRECTORY = 40
READ_AND_RUN = 0x60000020


def dll(file_name: str, functions: dict[str, str | None]) -> bytes:
    """The bytes of the file; `functions` are those it exports, with what each forwards to."""
    names = sorted(functions)  # the loader searches them by halves
    count = len(names)
    start = SECTION + len(NOTHING)
    tables = (start + DIRECTORY, start + DIRECTORY + 4 * count, start + DIRECTORY + 8 * count)
    texts = b""

    def place(text: str) -> int:
        nonlocal texts
        at = start + DIRECTORY + 10 * count + len(texts)
        texts += text.encode() + b"\0"
        return at

    own_name = place(file_name)
    name_places = [place(name) for name in names]
    targets = [functions[name] for name in names]
    addresses = [SECTION if target is None else place(target) for target in targets]
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, own_name, 1, count, count, *tables)
    table = struct.pack(f"<{count}I{count}I{count}H", *addresses, *name_places, *range(count))
    exports = directory + table + texts
    content = NOTHING + exports
    size = -(-len(content) // ALIGN) * ALIGN
    return _headers(start, len(exports), len(content), size) + content.ljust(size, b"\0")


def _headers(exports_at: int, exports: int, used: int, size: int) -> bytes:
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    sizes = (0x20B, 0, 0, size, 0, 0, 0, SECTION, BASE, SECTION, ALIGN)
    optional = struct.pack("<HBBIIIIIQII", *sizes)
    image = SECTION + -(-used // SECTION) * SECTION
    optional += struct.pack("<6HIIIIHH", 6, 0, 0, 0, 6, 0, 0, image, ALIGN, 0, 2, 0x100)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += struct.pack("<II", exports_at, exports).ljust(16 * 8, b"\0")
    section = (b".text", used, SECTION, size, ALIGN, 0, 0, 0, 0, READ_AND_RUN)
    headers = dos + coff + optional + struct.pack("<8sIIIIIIHHI", *section)
    return headers.ljust(ALIGN, b"\0")


if __name__ == "__main__":
    output = Path(sys.argv[1])
    wanted = (argument.partition("=") for argument in sys.argv[2:])
    output.write_bytes(dll(output.name, {name: target or None for name, _, target in wanted}))

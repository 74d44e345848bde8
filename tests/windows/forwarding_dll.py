"""Writes a Windows DLL (x86-64) of one function that is another one of another DLL.

    forwarding_dll.py OUTPUT NAME TARGET

It holds nothing but an export table with a forwarder, TARGET being `DLL.function`. Layout:
learn.microsoft.com, "PE Format".
"""

import struct
import sys
from pathlib import Path

BASE = 0x6BCC0000
SECTION = 0x1000
FILE_ALIGN = 0x200


def dll(file_name: str, name: str, target: str) -> bytes:
    """The bytes of the file."""
    texts = [text.encode() + b"\0" for text in (file_name, name, target)]
    at = SECTION + 40 + 4 + 4 + 2  # behind the directory and its three tables of one entry each
    places: list[int] = []
    for text in texts:
        places.append(at)
        at += len(text)
    tables = (SECTION + 40, SECTION + 44, SECTION + 48)
    exports = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, places[0], 1, 1, 1, *tables)
    exports += struct.pack("<IIH", places[2], places[1], 0) + b"".join(texts)

    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    sizes = (0x20B, 0, 0, 0, FILE_ALIGN, 0, 0, SECTION, BASE, SECTION, FILE_ALIGN)
    optional = struct.pack("<HBBIIIIIQII", *sizes)
    optional += struct.pack("<6HIIIIHH", 6, 0, 0, 0, 6, 0, 0, 2 * SECTION, FILE_ALIGN, 0, 2, 0x100)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += struct.pack("<II", SECTION, len(exports)).ljust(16 * 8, b"\0")
    section = struct.pack(
        "<8sIIIIIIHHI",
        b".edata",
        len(exports),
        SECTION,
        FILE_ALIGN,
        FILE_ALIGN,
        0,
        0,
        0,
        0,
        1 << 30,
    )
    headers = dos + coff + optional + section
    return headers.ljust(FILE_ALIGN, b"\0") + exports.ljust(FILE_ALIGN, b"\0")


if __name__ == "__main__":
    output = Path(sys.argv[1])
    output.write_bytes(dll(output.name, *sys.argv[2:]))

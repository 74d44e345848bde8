"""Writes a Windows DLL (x86-64) without a compiler, to stand in for one that Wine lacks.

    python3 -m tests.windows.dll OUTPUT NAME[=DLL.FUNCTION] ...

Each name becomes a function: that of another DLL, or one that does nothing and gives 0. A function
whose address lies inside the table of exports is a forwarder.
"""

import struct
import sys
from pathlib import Path

from tests.windows.image import EXPORTS, SECTION, image

NOTHING = b"\x31\xc0\xc3".ljust(16, b"\xcc")  # xor eax, eax; ret
DIRECTORY = 40


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
    return image(NOTHING + exports, {EXPORTS: (start, len(exports))}, entry=None)


if __name__ == "__main__":
    output = Path(sys.argv[1])
    wanted = (argument.partition("=") for argument in sys.argv[2:])
    output.write_bytes(dll(output.name, {name: target or None for name, _, target in wanted}))

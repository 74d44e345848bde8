"""The `Scripts\\python.exe` of a virtual environment, written without a compiler.

The real one (CPython's PC/launcher.c and launcher2.c) comes with the installer of Python, not with
the embeddable one: it starts the Python that the environment was made from as a second process,
with its own arguments and handles, tells it by __PYVENV_LAUNCHER__ in whose name, and ends with its
exit code; where that Python is gone it says so and ends with 103.
"""

import struct
from pathlib import Path

from tests.windows.image import IMPORTS, SECTION, image

DLLS = {
    "kernel32.dll": (
        *("GetModuleFileNameW", "SetEnvironmentVariableW", "GetCommandLineW", "lstrcatW"),
        *("GetStartupInfoW", "CreateProcessW", "WaitForSingleObject", "GetExitCodeProcess"),
        *("ExitProcess", "GetStdHandle", "WriteFile"),
    ),
    "shlwapi.dll": ("PathGetArgsW",),
}
LONGEST = 32768
"""Characters of a command line."""

Code = bytes | str
"""Machine code, or what the code before it refers to, by a distance of 32 bits."""


def call(function: str) -> list[Code]:
    """`call [function]`."""
    return [b"\xff\x15", function]


def put(register: str, name: str) -> list[Code]:
    """`lea register, [name]`."""
    return [
        {"rcx": b"\x48\x8d\x0d", "rdx": b"\x48\x8d\x15", "rax": b"\x48\x8d\x05"}[register],
        name,
    ]


PROGRAM: list[Code] = [
    b"\x48\x83\xec\x58",  # sub rsp, 0x58
    *(b"\x31\xc9", *put("rdx", "own"), b"\x41\xb8\x00\x04\x00\x00"),  # xor ecx, ecx; r8d = 1024
    *call("GetModuleFileNameW"),
    *(*put("rcx", "variable"), *put("rdx", "own"), *call("SetEnvironmentVariableW")),
    *(*call("GetCommandLineW"), b"\x48\x89\xc1", *call("PathGetArgsW")),  # mov rcx, rax
    *(b"\x48\x89\xc2", *put("rcx", "line"), *call("lstrcatW")),  # mov rdx, rax
    *(*put("rcx", "startup"), *call("GetStartupInfoW")),
    b"\x31\xc9",  # xor ecx, ecx: no name but that in the line
    *put("rdx", "line"),
    b"\x45\x31\xc0\x45\x31\xc9",  # xor r8d, r8d; xor r9d, r9d: no attributes
    b"\x48\xc7\x44\x24\x20\x01\x00\x00\x00",  # mov qword [rsp+0x20], 1: it inherits handles
    b"\x48\xc7\x44\x24\x28\x00\x00\x00\x00",  # no flags
    b"\x48\xc7\x44\x24\x30\x00\x00\x00\x00",  # our environment
    b"\x48\xc7\x44\x24\x38\x00\x00\x00\x00",  # our folder
    *(*put("rax", "startup"), b"\x48\x89\x44\x24\x40"),  # mov [rsp+0x40], rax
    *(*put("rax", "started"), b"\x48\x89\x44\x24\x48"),
    *call("CreateProcessW"),
    *(b"\x85\xc0", b"\x0f\x84", "gone"),  # test eax, eax; jz gone
    *(b"\x48\x8b\x0d", "started", b"\xba\xff\xff\xff\xff"),  # mov rcx, [started]; for ever
    *call("WaitForSingleObject"),
    *(b"\x48\x8b\x0d", "started", *put("rdx", "code"), *call("GetExitCodeProcess")),
    *(b"\x8b\x0d", "code", *call("ExitProcess")),  # mov ecx, [code]
]
GONE: list[Code] = [
    *(b"\xb9\xf4\xff\xff\xff", *call("GetStdHandle"), b"\x48\x89\xc1"),  # standard error
    *(*put("rdx", "words"), b"\x41\xb8", "length of words"),  # mov r8d, ...
    *(b"\x45\x31\xc9", b"\x48\xc7\x44\x24\x20\x00\x00\x00\x00", *call("WriteFile")),
    *(b"\xb9\x67\x00\x00\x00", *call("ExitProcess")),  # 103
]


def redirector(base: str) -> bytes:
    """The bytes of the program; `base` is the Python that it starts."""
    words = f"No Python at '\"{base}\"'\r\n".encode()
    length = sum(4 if isinstance(part, str) else len(part) for part in (*PROGRAM, *GONE))
    places = {"gone": SECTION + sum(4 if isinstance(p, str) else len(p) for p in PROGRAM)}
    data = b""

    def place(name: str, content: bytes) -> int:
        nonlocal data
        data = data.ljust(-(-len(data) // 16) * 16, b"\0")
        places[name] = SECTION + length + len(data)
        data += content
        return places[name]

    length = -(-length // 16) * 16
    place("own", bytes(2048))
    place("startup", bytes(104))
    place("started", bytes(24))
    place("code", bytes(8))
    place("words", words)
    place("variable", "__PYVENV_LAUNCHER__\0".encode("utf-16-le"))
    descriptors = b""
    for library, functions in DLLS.items():
        names = [place("", b"\0\0" + name.encode() + b"\0") for name in functions]
        thunks = struct.pack(f"<{len(names) + 1}Q", *names, 0)
        looked_up, bound = place("", thunks), place("", thunks)
        places |= {name: bound + 8 * number for number, name in enumerate(functions)}
        own = place("", library.encode() + b"\0")
        descriptors += struct.pack("<5I", looked_up, 0, 0, own, bound)
    imports = place("", descriptors + bytes(20)), len(descriptors) + 20
    place("line", f'"{base}" '.encode("utf-16-le"))
    code = b""
    for part in (*PROGRAM, *GONE):
        if part == "length of words":
            code += struct.pack("<i", len(words))
        elif isinstance(part, str):
            code += struct.pack("<i", places[part] - (SECTION + len(code) + 4))
        else:
            code += part
    content = code.ljust(length, b"\xcc") + data
    return image(content, {IMPORTS: imports}, entry=SECTION, room=2 * LONGEST)


def environment(folder: Path, base: str) -> None:
    """Make a virtual environment of the Python at `base`, without packages."""
    (folder / "Scripts").mkdir(parents=True)
    (folder / "Lib" / "site-packages").mkdir(parents=True)
    (folder / "Scripts" / "python.exe").write_bytes(redirector(base))
    home = base.rpartition("\\")[0]
    alone = "include-system-site-packages = false"
    (folder / "pyvenv.cfg").write_text(f"home = {home}\n{alone}\n", "utf-8")

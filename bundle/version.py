"""What Windows shows as the details of an executable, as PyInstaller reads it from a file."""

from typing import Final

_TEMPLATE: Final = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      {strings}
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
  ],
)
"""


def details(version: str, file_name: str, description: str) -> str:
    """The text of a version resource; of `version`, only leading whole numbers are its numbers."""
    numbers: list[int] = []
    for part in version.split(".")[:4]:
        if not part.isdecimal():
            break
        numbers.append(int(part))
    strings = {
        "ProductName": "Solofleet",
        "ProductVersion": version,
        "FileDescription": description,
        "FileVersion": version,
        "OriginalFilename": file_name,
        "InternalName": file_name.removesuffix(".exe"),
        "LegalCopyright": "MIT licence",
    }
    return _TEMPLATE.format(
        numbers=(*numbers, 0, 0, 0, 0)[:4],
        strings=",\n      ".join(f"StringStruct({k!r}, {v!r})" for k, v in strings.items()),
    )

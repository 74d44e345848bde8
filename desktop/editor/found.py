"""The editors that are found without being told: those on PATH that can go to a line."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_GOTO: Final = ("--goto", "{file}:{line}")
_LINE: Final = ("--line", "{line}", "{file}")


@dataclass(frozen=True, slots=True)
class Editor:
    """`words` is its command line, as in `desktop.editor.command`."""

    name: str
    words: tuple[str, ...]


_KNOWN: Final = (
    # https://code.visualstudio.com/docs/editor/command-line
    ("code", "VS Code", _GOTO),
    ("code-insiders", "VS Code Insiders", _GOTO),
    ("codium", "VSCodium", _GOTO),
    ("cursor", "Cursor", _GOTO),
    # https://www.jetbrains.com/help/pycharm/opening-files-from-command-line.html
    ("pycharm64", "PyCharm", _LINE),
    ("pycharm", "PyCharm", _LINE),
    ("charm", "PyCharm", _LINE),
)


def find_editor(environ: Mapping[str, str]) -> Editor | None:
    """The first one that is known and on PATH. Blocks while folders are looked through."""
    for program, name, rest in _KNOWN:
        if found := shutil.which(program, path=environ.get("PATH", "")):
            return Editor(name, (_behind(Path(found)), *rest))
    return None


def _behind(found: Path, *, windows: bool = sys.platform == "win32") -> str:
    """The program itself, where a batch file starts it: `bin/code.cmd` stands beside `Code.exe`."""
    if windows and found.suffix.lower() == ".cmd":
        for program in sorted(found.parent.parent.glob("*.exe")):
            same = program.stem.lower().replace(" - ", "-").replace("vs", "")
            if same == found.stem.lower():
                return str(program)
    return str(found)

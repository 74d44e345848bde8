"""Small projects on disk, laid out from their files."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent


def lay_out(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files below a folder, which is given back."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), "utf-8")
    return folder

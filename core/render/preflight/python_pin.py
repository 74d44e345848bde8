"""Which Python Render takes, by what the project says of it.

Order and form: https://render.com/docs/python-version. The default is that of services that are
created since 11 February 2026.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from core.render.preflight.commit import joined
from core.render.variables.written import Kind, Written

DEFAULT: Final = "3.14.3"
VARIABLE: Final = "PYTHON_VERSION"
FILE: Final = ".python-version"
_FULL: Final = re.compile(r"3\.\d+\.\d+")
_SHORT: Final = re.compile(r"3\.\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Pin:
    """The version that is asked for, where, and whether Render takes it in this form."""

    version: str
    file: str | None
    line: int | None
    valid: bool = True


def find_pin(root: str, values: Iterable[Written], text_of: Callable[[str], str | None]) -> Pin:
    """The variable first, then the file in the root directory, then in that of the repository."""
    for value in values:
        if value.name == VARIABLE and value.deployed and value.kind is Kind.VALUE:
            valid = _FULL.fullmatch(value.text) is not None
            return Pin(value.text, value.file, value.line, valid)
    for folder in dict.fromkeys((root, "")):
        text = text_of(joined(folder, FILE))
        if text is not None:
            lines = (line.strip() for line in text.splitlines())
            version = next((line for line in lines if line and not line.startswith("#")), "")
            version = version.removeprefix("python-")
            valid = _SHORT.fullmatch(version) is not None
            return Pin(version, joined(folder, FILE), 1, valid)
    return Pin(DEFAULT, None, None)


def minor(version: str) -> str:
    """3.13 of 3.13.5; empty for what is no version."""
    found = re.match(r"3\.\d+", version)
    return found[0] if found else ""

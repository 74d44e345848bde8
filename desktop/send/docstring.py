"""Finds in a task's docstring what it says of the task, and of each argument.

Three ways of writing them are known: Google's (`Args:` and indented `name (type): text`), NumPy's
(`Parameters` underlined, `name : type` and the text below it), and Sphinx's (`:param name: text`).
"""

import re
from dataclasses import dataclass, field
from typing import Final

_SECTION: Final = re.compile(
    r"(?:Args|Arguments|Parameters|Keyword Args|Keyword Arguments|Returns?|Raises|Yields?|Notes?"
    r"|Examples?)(?P<colon>:)?\s*$"
)
_ARGUMENTS: Final = ("Arg", "Param", "Keyword")
_SPHINX: Final = re.compile(
    r":(?:param|parameter|arg|argument|key)\s+(?:[^:]*\s)?\*{0,2}(\w+):(.*)"
)
_SPHINX_FIELD: Final = re.compile(r":\w+[^:]*:")
_GOOGLE: Final = re.compile(r"\*{0,2}(\w+)(?:\s*\([^)]*\))?:\s*(.*)")
_NUMPY: Final = re.compile(r"\*{0,2}(\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?::.*)?$")


@dataclass(frozen=True, slots=True)
class Docstring:
    """`summary` is what stands before the arguments, its line breaks gone within paragraphs."""

    summary: str
    arguments: dict[str, str] = field(default_factory=dict[str, str])


def read_docstring(doc: str) -> Docstring:
    """Read one that is dedented, as `inspect.getdoc` gives it."""
    lines = doc.splitlines()
    first = next((at for at, line in enumerate(lines) if _begins(lines, at, line)), len(lines))
    summary = "\n".join(lines[:first]).strip()
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", summary)]
    return Docstring("\n".join(paragraphs), _arguments(lines[first:]))


def _begins(lines: list[str], at: int, line: str) -> bool:
    """Whether the part for arguments and results begins here."""
    if _SPHINX_FIELD.match(line):
        return True
    section = _SECTION.match(line)
    return bool(section) and (bool(section["colon"]) or _underlined(lines, at))


def _underlined(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and set(lines[at + 1].strip()) == {"-"}


def _arguments(lines: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    names: list[str] = []
    style = ""
    for at, line in enumerate(lines):
        if _begins(lines, at, line):
            names = []
            section = _SECTION.match(line)
            wanted = section is not None and line.startswith(_ARGUMENTS)
            style = ("google" if section and section["colon"] else "numpy") if wanted else ""
            if sphinx := _SPHINX.match(line):
                names = [sphinx[1]]
                found[sphinx[1]] = [sphinx[2]]
        elif style == "google" and (google := _GOOGLE.match(_dedented(line, lines))):
            names = [google[1]]
            found[google[1]] = [google[2]]
        elif style == "numpy" and (numpy := _NUMPY.match(line)):
            names = [name.strip(" *") for name in numpy[1].split(",")]
            found |= {name: [] for name in names}
        elif not line.strip():
            names = names if style == "numpy" else []
        else:
            for name in names:
                found[name].append(line.strip())
    return {name: " ".join(" ".join(text).split()) for name, text in found.items() if any(text)}


def _dedented(line: str, lines: list[str]) -> str:
    """A line at the depth of the section's entries, as if it stood at the left; else nothing."""
    depths = [len(each) - len(each.lstrip()) for each in lines[1:] if each.strip()]
    least = min((depth for depth in depths if depth), default=0)
    return (
        line[least:] if least and line[:least].isspace() and line[least : least + 1] != " " else ""
    )

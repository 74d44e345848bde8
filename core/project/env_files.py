"""The variables that a project sets in `.env` files, each with the place it comes from.

The syntax is python-dotenv's, whose parser is used, so an app that calls `load_dotenv`
sees the same values: `${NAME}` and `${NAME:-default}` are expanded, in single quotes too,
`$NAME` stays as it is; a name that is not set above gives nothing.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dotenv.parser import parse_stream
from dotenv.variables import Variable, parse_variables

from core.errors import FleetError
from core.secret import Secret

ENV_FILES: Final = (".env.local", ".env")
"""The files that are read in each folder; the first to set a name wins."""
MAX_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class EnvValue:
    """A variable for the children: its value, and where that comes from, in words."""

    name: str
    secret: Secret
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment as it is written: `text` is not expanded yet."""

    name: str
    text: str
    line: int

    def __repr__(self) -> str:
        return f"Line({self.name!r}, line {self.line})"


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What one file says; `notes` name the lines that could not be understood."""

    values: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()


def parse_env_file(file: Path) -> EnvFile:
    """Read the assignments of one file; a missing one, or a folder, has none. Raises nothing."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES)
    except FileNotFoundError:
        return EnvFile()
    except OSError as error:
        if file.is_dir():  # of such files, or an environment of Python
            return EnvFile()
        return EnvFile(notes=(f"{file} could not be read: {error.strerror or error}",))
    text, odd = _decode(data)
    notes = [f"{file} is {odd}; save it as UTF-8, or python-dotenv fails on it"] if odd else []
    parsed = parse_env_text(text, str(file))
    return EnvFile(parsed.values, (*notes, *parsed.notes))


def parse_env_text(text: str, file: str) -> EnvFile:
    """Read the assignments of a text; `file` is for the notes. Raises nothing."""
    notes: list[str] = []
    values: list[Line] = []
    for binding in parse_stream(io.StringIO(text)):
        # The text of a binding starts with the blank lines before it.
        start = binding.original.string
        line = binding.original.line + start[: len(start) - len(start.lstrip())].count("\n")
        if binding.key is not None and binding.value is not None:
            values.append(Line(binding.key, binding.value, line))
        elif binding.error or binding.key is not None:
            notes.append(f"{file}:{line} is not NAME=value, so it is left out")
    return EnvFile(tuple(values), tuple(notes))


def unreadable(files: Iterable[Path]) -> FleetError | None:
    """Say of the first file that is there and cannot be read; blocks while they are opened."""
    for file in dict.fromkeys(files):
        try:
            with file.open("rb") as stream:
                stream.read(1)
        except FileNotFoundError:
            continue
        except OSError as error:
            if not file.is_dir():
                return FleetError(
                    f"{file} could not be read, so its variables are missing",
                    error.strerror or str(error),
                    "Let your account read the file, or leave it out of the setting env_files.",
                )
    return None


def _decode(data: bytes) -> tuple[str, str | None]:
    # PowerShell 5 writes UTF-16 with `>`; editors on Windows write the local code page.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "not UTF-8"


def env_values(
    files: Iterable[Path], environ: Mapping[str, str]
) -> tuple[tuple[EnvValue, ...], tuple[str, ...]]:
    """Give the values of `files` in order of rank, and notes on what was odd.

    The first file to set a name wins, and `environ` wins over all of them, as if the app
    called `load_dotenv` on each in turn. A name of the environment is listed, with both places.
    """
    values: dict[str, EnvValue] = {}
    notes: list[str] = []
    for file in dict.fromkeys(files):
        parsed = parse_env_file(file)
        notes.extend(parsed.notes)
        known = {name: value.secret.reveal() for name, value in values.items()}
        own: dict[str, EnvValue] = {}
        for entry in parsed.values:
            seen = {name: value.secret.reveal() for name, value in own.items()}
            text, missing = _expand(entry.text, {**seen, **known, **environ})
            place = f"{file}:{entry.line}"
            notes.extend(f"{place}: ${{{name}}} is not set, so it is empty" for name in missing)
            own[entry.name] = _value(entry.name, text, place, environ)
        values = {**own, **values}
    return tuple(values[name] for name in sorted(values)), tuple(notes)


def _expand(text: str, known: Mapping[str, str]) -> tuple[str, list[str]]:
    atoms = list(parse_variables(text))
    missing = [
        atom.name
        for atom in atoms
        if isinstance(atom, Variable) and atom.default is None and atom.name not in known
    ]
    return "".join(atom.resolve(known) for atom in atoms), missing


def _value(name: str, text: str, place: str, environ: Mapping[str, str]) -> EnvValue:
    if name in environ:
        return EnvValue(name, Secret(environ[name]), f"process environment, over {place}")
    return EnvValue(name, Secret(text), place)

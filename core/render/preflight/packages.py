"""The packages that a project asks for, as pip, uv and poetry read its lists."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from core.render.preflight.commit import joined

LINUX: Final = {
    **{"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    **{"platform_machine": "x86_64", "implementation_name": "cpython"},
    "platform_python_implementation": "CPython",
}
"""What markers are asked against (`packaging.markers`); the version of Python is added."""


@dataclass(frozen=True, slots=True)
class Package:
    """One line of a list: the name as PEP 503 has it, its extras, whether it names one version.

    `marker` is empty or a marker as it is written; `on_linux` what that comes to.
    """

    name: str
    extras: frozenset[str]
    pinned: bool
    marker: str
    file: str
    line: int
    written: str
    on_linux: bool = True


@dataclass(frozen=True, slots=True)
class Packages:
    """All lists that the build reads.

    `files` in the order they were read. `opaque`: lines whose packages nobody can tell here
    (`-e .`, an address, a file that is not in the commit). `missing`: lists that a line names and
    the commit does not have, with the place of that line. `locked` holds the names of a complete
    lock, which is `lock`.
    """

    files: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    opaque: tuple[str, ...] = ()
    missing: tuple[tuple[str, str, int], ...] = ()
    lock: str | None = None
    locked: frozenset[str] = frozenset()

    def named(self, *names: str) -> bool:
        """Whether one of these will be installed on Linux, as far as the lists say themselves."""
        wanted = {canonicalize_name(name) for name in names}
        asked = {package.name for package in self.packages if package.on_linux}
        return bool(wanted & (asked | self.locked))


def environment(python: str) -> dict[str, str]:
    """What markers are asked against, for a version such as 3.13 or 3.13.5."""
    full = python if python.count(".") > 1 else f"{python}.0"
    return {**LINUX, "python_version": ".".join(full.split(".")[:2]), "python_full_version": full}


def holds(marker: str, around: Mapping[str, str]) -> bool:
    """Whether a marker holds there; one that cannot be read does."""
    try:
        return not marker or Marker(marker).evaluate({**around, "extra": ""})
    except InvalidMarker:
        return True


def read_requirements(
    path: str, text_of: Callable[[str], str | None], around: Mapping[str, str], by: tuple[str, int]
) -> Packages:
    """Read a requirements file, and those it names with -r; `text_of` is None for what is not.

    `by` is the place that names the first one: a file, and a line.
    """
    reading = _Reading(text_of, around)
    reading.file(path, *by)
    return Packages(
        tuple(reading.files), tuple(reading.packages), tuple(reading.opaque), tuple(reading.missing)
    )


_OPTION: Final = re.compile(r"^(?:-r|--requirement)(?:[ =]\s*)?(?P<file>\S+)")
_EDITABLE: Final = re.compile(r"^(?:-e|--editable)\b|^\S*(?:/|\\)|^[\w+]+://|^\S+\.(?:whl|zip|gz)")
_TAIL: Final = re.compile(r"(?:\s+--?[a-zA-Z].*|\s+#.*|^\s*#.*)$")


class _Reading:
    """Follows lists to the lists that they name, each once."""

    def __init__(self, text_of: Callable[[str], str | None], around: Mapping[str, str]) -> None:
        self._text_of, self._around = text_of, around
        self.files: list[str] = []
        self.packages: list[Package] = []
        self.opaque: list[str] = []
        self.missing: list[tuple[str, str, int]] = []

    def file(self, path: str, by: str, line: int) -> None:
        if path in self.files:
            return
        text = self._text_of(path)
        if text is None:
            self.missing.append((path, by, line))
            return
        self.files.append(path)
        for number, written in _logical_lines(text):
            self._line(written, number, path)

    def _line(self, written: str, number: int, path: str) -> None:
        if option := _OPTION.match(written):
            folder = path.rpartition("/")[0]
            self.file(joined(folder, option["file"]), path, number)
        elif _EDITABLE.match(written):
            self.opaque.append(f"{path}:{number}")
        elif not written.startswith("-"):
            package = package_of(written, path, number, self._around)
            if package is None:
                self.opaque.append(f"{path}:{number}")
            else:
                self.packages.append(package)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments and options, continued ones joined; the number of the first part."""
    joined_so_far, start = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        start = start if joined_so_far else number
        if raw.endswith("\\"):
            joined_so_far += raw[:-1]
            continue
        line = joined_so_far + raw
        joined_so_far = ""
        kept = line.strip() if line.lstrip().startswith("-") else _TAIL.sub("", line).strip()
        if kept:
            yield start, kept


def package_of(written: str, file: str, line: int, around: Mapping[str, str]) -> Package | None:
    """Read one requirement; None when it is none that has a name of an index."""
    try:
        asked = Requirement(written)
    except InvalidRequirement:
        return None
    marker = str(asked.marker or "")
    pinned = any(one.operator in ("==", "===") for one in asked.specifier) or asked.url is not None
    return Package(
        canonicalize_name(asked.name),
        frozenset(asked.extras),
        pinned and "*" not in str(asked.specifier),
        marker,
        file,
        line,
        written,
        holds(marker, around),
    )


def read_pyproject(path: str, text: str, around: Mapping[str, str]) -> Packages:
    """Read `[project]` and poetry's own table; a file that is no TOML has nothing."""
    data = toml(text)
    project, poetry = _table(data, "project"), _table(_table(data, "tool"), "poetry")
    lines = text.splitlines()
    found: list[Package] = []
    for written in _texts(project.get("dependencies")):
        package = package_of(written, path, _line_with(lines, written), around)
        found += [] if package is None else [package]
    for name, said in _table(poetry, "dependencies").items():
        if name.lower() != "python":
            line = next((n for n, each in enumerate(lines, 1) if each.startswith(name)), 1)
            found.append(_of_poetry(name, said, path, line, around))
    return Packages((path,), tuple(found)) if found or project or poetry else Packages()


def _of_poetry(name: str, said: object, path: str, line: int, around: Mapping[str, str]) -> Package:
    options = cast("dict[str, Any]", said) if isinstance(said, dict) else {"version": str(said)}
    version, marker = str(options.get("version", "")), str(options.get("markers", ""))
    if options.get("platform") == "win32":
        marker = 'sys_platform == "win32"'
    extras = frozenset(map(str, options.get("extras", ())))
    pinned = bool(re.match(r"=?=?\d", version))
    written = f"{name} = {version}"
    on_linux = holds(marker, around) and not options.get("optional")
    normal = canonicalize_name(name)
    return Package(normal, extras, pinned, marker, path, line, written, on_linux)


def _line_with(lines: list[str], written: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if written in line), 1)


def toml(text: str) -> dict[str, Any]:
    """The table of a TOML file; empty when it is none."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _table(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [each for each in items if isinstance(each, str)]

"""What a lock file installs on Linux, and what of that Linux cannot have.

uv.lock holds all systems at once: what Linux gets is found by following the project's own entry
through dependencies whose markers hold. poetry.lock of poetry 2 has the markers on each package.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from core.render.preflight.packages import holds, toml


@dataclass(frozen=True, slots=True)
class Locked:
    """A package of a lock: its line there, and whether any of its files fits a Linux of x86-64."""

    name: str
    version: str
    line: int
    fits: bool


def read_lock(path: str, text: str, around: Mapping[str, str]) -> tuple[Locked, ...]:
    """The packages that Linux gets, by name; empty for a lock that cannot be read."""
    packages = [_table(each) for each in _list(toml(text).get("package"))]
    if path.endswith("uv.lock"):
        kept = _followed(packages, around)
    else:
        kept = [each for each in packages if holds(_markers(each), around)]
    lines = {line: number for number, line in reversed(list(enumerate(text.splitlines(), 1)))}
    found = {str(each.get("name")): _locked(each, lines) for each in kept}
    return tuple(found[name] for name in sorted(found))


def _markers(package: Mapping[str, Any]) -> str:
    said = package.get("markers", "")
    return said if isinstance(said, str) else ""


def _followed(packages: list[dict[str, Any]], around: Mapping[str, str]) -> list[dict[str, Any]]:
    by_name: dict[str, list[dict[str, Any]]] = {}
    for each in packages:
        by_name.setdefault(str(each.get("name")), []).append(each)
    own = [each for each in packages if {"virtual", "editable"} & _table(each.get("source")).keys()]
    waiting = [(str(each.get("name")), "") for each in own]
    seen: set[tuple[str, str]] = set()
    kept: dict[int, dict[str, Any]] = {}
    while waiting:
        if (asked := waiting.pop()) in seen:
            continue
        seen.add(asked)
        name, extra = asked
        for each in by_name.get(name, []):
            kept[id(each)] = each
            waiting += _asked_by(each, extra, around)
    return [each for each in kept.values() if each not in own]


def _asked_by(
    package: Mapping[str, Any], extra: str, around: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    more = _table(package.get("optional-dependencies")).get(extra) if extra else None
    for one in (*_list(package.get("dependencies")), *_list(more)):
        needed = _table(one)
        if holds(str(needed.get("marker", "")), around):
            name = str(needed.get("name"))
            yield name, ""
            yield from ((name, str(each)) for each in _list(needed.get("extra")))


def _locked(package: Mapping[str, Any], lines: Mapping[str, int]) -> Locked:
    name = str(package.get("name"))
    names = [
        _file_name(_table(each)) for key in ("wheels", "files") for each in _list(package.get(key))
    ]
    source = "sdist" in package or any(each.endswith((".gz", ".zip", ".bz2")) for each in names)
    wheels = [each for each in names if each.endswith(".whl")]
    fits = source or not wheels or any(map(_fits, wheels))
    line = lines.get(f'name = "{name}"', 1)
    return Locked(canonicalize_name(name), str(package.get("version", "")), line, fits)


def _file_name(file: Mapping[str, Any]) -> str:
    return str(file.get("file") or file.get("filename") or file.get("url", "")).rpartition("/")[2]


def _fits(wheel: str) -> bool:
    try:
        _, _, _, tags = parse_wheel_filename(wheel)
    except InvalidWheelFilename:
        return True
    return any(
        tag.platform == "any" or (tag.platform.endswith("x86_64") and "linux" in tag.platform)
        for tag in tags
    )


def _table(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []

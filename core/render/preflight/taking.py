"""Takes the snapshot of a project. All of it blocks, for seconds where a project is large."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from core.project.env_files import ENV_FILES
from core.project.folder import env_files
from core.project.opening import Project
from core.project.tree import look_around
from core.render.preflight.code import Code, read_code
from core.render.preflight.commit import Commit, Entry, is_below, joined
from core.render.preflight.git import read_commit
from core.render.preflight.installed import read_installed
from core.render.preflight.roots import read_root
from core.render.preflight.services import (
    BLUEPRINT,
    PROCFILE,
    Blueprint,
    Service,
    read_blueprint,
    read_procfile,
)
from core.render.preflight.snapshot import Snapshot
from core.render.sizing.measured import Measured
from core.render.variables.written import PRODUCTION, Written, in_env_files
from core.render.web import find_web_apps

MAX_BYTES: Final = 1_000_000
"""Larger files are data."""
MAX_MODULES: Final = 5000
_SUFFIXES: Final = (".py", ".sh", ".toml", ".txt", ".in", ".cfg", ".lock", ".yaml", ".yml", ".bash")
_NAMES: Final = re.compile(
    r"\.env|\.python-version$|\.gitattributes$|Pipfile|Procfile|Dockerfile|.*\.dockerfile$",
    re.IGNORECASE,
)
_TESTS: Final = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]*|conftest)\.py$")


def take_snapshot(
    folder: Path,
    project: Project | None = None,
    local_python: str | None = None,
    measured: Measured | None = None,
) -> Snapshot:
    """Read what git would send of the repository that `folder` is in.

    `project` is None where no app was found; `measured` is what its workers took on this machine.
    Raises FleetError as `read_commit`.
    """
    installed = None if project is None else read_installed(project.interpreter.path)
    commit = read_commit(folder, _is_wanted)
    return snapshot_of(commit, project, local_python, measured, installed)


def snapshot_of(
    commit: Commit,
    project: Project | None,
    local_python: str | None,
    measured: Measured | None = None,
    installed: Mapping[str, tuple[str, ...]] | None = None,
) -> Snapshot:
    """Make the snapshot of a commit; of the working tree only `.env` files are read."""
    codes = _Codes(commit)
    said = commit.find(BLUEPRINT)
    blueprint = Blueprint() if said is None else read_blueprint(said, commit.find)
    services = blueprint.services or tuple(_from_procfile(commit))
    values = (*blueprint.values, *_written(commit, project))
    own = commit.folder if project is None else _place_of(commit, project.workdir)
    started = (None, None) if project is None else _started(project, alone=not services)
    roots = tuple(
        read_root(path, services, commit, codes, values, started if path == own else (None, None))
        for path in _roots(services, own)
    )
    taken = {(root.path, app) for root in roots for app in root.apps}
    apps = (
        []
        if project is None
        else [(_place_of(commit, each.workdir), each.app) for each in project.candidates]
    )
    return Snapshot(
        commit=commit,
        roots=roots,
        blueprint=blueprint,
        codes=codes,
        values=values,
        local_python=local_python,
        measured=measured,
        installed=installed or {},
        other_apps=tuple(dict.fromkeys(each for each in apps if each not in taken)),
    )


def _is_wanted(entry: Entry) -> bool:
    name = entry.path.rpartition("/")[2]
    if entry.size > MAX_BYTES:
        return name.endswith(".lock")
    plain = "." not in name and entry.size < 100_000
    return plain or name.endswith(_SUFFIXES) or _NAMES.match(name) is not None


def _started(project: Project, *, alone: bool) -> tuple[str, str | None]:
    """The Celery app, and where nothing else says what serves it, the likeliest web app."""
    if not alone:
        return project.app, None
    files = look_around(project.root).python
    webs = find_web_apps(project.workdir, files, project.settings.rows)
    return project.app, f"{webs[0].module}:{webs[0].attr}" if webs else None


class _Codes(Mapping[str, Code]):
    """The Python files of the commit that are no tests, each parsed when it is first asked for."""

    def __init__(self, commit: Commit) -> None:
        paths = (path for path in commit.contents if path.endswith(".py"))
        own = (path for path in paths if not _TESTS.search(path))
        near = sorted(own, key=lambda path: (not is_below(path, commit.folder), path))
        self._contents = {path: commit.contents[path] for path in near[:MAX_MODULES]}
        self._parsed: dict[str, Code] = {}

    def __getitem__(self, path: str) -> Code:
        if path not in self._parsed:
            self._parsed[path] = read_code(path, self._contents[path])
        return self._parsed[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)


def _place_of(commit: Commit, folder: Path) -> str:
    """A folder of this machine as a path of the commit; through links, if need be."""
    for top, place in ((commit.top, folder), (commit.top.resolve(), folder.resolve())):
        if place.is_relative_to(top):
            return joined("", place.relative_to(top).as_posix())
    return commit.folder


def _from_procfile(commit: Commit) -> Iterator[Service]:
    for folder in dict.fromkeys((commit.folder, "")):
        path = joined(folder, PROCFILE)
        if (text := commit.find(path)) is not None:
            yield from read_procfile(path, text, commit.find)
            return


def _roots(services: Iterable[Service], own: str) -> tuple[str, ...]:
    paths = [
        service.root
        for service in services
        if service.start or service.runs_python or service.is_of_docker
    ]
    return tuple(dict.fromkeys(paths)) or (own,)


def _written(commit: Commit, project: Project | None) -> Iterator[Written]:
    """What `.env` files on this machine say, which is what the environment group would get.

    Of those that are for a laptop too, the first to set a variable wins.
    """
    near = [commit.top / commit.folder, commit.top]
    files = (
        [] if project is None else list(env_files(project.root, project.workdir, project.settings))
    )
    files += [folder / name for folder in near for name in (*PRODUCTION, *ENV_FILES)]
    seen: set[str] = set()
    for written in in_env_files(files, commit.top):
        if written.deployed or written.name not in seen:
            yield written
        if not written.deployed:
            seen.add(written.name)

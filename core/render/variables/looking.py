"""Reads all that the list of variables is made of, from the files of a project. Blocks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from core.errors import FleetError
from core.project.folder import env_files
from core.project.opening import Project
from core.project.tree import look_around
from core.render.blueprint.reading import read_file
from core.render.blueprint.running import files_below
from core.render.preflight.git import read_commit
from core.render.variables.code import reads_in
from core.render.variables.contract import Picture
from core.render.variables.users import users_of
from core.render.variables.written import PRODUCTION, in_blueprint, in_env_files

BLUEPRINT: Final = "render.yaml"
MAX_BYTES: Final = 1_000_000
"""Larger files of Python are generated data."""


def look(project: Project, remote: Mapping[str, str] | None = None) -> Picture:
    """Read code, `.env` files and render.yaml.

    `remote` are the variables of the group on Render with their hashes. Raises FleetError for a
    render.yaml that cannot be read.
    """
    root = project.root
    tree = look_around(root)
    users = users_of(project, tree)
    blueprint = root / BLUEPRINT
    folders = dict.fromkeys((project.workdir, root))
    files = (
        *env_files(root, project.workdir, project.settings),
        *(folder / name for folder in folders for name in PRODUCTION),
    )
    services = (
        in_blueprint(read_file(blueprint), BLUEPRINT, files_below(root))
        if blueprint.is_file()
        else None
    )
    return Picture(
        reads=reads_in({_shown(file, root): _data(file) for file in tree.python}),
        users={_shown(file, root): users.of(file) for file in tree.python},
        env=tuple(in_env_files(files, root)),
        services=services,
        remote=remote,
        tracked=_tracked(root),
    )


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()


def _data(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        return b""
    return data if len(data) <= MAX_BYTES else b""


def _tracked(root: Path) -> frozenset[str] | None:
    """The files below the project that HEAD has; None where git cannot tell."""
    try:
        commit = read_commit(root, lambda entry: False)
    except FleetError:
        return None
    folder = f"{commit.folder}/" if commit.folder else ""
    own = (path for path in commit.entries if path.startswith(folder))
    return frozenset(path.removeprefix(folder) for path in own)

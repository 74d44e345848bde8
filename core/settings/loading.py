"""Reads what each layer says of a project, and puts it together.

The project's own file is solofleet.toml, else `[tool.solofleet]` in pyproject.toml.
"""

import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from core.errors import USAGE, FleetError
from core.settings.merged import Reading, Settings, merge
from core.settings.origin import Layer
from core.settings.tables import FOLDER, read_table, wrong
from core.settings.variables import read_variables

OWN_FILE: Final = "solofleet.toml"
SHARED_FILE: Final = "pyproject.toml"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def load_settings(
    root: Path,
    environ: Mapping[str, str] = _NOTHING,
    *,
    user: Path | None = None,
    local: Path | None = None,
    leave_out: Collection[str] = (),
) -> Settings:
    """Read the settings of the project at `root` from all layers but the command line.

    `user` and `local` are the files of those layers, which need not exist; of the keys in
    `leave_out` the local one says nothing. Raises FleetError, with file or variable and key, for
    text that is no TOML and values of a wrong kind.
    """
    by_user, by_project, by_local, by_variables = read_layers(root, environ, user=user, local=local)
    return merge((by_user, by_project, _without(by_local, leave_out), by_variables))


def read_layers(
    root: Path | None,
    environ: Mapping[str, str] = _NOTHING,
    *,
    user: Path | None = None,
    local: Path | None = None,
) -> tuple[Reading, Reading, Reading, Reading]:
    """What user, project, local file and environment say; without a project what is for all.

    Raises FleetError as `load_settings` does.
    """
    return (
        _read_file(user, Layer.USER),
        Reading() if root is None else _read_project(root),
        Reading() if root is None else _read_local(local, root),
        read_variables(environ),
    )


def _read_project(root: Path) -> Reading:
    shared = _shared_table(root / SHARED_FILE)
    own_file = root / OWN_FILE
    if not own_file.is_file():
        return read_table(shared or {}, Layer.PROJECT, root / SHARED_FILE)
    reading = _read_file(own_file, Layer.PROJECT)
    if shared is not None:
        warning = f"{OWN_FILE} is used; [tool.solofleet] in {root / SHARED_FILE} is ignored."
        reading = replace(reading, warnings=(*reading.warnings, warning))
    return reading


def _shared_table(file: Path) -> Mapping[str, object] | None:
    if not file.is_file():
        return None
    text = read_text(file)
    # A pyproject.toml that is broken, but not about us, is not ours to complain of.
    if "solofleet" not in text:
        return None
    tool = parse_toml(file, text).get("tool")
    table = cast(Mapping[str, object], tool).get("solofleet") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise wrong(file, "tool.solofleet", "a table", table)
    return cast(Mapping[str, object], table)


def _read_local(file: Path | None, root: Path) -> Reading:
    """A local file that was copied from another project's says nothing here."""
    if file is None or not file.is_file():
        return Reading()
    table = parse_toml(file, read_text(file))
    folder = table.get(FOLDER)
    if isinstance(folder, str) and _real(folder) != _real(root):
        return Reading(warnings=(f"{file} is not used: it belongs to {folder}",))
    return read_table(table, Layer.LOCAL, file)


def _without(reading: Reading, keys: Collection[str]) -> Reading:
    kept = {key: said for key, said in reading.values.items() if key not in keys}
    return replace(reading, values=kept)


def _real(folder: Path | str) -> str:
    return os.path.normcase(os.path.realpath(folder))


def _read_file(file: Path | None, layer: Layer) -> Reading:
    if file is None or not file.is_file():
        return Reading()
    return read_table(parse_toml(file, read_text(file)), layer, file)


def read_text(file: Path) -> str:
    """The text of a TOML file, line ends as they are. Raises FleetError when it cannot be read."""
    try:
        # Windows editors put a byte order mark in front.
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = error.strerror or str(error)
        raise FleetError(f"{file} could not be read", why, "Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise FleetError(
            f"{file} could not be read",
            f"TOML is UTF-8, and byte {error.start} is not",
            "Save the file as UTF-8.",
            exit_code=USAGE,
        ) from error


def parse_toml(file: Path, text: str) -> dict[str, Any]:
    """What the text of a file says. Raises FleetError when it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fix = "Mend the file at that place."
        raise FleetError(f"{file} is not valid TOML", str(error), fix, exit_code=USAGE) from error

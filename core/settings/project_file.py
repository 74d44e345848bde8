"""One key of the file that is committed with a project, set as the rest of the file stays.

That is `solofleet.toml` where there is one, else `[tool.solofleet]` of `pyproject.toml`, else a new
`solofleet.toml`.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import tomlkit

from core.settings.loading import OWN_FILE, SHARED_FILE, parse_toml, read_text
from core.settings.origin import Layer
from core.settings.tables import read_table

_TABLES: Final = ("tool", "solofleet")


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a file would say: `before` is None where it is not there yet."""

    file: Path
    before: str | None
    after: str

    @property
    def changes(self) -> bool:
        """Whether anything would be another."""
        return (self.before or "") != self.after


def with_table(root: Path, key: str, table: Mapping[str, object]) -> FileChange:
    """The project's file with the table of this key as given; an empty one is left out.

    Raises FleetError for a file that is no TOML or cannot be read, and for values of a wrong kind.
    """
    own, shared = root / OWN_FILE, root / SHARED_FILE
    in_shared = not own.is_file() and shared.is_file()
    file = shared if in_shared else own
    before = read_text(file) if file.is_file() else None
    if before is not None:
        parse_toml(file, before)  # tells better what is wrong
    read_table({key: dict(table)}, Layer.PROJECT, file)
    text = before or ""
    windows = text.count("\n") == text.count("\r\n") > 0
    document = tomlkit.parse(text.replace("\r\n", "\n") if windows else text)
    holder = cast(MutableMapping[str, Any], document)
    for name in _TABLES if in_shared else ():
        if name not in holder:
            if not table:
                return FileChange(file, before, before or "")
            holder[name] = tomlkit.table(is_super_table=True)
        holder = cast(MutableMapping[str, Any], holder[name])
    _set(holder, key, table)
    after = tomlkit.dumps(document)
    return FileChange(file, before, after.replace("\n", "\r\n") if windows else after)


def _set(holder: MutableMapping[str, Any], key: str, table: Mapping[str, object]) -> None:
    """Only what differs is touched, so comments in the table stay."""
    if not table:
        holder.pop(key, None)
        return
    if key not in holder:
        holder[key] = tomlkit.table()
    held = cast(MutableMapping[str, Any], holder[key])
    spelled = {name.replace("-", "_"): name for name in held}
    for name in set(spelled) - set(table):
        del held[spelled[name]]
    for name, value in table.items():
        written = spelled.get(name, name)
        if held.get(written) != value:
            held[written] = value

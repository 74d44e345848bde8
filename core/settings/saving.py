"""Saving values into a person's own file or into that of this machine for a project.

Comments, order, and keys that are unknown here stay as they are.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, cast

import tomlkit

from core.errors import FleetError
from core.settings.atomic import replace_text
from core.settings.keys import GROUP_KEYS, GROUPS, KEYS
from core.settings.loading import parse_toml, read_text
from core.settings.origin import Layer
from core.settings.places import local_file, user_file
from core.settings.tables import FOLDER, read_table

HEADINGS: Final[Mapping[Layer, str]] = {
    Layer.USER: "Solofleet's settings for all projects of this person.",
    Layer.LOCAL: "Solofleet's settings for one project on this machine.",
}


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The file of one layer. `folder` is that of the project, for a local one.

    Its methods block while the disk is slow or the file is busy: call them in a thread.
    """

    layer: Layer
    file: Path
    folder: Path | None = None

    @classmethod
    def of_user(cls) -> Self:
        """A person's own, for all projects."""
        return cls(Layer.USER, user_file())

    @classmethod
    def of_project(cls, name: str, root: Path) -> Self:
        """That of this machine for the project of this name at `root`."""
        return cls(Layer.LOCAL, local_file(name), root)

    def save(self, key: str, value: object) -> None:
        """Set a key such as "workers" or "groups.mail.workers".

        Raises FleetError, and leaves the file as it was: the value is of a wrong kind or holds a
        secret, the file is no TOML, cannot be read or cannot be written.
        """
        document = self._document()
        *tables, last = _path(key)
        table = cast(MutableMapping[str, Any], document)
        for name in tables:
            if not isinstance(table.get(name), dict):
                table[name] = tomlkit.table(is_super_table=name == GROUPS)
            table = cast(MutableMapping[str, Any], table[name])
        table[_written(table, last)] = _as_toml(value)
        self._write(document)

    def remove(self, key: str) -> None:
        """Let lower layers decide again; nothing happens when the key is not there.

        Raises FleetError as `save` does.
        """
        document = self._document()
        *tables, last = _path(key)
        holders = [cast(MutableMapping[str, Any], document)]
        for name in tables:
            inner = holders[-1].get(name)
            if not isinstance(inner, dict):
                return
            holders.append(cast(MutableMapping[str, Any], inner))
        written = _written(holders[-1], last)
        if written not in holders[-1]:
            return
        del holders[-1][written]
        for name, holder, inner in zip(tables[::-1], holders[-2::-1], holders[::-1], strict=False):
            if not inner:
                del holder[name]
        self._write(document)

    def _document(self) -> tomlkit.TOMLDocument:
        if self.file.is_file():
            text = read_text(self.file)
            parse_toml(self.file, text)  # tells better what is wrong
            return tomlkit.parse(text)
        document = tomlkit.document()
        document.add(tomlkit.comment(HEADINGS[self.layer]))
        if self.folder is not None:
            document[FOLDER] = str(self.folder)
        return document

    def _write(self, document: tomlkit.TOMLDocument) -> None:
        text = tomlkit.dumps(document)
        read_table(parse_toml(self.file, text), self.layer, self.file)
        try:
            replace_text(self.file, text)
        except OSError as error:
            raise FleetError(
                f"{self.file} could not be written",
                error.strerror or str(error),
                "Check its permissions, and whether another program has it open.",
            ) from error


def _path(key: str) -> tuple[str, ...]:
    """The names of the tables, then that of the value; a group's name may have dots."""
    if not key.startswith(f"{GROUPS}."):
        assert key in KEYS, key
        return (key,)
    group, _, last = key.removeprefix(f"{GROUPS}.").rpartition(".")
    assert group and last in GROUP_KEYS, key
    return GROUPS, group, last


def _as_toml(value: object) -> object:
    return list(cast(tuple[object, ...], value)) if isinstance(value, tuple) else value


def _written(table: Mapping[str, object], key: str) -> str:
    """The key as the file spells it, with hyphens or without."""
    return next((name for name in table if name.replace("-", "_") == key), key)

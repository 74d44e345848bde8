"""One table of settings, as TOML gives it: what is known is checked, what is not is told.

Nothing of it may be a secret: these files are committed, synchronised and backed up.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, cast

from core.broker.builtin import env as broker_variables
from core.errors import USAGE, FleetError
from core.secret import Secret, looks_secret, mask_url
from core.settings.keys import GROUP_KEYS, GROUPS, KEYS, Key
from core.settings.merged import Reading
from core.settings.origin import Layer, Origin, Setting

FOLDER: Final = "folder"
"""In a local file, the folder of the project that it belongs to."""
_GROUP_NAME: Final = re.compile(r"[\w.+-]+")


def read_table(table: Mapping[str, object], layer: Layer, file: Path) -> Reading:
    """Check the table that a file of this layer holds.

    Raises FleetError, with file and key, for a value of a wrong kind or a secret.
    """
    origin = Origin(layer, str(file))
    values: dict[str, Setting] = {}
    groups: dict[str, Mapping[str, Setting]] = {}
    warnings: list[str] = []
    for written, value in table.items():
        key = written.replace("-", "_")
        if key == GROUPS and layer is not Layer.USER:
            for name, group in _groups(value, file):
                groups[name], odd = _group(name, group, origin)
                warnings += odd
        elif key in _known(layer):
            values[key] = Setting(checked(KEYS[key], value, file, written), origin)
        elif key in (*KEYS, GROUPS):
            text = f"{file}: {written} is not used; it belongs to one project, not to all of them"
            warnings.append(text)
        elif key != FOLDER or layer is not Layer.LOCAL:
            known = [*_known(layer), GROUPS] if layer is not Layer.USER else _known(layer)
            warnings.append(f"{file}: unknown setting {written}; {nearest(key, known)}")
    return Reading(values, groups, tuple(warnings))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was most likely meant, or all of them."""
    known = tuple(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."


def wrong(file: Path, key: str, expected: str, value: object) -> FleetError:
    """The error for a value that is not what was expected."""
    return FleetError(
        f"{file}: the setting {key} is wrong",
        f"it must be {expected}, not {mask_url(repr(value))}",
        f"Write {key} = … in that form, or remove the line.",
        exit_code=USAGE,
    )


def _known(layer: Layer) -> list[str]:
    return [key.name for key in KEYS.values() if key.for_all or layer is not Layer.USER]


def _groups(value: object, file: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not isinstance(value, dict):
        raise wrong(file, GROUPS, "a table with a table for each group", value)
    for name, group in cast(Mapping[str, object], value).items():
        if not _GROUP_NAME.fullmatch(name):
            raise FleetError(
                f"{file}: {name!r} is no name for a worker group",
                "it becomes part of node names, which have letters, digits and . _ + - only",
                f"Give the table {GROUPS}.{name} another name.",
                exit_code=USAGE,
            )
        if not isinstance(group, dict):
            raise wrong(file, f"{GROUPS}.{name}", "a table", group)
        yield name, cast(Mapping[str, object], group)


def _group(
    name: str, table: Mapping[str, object], origin: Origin
) -> tuple[Mapping[str, Setting], list[str]]:
    file = Path(origin.place)
    values: dict[str, Setting] = {}
    warnings: list[str] = []
    for written, value in table.items():
        key, path = written.replace("-", "_"), f"{GROUPS}.{name}.{written}"
        if key in GROUP_KEYS:
            values[key] = Setting(checked(GROUP_KEYS[key], value, file, path), origin)
        elif key in KEYS:
            text = f"{file}: {path} is not used; {key} is for the project, not for one group"
            warnings.append(text)
        else:
            warnings.append(f"{file}: unknown setting {path}; {nearest(key, GROUP_KEYS)}")
    return values, warnings


def checked(key: Key, value: object, file: Path, path: str) -> object:
    """The value of a key as `Settings` keeps it; `path` is how the file spells it.

    Raises FleetError for a value of a wrong kind, and for a secret.
    """
    checked = key.kind.check(value)
    if checked is None:
        # Of a table of variables no value is shown: one of them may be a secret.
        shown = "another value" if key.name == "env" else value
        raise wrong(file, path, key.kind.expected, shown)
    if isinstance(checked, Secret):
        _refuse_password(checked, file, path)
    if key.name == "env":
        for name, text in cast(Mapping[str, str], checked).items():
            _refuse_variable(name, text, file, path)
    return checked


def _refuse_password(url: Secret, file: Path, path: str) -> None:
    if (masked := mask_url(url.reveal())) != url.reveal():
        raise FleetError(
            f"{file}: the setting {path} holds a password",
            f"{masked} would be committed with the project, or copied with the file",
            "Put the URL into CELERY_BROKER_URL in a .env file that git ignores.",
            exit_code=USAGE,
        )


def _refuse_variable(name: str, text: str, file: Path, path: str) -> None:
    if (looks_secret(name) and text) or mask_url(text) != text:
        raise FleetError(
            f"{file}: {path} sets {name}, which looks like a secret",
            "it would be committed with the project, or copied with the file",
            f"Put {name} into a .env file that git ignores; it then holds for all groups.",
            exit_code=USAGE,
        )
    if name.upper() in broker_variables(""):
        raise FleetError(
            f"{file}: {path} sets {name}",
            "all groups work on one broker, else tasks could neither be counted nor settled",
            "Use the setting broker, or a .env file: they are for the whole project.",
            exit_code=USAGE,
        )

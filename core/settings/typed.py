"""A setting as a person types it into a field: its text, and what it may be."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from core.secret import Secret
from core.settings.keys import Key
from core.settings.merged import as_text
from core.settings.tables import checked


def is_table(key: Key) -> bool:
    """Whether it is a table, which is written in a file and not in a field."""
    return key.kind.schema.get("type") == "object"


def choices_of(key: Key) -> tuple[str, ...]:
    """The words it may be, where these are few; empty else."""
    if key.kind.schema.get("type") == "boolean":
        return "true", "false"
    ways = cast("list[Mapping[str, Any]]", key.kind.schema.get("anyOf", []))
    return tuple(word for way in ways for word in way.get("enum", ()))


def value_of(key: Key, text: str, file: Path) -> object:
    """The value of a text, as `SettingsFile.save` takes it for this file.

    Lists have commas. Raises FleetError, whose `why` says what it must be, or that it is a secret.
    """
    value = checked(key, key.kind.read(text.strip()), file, key.name)
    return text.strip() if isinstance(value, Secret) else value


def text_of(value: object) -> str:
    """The text of a value, as one would type it; empty where there is none."""
    return "" if value is None else as_text(value)

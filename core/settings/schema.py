"""The JSON Schema of solofleet.toml, for editors: made from the table of keys.

It flags what our reader refuses or warns of. Only a secret in a parameter of a URL or in a
variable of a group is left to the reader.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from core.places import RESOURCES
from core.settings.keys import GROUP_KEYS, GROUPS, KEYS, Key

SCHEMA_FILE: Final = RESOURCES / "solofleet.schema.json"


def schema_text() -> str:
    """The text of the file as it is published."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> Mapping[str, Any]:
    """The schema (draft 2020-12)."""
    group = _table(GROUP_KEYS, "A worker group", "Workers that are started alike.")
    groups = {
        "title": GROUPS,
        "description": "Worker groups by name, each with queues and variables of its own.",
        "type": "object",
        "propertyNames": {"pattern": r"^[\w.+-]+$"},
        "additionalProperties": {"$ref": "#/$defs/group"},
    }
    table = _table(KEYS, "Solofleet", "What a project tells Solofleet. Secrets have no place here.")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **table,
        "properties": {**table["properties"], GROUPS: groups},
        "$defs": {"group": group},
    }


def _table(keys: Mapping[str, Key], title: str, description: str) -> dict[str, Any]:
    return {
        "title": title,
        "description": description,
        "type": "object",
        "properties": {name: _key(key) for key in keys.values() for name in _spellings(key.name)},
        "additionalProperties": False,
    }


def _spellings(name: str) -> tuple[str, ...]:
    """Our reader takes hyphens too."""
    return tuple(dict.fromkeys((name, name.replace("_", "-"))))


def _key(key: Key) -> dict[str, Any]:
    told = {"title": key.name, "description": key.help, **key.kind.schema}
    return told if key.default is None else {**told, "default": key.default}

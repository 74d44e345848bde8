"""Templates and recent calls of a project, kept on this machine from run to run."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from core.errors import FleetError
from core.places import state_folder
from core.settings.atomic import replace_text
from desktop.send.draft import Draft, as_fields, read_draft

MOST_RECENT: Final = 20
MOST_TEMPLATES: Final = 100


@dataclass(frozen=True, slots=True)
class Template:
    """A call with a name of its own."""

    name: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Recent:
    """A call that was sent, at Unix seconds."""

    at: float
    draft: Draft


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept: templates by name, recent calls the latest first."""

    templates: tuple[Template, ...] = ()
    recents: tuple[Recent, ...] = ()

    def with_template(self, template: Template) -> "Kept":
        """Another template, in place of the one of the same name."""
        others = (each for each in self.templates if each.name != template.name)
        chosen = sorted((*others, template), key=lambda each: each.name.casefold())
        return replace(self, templates=tuple(chosen[:MOST_TEMPLATES]))

    def without_template(self, name: str) -> "Kept":
        """One less."""
        return replace(self, templates=tuple(e for e in self.templates if e.name != name))

    def with_recent(self, recent: Recent) -> "Kept":
        """One that was just sent; the same call stands there once."""
        others = (each for each in self.recents if each.draft != recent.draft)
        return replace(self, recents=(recent, *others)[:MOST_RECENT])


def kept_file(project: str) -> Path:
    """Where it is kept; `project` is the name of an opened one. The values are the user's data."""
    return state_folder() / project / "send.json"


def read_kept(file: Path) -> Kept:
    """Read it; a file that is broken is no loss. Blocks."""
    try:
        stored: object = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return Kept()
    templates = [_template(item) for item in _items(stored, "templates")]
    recents = [_recent(item) for item in _items(stored, "recents")]
    return Kept(
        tuple(each for each in templates if each is not None),
        tuple(each for each in recents if each is not None),
    )


def write_kept(file: Path, kept: Kept) -> None:
    """Replace the file as a whole. Blocks. Raises FleetError."""
    templates = [{"name": each.name, **as_fields(each.draft)} for each in kept.templates]
    recents = [{"at": each.at, **as_fields(each.draft)} for each in kept.recents]
    text = json.dumps({"templates": templates, "recents": recents}, ensure_ascii=False, indent=1)
    try:
        replace_text(file, text)
    except OSError as error:
        raise FleetError(
            f"templates and recent calls could not be saved to {file}",
            error.strerror or str(error),
            "check the permissions of that folder; sending goes on without it",
        ) from error


def _items(stored: object, key: str) -> list[object]:
    if not isinstance(stored, dict):
        return []
    items = cast("dict[str, object]", stored).get(key)
    return cast("list[object]", items) if isinstance(items, list) else []


def _template(item: object) -> Template | None:
    draft = read_draft(item)
    match item:
        case {"name": str(name)} if draft is not None:
            return Template(name, draft)
        case _:
            return None


def _recent(item: object) -> Recent | None:
    draft = read_draft(item)
    match item:
        case {"at": float() | int() as at} if draft is not None:
            return Recent(at, draft)
        case _:
            return None

"""A Blueprint as it would be written: shown first, then written whole or not at all."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import FleetError
from core.project.opening import Project
from core.render.blueprint.changing import changed_text
from core.render.blueprint.fault import Fault
from core.render.blueprint.inferring import inferred
from core.render.blueprint.linting import blueprint_faults
from core.render.blueprint.making import Ground
from core.render.blueprint.planning import repository_of, wanted_blueprint
from core.render.blueprint.reading import Document, read_file, read_text
from core.render.blueprint.running import files_below, whole_command
from core.render.blueprint.services import services_of
from core.render.blueprint.variable_lints import secret_value, variables_of
from core.render.choices import Choices
from core.render.sizing.record import recall
from core.secret import MASK, mask_url
from core.settings.atomic import replace_text
from core.settings.loading import OWN_FILE
from core.settings.project_file import FileChange, with_table
from core.wishes import Wishes

FILE: Final = "render.yaml"


@dataclass(frozen=True, slots=True)
class Draft:
    """What would become of the file, and of the project's settings for choices that are new.

    `choices` are all that hold, `faults` those of the text as it would be.
    """

    before: Document
    after: Document
    exists: bool
    choices: Choices
    settings: FileChange
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def file(self) -> Path:
        """render.yaml, in the folder that Render checks out."""
        return self.before.file

    @property
    def changes(self) -> bool:
        """Whether the Blueprint would be another."""
        return self.before.text != self.after.text

    def text(self) -> str:
        """The new text, for people: without the secrets that somebody wrote into it."""
        return _masked(self.after.text, self.after)

    def diff(self) -> tuple[str, ...]:
        """Both changes as a unified diff, for people: without secrets; no lines for none."""
        old, new = _masked(self.before.text, self.before), self.text()
        settings = self.settings
        return (
            *_diff(self.file, old if self.exists else None, new),
            *_diff(settings.file, settings.before, settings.after),
        )


def draft_blueprint(
    project: Project,
    wishes: Wishes,
    environ: Mapping[str, str],
    asked: Choices,
    python: str | None,
) -> Draft:
    """Make the Blueprint of a project; `asked` wins over its settings, these over the file.

    Reads the project and writes nothing. Blocks. Raises FleetError: a file that cannot be read or
    changed, and as `wanted_blueprint`.
    """
    repository = repository_of(project.root)
    before = read_file(repository / FILE)
    chosen = asked.over(project.settings.render or Choices())
    choices = chosen.over(inferred(before, project))
    keys = frozenset(chosen.table())
    text_of = files_below(repository)
    commands = tuple(whole_command(one, text_of) for one in services_of(before.root))
    ground = Ground(project, repository, choices, keys, python, recall(project.name), commands)
    wanted = wanted_blueprint(ground, wishes, environ)
    after = read_text(changed_text(before, wanted, text_of), before.file)
    return Draft(
        before=before,
        after=after,
        exists=before.file.exists(),
        choices=choices,
        settings=_settings(project, asked, chosen),
        faults=blueprint_faults(after),
        notes=(*wanted.notes, *_asked_for(after)),
    )


def _asked_for(document: Document) -> Iterator[str]:
    """What Render asks for, by name."""
    variables = (one for one in variables_of(document) if not one.in_group)
    names = sorted({one.key for one in variables if one.table.text("sync") == "false"})
    if names:
        yield (
            f"when the Blueprint is connected first, Render asks for {', '.join(names)}, for each"
            " service; what comes later is set in its Dashboard"
        )


def _settings(project: Project, asked: Choices, chosen: Choices) -> FileChange:
    """What is chosen anew goes into the project's file, with what was said before."""
    if asked == Choices():
        return FileChange(project.root / OWN_FILE, None, "")
    return with_table(project.root, "render", chosen.table())


def write_draft(draft: Draft) -> None:
    """Write the settings, then the Blueprint; when either cannot be, both are as before. Blocks.

    Raises FleetError.
    """
    settings = draft.settings
    if settings.changes:
        _write(settings.file, settings.after)
    if not draft.changes:
        return
    try:
        _write(draft.file, "\ufeff" * draft.before.bom + draft.after.text)
    except FleetError:
        if settings.changes:
            _put_back(settings)
        raise


def _put_back(settings: FileChange) -> None:
    if settings.before is None:
        settings.file.unlink()
    else:
        _write(settings.file, settings.before)


def _write(file: Path, text: str) -> None:
    try:
        replace_text(file, text)
    except OSError as error:
        raise FleetError(
            f"{file} could not be written",
            error.strerror or str(error),
            "Make its folder writable, or print the Blueprint: leave out --write.",
        ) from error


def _masked(text: str, document: Document) -> str:
    for variable in variables_of(document):
        value = variable.value
        if value is not None and value.text and any(secret_value(variable, value)):
            text = text.replace(value.text, MASK)
    return mask_url(text)


def _diff(file: Path, before: str | None, after: str) -> Iterator[str]:
    if before == after:
        return
    name = file.name
    yield from difflib.unified_diff(
        (before or "").splitlines(),
        after.splitlines(),
        "/dev/null" if before is None else f"a/{name}",
        f"b/{name}",
        lineterm="",
    )

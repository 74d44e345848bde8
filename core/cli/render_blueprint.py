"""`solofleet render blueprint`: render.yaml for a project, shown first, then written."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_document, number
from core.cli.render_account import add_owner, render_api
from core.cli.terminal import Terminal
from core.errors import DONE, FAILED, FleetError
from core.project.opening import Project
from core.project.versions import read_versions
from core.render.api.answers import Verdict
from core.render.api.matching import choose_owner
from core.render.blueprint.drafting import Draft, draft_blueprint, write_draft
from core.render.blueprint.fault import Severity
from core.render.blueprint.schema import COMPUTE_PLANS, KEY_VALUE_PLANS, REGIONS, TRIGGERS
from core.render.choices import MAX_INSTANCES, REDIS, read_choices


class _Choose(argparse.Action):
    """Puts a value among those that are `chosen`, under the option's name."""

    def __call__(
        self,
        parser: Parser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        key = (option_string or "").lstrip("-").replace("-", "_")
        value: object = values
        if self.nargs == 0:
            key, value = key.removeprefix("no_"), not key.startswith("no_")
        namespace.chosen = {**getattr(namespace, "chosen", {}), key: value}


def _options(parser: Parser) -> None:
    add_document(parser)
    parser.add_argument("--write", action="store_true", help="write the file, and the choices")
    parser.add_argument(
        "--validate", action="store_true", help="let Render judge the file; needs a key"
    )
    add_owner(parser)
    group = parser.add_argument_group(
        "choices", "kept under `render` in the project's settings when the file is written"
    )

    def choose(option: str, help: str, **more: Any) -> None:
        group.add_argument(option, action=_Choose, dest="chosen", help=help, **more)

    parser.set_defaults(chosen={})
    choose("--name", "how the names of all services start", metavar="NAME")
    choose("--plan", "of the workers", choices=COMPUTE_PLANS[1:], metavar="PLAN")
    choose("--web-plan", "of the other services", choices=COMPUTE_PLANS, metavar="PLAN")
    choose("--region", f"of all: {', '.join(REGIONS)}", choices=REGIONS, metavar="REGION")
    choose("--concurrency", "of each worker", type=number(1, 64), metavar="N")
    choose("--instances", "of each worker", type=number(1, MAX_INSTANCES), metavar="N")
    choose("--shutdown", "how long a worker may finish its tasks", type=number(1, 300), metavar="S")
    choose("--redis", "Render's Key Value, or one elsewhere, such as Upstash", choices=REDIS)
    choose("--key-value-plan", "of Key Value", choices=KEY_VALUE_PLANS, metavar="PLAN")
    choose("--flower", "a web service for Flower", nargs=0)
    choose("--no-flower", "none, which is the default", nargs=0)
    choose("--deploy", "when a push is deployed", choices=TRIGGERS)


async def _run(here: Here) -> int:
    project = await asyncio.to_thread(here.project)
    asked = read_choices(dict(here.arguments.chosen))
    assert asked is not None  # it is a table
    python = await _python(project)
    draft = await asyncio.to_thread(
        draft_blueprint, project, here.wishes, here.environ, asked, python
    )
    if here.arguments.write:
        if not here.arguments.json:
            _show(draft, here.terminal, written=True)
        await asyncio.to_thread(write_draft, draft)
        if draft.changes and not here.arguments.json:
            here.terminal.aside(f"written: {draft.file}")
    elif not here.arguments.json:
        _show(draft, here.terminal, written=False)
    verdict = await _judged(here, draft) if here.arguments.validate else None
    if here.arguments.json:
        _show_document(draft, here.terminal, verdict, written=here.arguments.write)
    elif verdict is not None:
        here.terminal.line(*verdict_lines(draft.file.name, verdict))
    blocked = any(fault.severity is Severity.BLOCK for fault in draft.faults)
    return FAILED if blocked or (verdict is not None and not verdict.valid) else DONE


async def _judged(here: Here, draft: Draft) -> Verdict:
    """What Render says of the file, or of what it would be where there is none."""
    is_there = draft.exists or here.arguments.write
    data = await asyncio.to_thread(draft.file.read_bytes) if is_there else draft.after.text.encode()
    async with render_api(here) as api:
        owner = choose_owner(await api.owners(), here.arguments.owner)
        return await api.validate(owner.id, draft.file.name, data)


def verdict_lines(file: str, verdict: Verdict) -> Iterator[str]:
    """What Render says, each fault with its place."""
    if verdict.valid:
        actions = "" if verdict.actions is None else f"; it would take {verdict.actions} actions"
        yield f"Render takes {file}{actions}"
        return
    yield f"Render refuses {file}:"
    for error in verdict.errors:
        numbers = (str(number) for number in (error.line, error.column) if number is not None)
        place = ":".join((file, *numbers))
        yield f"  {place} {error.what}" + (f" ({error.path})" if error.path else "")


async def _python(project: Project) -> str | None:
    try:
        return (await read_versions(project.interpreter)).python
    except FleetError:
        return None


def _show(draft: Draft, terminal: Terminal, *, written: bool) -> None:
    """The text of a new file, or the diff; notes and faults beside it."""
    if not draft.changes and not draft.settings.changes:
        terminal.line(f"{draft.file}: nothing to change")
    elif draft.exists or written:
        terminal.line(*draft.diff())
    else:
        terminal.line(*draft.text().splitlines())
    for note in draft.notes:
        terminal.aside(f"note: {note}")
    for fault in draft.faults:
        terminal.aside(f"{draft.file.name}:{fault}\n  why: {fault.why}\n  fix: {fault.fix}")
    if not written and draft.changes:
        terminal.aside(f"nothing is written yet: --write makes it {draft.file}")


def _show_document(
    draft: Draft, terminal: Terminal, verdict: Verdict | None, *, written: bool
) -> None:
    terminal.line(
        as_json(
            "blueprint",
            file=str(draft.file),
            exists=draft.exists,
            changes=draft.changes,
            written=written and draft.changes,
            choices=draft.choices.table(),
            text=draft.text(),
            diff="\n".join(draft.diff()),
            notes=draft.notes,
            faults=[asdict(fault) for fault in draft.faults],
            verdict=None if verdict is None else asdict(verdict),
        )
    )


RENDER_BLUEPRINT = Command(
    "render blueprint", "make or mend render.yaml, and check it", _options, _run
)

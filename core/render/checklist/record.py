"""Keeps what was ticked of a project, in the user's state folder."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from core.errors import FleetError
from core.places import state_folder
from core.render.checklist.box import Box, box
from core.render.checklist.evidence import Evidence, Source
from core.render.checklist.ticking import Now, Tick, Ticked, by_hand, checklist, to_keep
from core.settings.atomic import replace_text

_FILE: Final = "checklist.json"
_VERSION: Final = 1


def recall(project: str, root: Path | None = None) -> dict[str, Tick]:
    """The ticks of a project by box; none where there is nothing, or nothing that can be read.

    `project` is the project's name, `root` the folder of all records. Blocks.
    """
    try:
        fields = cast("dict[str, Any]", json.loads(_file(project, root).read_text("utf-8")))
        if fields["version"] != _VERSION:
            return {}
        return {box: _tick(told) for box, told in fields["ticks"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def tick_off(
    project: str,
    now: Now,
    *,
    tick: Collection[Box] = (),
    untick: Collection[Box] = (),
    root: Path | None = None,
) -> tuple[Ticked, ...]:
    """The whole list, with these boxes ticked or unticked by hand; it is kept for the next time.

    Blocks. Raises FleetError where what a person did is not kept.
    """
    before = recall(project, root)
    ticks = {id: one for id, one in before.items() if box(id) not in untick}
    ticks |= {each.id: by_hand(now) for each in tick}
    whole = checklist(now, ticks)
    kept = to_keep(whole, ticks, now)
    if kept != before:
        try:
            _write(project, kept, root)
        except OSError as error:
            if tick or untick:
                raise FleetError(
                    "the tick was not kept",
                    f"{_file(project, root)} was not written: {error.strerror or error}",
                    "See whether the disk is full, and whether the folder is yours.",
                ) from error
    return whole


def _write(project: str, ticks: Mapping[str, Tick], root: Path | None) -> None:
    told = {box: asdict(tick) for box, tick in ticks.items()}
    text = json.dumps({"version": _VERSION, "ticks": told}, default=datetime.isoformat, indent=1)
    replace_text(_file(project, root), text)


def _tick(told: Mapping[str, Any]) -> Tick:
    evidence = tuple(_evidence(each) for each in told["evidence"])
    return Tick(datetime.fromisoformat(told["at"]), str(told["commit"]), evidence)


def _evidence(told: Mapping[str, Any]) -> Evidence:
    fields: dict[str, Any] = {**told, "source": Source(told["source"])}
    if fields["at"] is not None:
        fields["at"] = datetime.fromisoformat(fields["at"])
    return Evidence(**fields)


def _file(project: str, root: Path | None) -> Path:
    return (root or state_folder()) / project / _FILE

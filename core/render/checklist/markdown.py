"""The checklist as Markdown, for a pull request."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from core.render.checklist.evidence import Evidence, State
from core.render.checklist.ticking import SHORT, Now, Ticked

_NOTES: Final = {
    State.STALE: "stale",
    State.UNKNOWN: "not known",
    State.NOT_NEEDED: "not needed",
}


def as_markdown(name: str, now: Now, list_of: Sequence[Ticked]) -> Iterator[str]:
    """Its lines: a ticked box is `[x]`, all else `[ ]` with what is the matter."""
    commit = now.case.snapshot.commit
    branch = f" ({commit.branch})" if commit.branch else ""
    yield f"# Deployment checklist of {_plain(name)}"
    yield ""
    yield f"At `{commit.oid[:SHORT]}`{branch}, {stamp(now.at)}: {summary(list_of)}."
    for section, boxes in groupby(list_of, key=lambda each: each.box.section):
        yield ""
        yield f"## {section}"
        yield ""
        for each in boxes:
            yield from _box(each)


def _box(ticked: Ticked) -> Iterator[str]:
    sign = "x" if ticked.state is State.DONE else " "
    note = f" *({_NOTES[ticked.state]})*" if ticked.state in _NOTES else ""
    yield f"- [{sign}] {ticked.box.words}{note}"
    if ticked.why:
        yield f"  - {_plain(ticked.why)}"
    for each in ticked.evidence:
        yield f"  - {_evidence(each)}"
    if ticked.tells:
        yield f"  - to do: {_plain(ticked.tells)}"


def _evidence(evidence: Evidence) -> str:
    place = f"`{evidence.place}`: " if evidence.place else f"{evidence.source}: "
    return f"{place}{_code(evidence.words)}{_when(evidence)}"


def _when(evidence: Evidence) -> str:
    told = [stamp(evidence.at)] if evidence.at is not None else []
    told += [evidence.deploy] if evidence.deploy else []
    told += [f"`{evidence.commit[:SHORT]}`"] if evidence.commit else []
    return f" ({', '.join(told)})" if told else ""


def _code(text: str) -> str:
    """Foreign text, so that nothing of it is taken for Markdown."""
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", text)


_MARKS: Final = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)")
"""What Markdown would take for more than a letter."""


def summary(list_of: Iterable[Ticked]) -> str:
    """How many are done, and what of the others: `9 of 20 done, 1 stale, 10 not known`."""
    states = [each.state for each in list_of]
    needed = len(states) - states.count(State.NOT_NEEDED)
    told = [f"{states.count(State.DONE)} of {needed} done"]
    for state in (State.STALE, State.OPEN, State.UNKNOWN):
        told += [f"{states.count(state)} {state}"] if state in states else []
    return ", ".join(told)


def stamp(at: datetime) -> str:
    """A time in UTC, as people write it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%MZ}"

"""Shows how a proof goes, step by step, and what it came to."""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Final

from core.cli.printable import printable
from core.render.proving.event import StepEnded, StepEvent, StepSaid, StepStarted
from core.render.proving.ground import Ground
from core.render.proving.proof import Proof

_WIDTH: Final = 80
_INDENT: Final = " " * 9
_LAST: Final = 12
"""Lines that are shown of what failed."""


class ProofProgress:
    """Shows a line for each step that is over, and what the present one says below them."""

    def __init__(self, line: Callable[[str], None], progress: Callable[[str], None]) -> None:
        self._line = line
        self._progress = progress
        self._doing = ""

    def found(self, ground: Ground) -> None:
        """A Linux was found."""
        self._line(f"Run on Linux: {ground.label}")

    def tell(self, event: StepEvent) -> None:
        """One event of it."""
        match event:
            case StepStarted():
                about = ": ".join(filter(None, (event.service, event.about)))
                self._doing = f"{event.step:<7} {about}"
                self._progress(self._doing)
            case StepSaid():
                self._progress(f"{self._doing.partition(' ')[0]:<7} {_plain(event.text)}")
            case StepEnded():
                self._progress("")
                for line in _ended(event, self._doing):
                    self._line(line)


def _ended(event: StepEnded, doing: str) -> Iterator[str]:
    sign = "ok   " if event.passed else "FAIL "
    took = f"{event.took_s:.1f} s"
    room = _WIDTH - len(took) - 8
    doing = _plain(doing)
    shown = doing if len(doing) < room else f"{doing[: room - 2]}…"
    yield f"  {sign} {shown:<{room}}{took}"
    if not event.passed:
        for line in event.lines[-_LAST:]:
            yield f"{_INDENT}| {_plain(line)}"


def _plain(text: str) -> str:
    return printable(" ".join(text.split("\n")), colour=False)


def proof_lines(proof: Proof) -> Iterator[str]:
    """What passed, each with its evidence."""
    if proof.passed:
        yield "Proved"
    for each in proof.passed:
        yield from textwrap.wrap(
            f"  ok     {each.check}, {each.service}: {each.evidence}",
            _WIDTH,
            subsequent_indent=_INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )


def proof_fields(proof: Proof) -> dict[str, Any]:
    """All of it, for programs."""
    return {
        "where": proof.where,
        "steps": [asdict(each) for each in proof.ended],
        "passed": [asdict(each) for each in proof.passed],
    }

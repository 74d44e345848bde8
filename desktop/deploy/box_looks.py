"""How the states of a box of the checklist are shown."""

from dataclasses import dataclass
from typing import Final

from core.render.checklist.evidence import State
from desktop.theme.looks import Colour


@dataclass(frozen=True, slots=True)
class BoxLook:
    """Icon, colour, word, and what it means. `tone` is that of a label."""

    icon_name: str
    colour: Colour
    word: str
    meaning: str
    tone: str = ""


LOOKS: Final[dict[State, BoxLook]] = {
    State.DONE: BoxLook("works", "ok", "Done", "there is evidence", "ok"),
    State.STALE: BoxLook("clock", "warn", "Stale", "what ticked it has changed", "warn"),
    State.OPEN: BoxLook("alert", "err", "Open", "known not to be so", "err"),
    State.UNKNOWN: BoxLook("waiting", "grey", "Not known", "nobody has seen it yet"),
    State.NOT_NEEDED: BoxLook("minus", "grey", "Not needed", "the project has no such thing"),
}

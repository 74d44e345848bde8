"""How a state looks: a colour, a shape and a word, so that none of them is needed alone."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from core.workers.phase import Phase

Colour = Literal["ok", "acc", "warn", "err", "grey", "violet"]


class Shape(StrEnum):
    """The shape beside the word, 8 pixels wide."""

    HOLLOW_CIRCLE = "hollow circle"
    OPEN_ARC = "open arc"
    CIRCLE = "filled circle"
    PLAY = "play in a circle"
    HALF_CIRCLE = "half circle"
    ROUND_ARROW = "round arrow"
    CLOCK = "clock"
    PLUG = "plug"
    SQUARE = "filled square"
    HOLLOW_SQUARE = "hollow square"
    DASHED_CIRCLE = "dashed circle"


@dataclass(frozen=True, slots=True)
class Look:
    """`colour` is the name of one of the tokens."""

    colour: Colour
    shape: Shape
    label: str


WORKER: Final[dict[Phase, Look]] = {
    Phase.STOPPED: Look("grey", Shape.HOLLOW_CIRCLE, "Stopped"),
    Phase.STARTING: Look("violet", Shape.OPEN_ARC, "Starting"),
    Phase.READY: Look("ok", Shape.CIRCLE, "Ready"),
    Phase.BUSY: Look("acc", Shape.PLAY, "Busy"),
    Phase.SUSPECT: Look("warn", Shape.CLOCK, "Suspect"),
    Phase.BROKER_LOST: Look("warn", Shape.PLUG, "Broker lost"),
    Phase.STOPPING: Look("warn", Shape.HALF_CIRCLE, "Stopping"),
    Phase.BACKOFF: Look("err", Shape.HOLLOW_SQUARE, "Backoff"),
    Phase.EXITED: Look("grey", Shape.HOLLOW_CIRCLE, "Exited"),
    Phase.CRASHED: Look("err", Shape.SQUARE, "Crashed"),
    Phase.FATAL: Look("err", Shape.SQUARE, "Crash loop"),
}
"""Every phase of a worker of ours."""

FOREIGN: Final = Look("grey", Shape.DASHED_CIRCLE, "Not ours")

TASK: Final[dict[str, Look]] = {
    "sent": Look("grey", Shape.HOLLOW_CIRCLE, "Waiting"),
    "received": Look("grey", Shape.HOLLOW_CIRCLE, "Waiting"),
    "started": Look("acc", Shape.PLAY, "Running"),
    "succeeded": Look("ok", Shape.CIRCLE, "Succeeded"),
    "failed": Look("err", Shape.SQUARE, "Failed"),
    "retried": Look("warn", Shape.ROUND_ARROW, "Retry"),
    "revoked": Look("grey", Shape.HOLLOW_SQUARE, "Revoked"),
    "lost": Look("err", Shape.HOLLOW_SQUARE, "Lost"),
}
"""Every state of a task."""

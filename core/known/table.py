"""All known errors, and the question which of them a line tells of."""

from typing import Final

from core.known.broker import BROKER
from core.known.running import RUNNING
from core.known.signature import KnownError, Signature
from core.known.startup import STARTUP

# The first that fits a line wins, so the special stands above the general: the line that says
# that a broker cannot be reached mostly says why.
SIGNATURES: Final[tuple[Signature, ...]] = (*STARTUP, *RUNNING, *BROKER)

_BY_NEEDLE: Final = tuple((needle, each) for each in SIGNATURES for needle in each.needles)


def diagnose(text: str) -> KnownError | None:
    """The known error that a line, or the text of an exception, tells of."""
    for needle, signature in _BY_NEEDLE:
        if needle in text and (known := signature.read(text)) is not None:
            return known
    return None

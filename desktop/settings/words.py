"""Where a setting comes from, in the words of the dialog."""

from pathlib import Path

from core.settings.layers import Entry
from core.settings.origin import Layer, Origin
from core.settings.typed import text_of


def source(origin: Origin, *, found: bool = False) -> str:
    """Who says a value; `found`: the default is what is found out."""
    match origin.layer:
        case Layer.DEFAULT:
            return "found by Solofleet" if found else "default"
        case Layer.USER:
            return "your settings"
        case Layer.PROJECT:
            return Path(origin.place).name
        case Layer.LOCAL:
            return "this machine"
        case Layer.ENVIRONMENT:
            return origin.place
        case Layer.ASKED:
            return "command line"


def source_of(entry: Entry) -> str:
    """Who says what counts."""
    holds = entry.holds
    return source(holds.origin, found=holds.value is None)


def instead(entry: Entry, layer: Layer) -> str:
    """What counts where this layer says nothing."""
    below = entry.below(layer)
    return text_of(below.value) or "as found"


def overruled(entry: Entry, layer: Layer) -> str:
    """What counts whatever this layer says; empty where it decides."""
    over = entry.over(layer)
    if over is None:
        return ""
    return f"What counts is {text_of(over.value)}, from {source(over.origin)}"

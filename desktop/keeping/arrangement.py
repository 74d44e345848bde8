"""How the window is arranged for one project."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from core.logs.level import Level
from desktop.keeping.fields import Fields
from desktop.leaving.choice import AtClose
from desktop.logpane.filter import Filter
from desktop.run.log_state import LogState

PIXELS: Final = range(100_000)
USUAL: Final = LogState()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`logs` concerns all logs, `sides` are the widths of the halves, `left` the heights of table
    and drawer.

    Empty sizes are as the page has them by itself. `at_close` is what happens when the
    window is closed while workers run. `filters` are those that hide something, by the name of the
    worker without its host.
    """

    logs: LogState = USUAL
    sides: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    drawer: bool = True
    tab: str = ""
    at_close: AtClose = AtClose.ASK
    filters: Mapping[str, Filter] = field(default_factory=dict[str, Filter])


def as_fields(arrangement: Arrangement) -> dict[str, object]:
    """What `read_arrangement` reads; JSON takes it."""
    return {
        "logs": asdict(arrangement.logs),
        "sides": list(arrangement.sides),
        "left": list(arrangement.left),
        "drawer": arrangement.drawer,
        "tab": arrangement.tab,
        "at_close": arrangement.at_close,
        "filters": {name: _filter_fields(each) for name, each in arrangement.filters.items()},
    }


def read_arrangement(fields: Fields) -> Arrangement:
    """What makes no sense is as usual."""
    filters = {name: _filter(each) for name, each in fields.inner("filters").each()}
    return Arrangement(
        _log_state(fields.inner("logs")),
        fields.numbers("sides", PIXELS),
        fields.numbers("left", PIXELS),
        fields.flag("drawer", True),
        fields.text("tab"),
        fields.word("at_close", AtClose.ASK),
        filters,
    )


def _log_state(fields: Fields) -> LogState:
    return LogState(
        fields.text("layout", USUAL.layout),
        fields.text("text"),
        fields.text("exclude"),
        fields.flag("regex", False),
        fields.texts("levels", USUAL.levels),
        fields.texts("hidden", USUAL.hidden),
        fields.flag("locked", False),
        fields.text("maximised"),
    )


def _filter_fields(chosen: Filter) -> dict[str, object]:
    return {
        "text": chosen.text,
        "exclude": chosen.exclude,
        "regex": chosen.regex,
        "levels": [level.name for level in sorted(chosen.levels)],
    }


def _filter(fields: Fields) -> Filter:
    names = fields.texts("levels", USUAL.levels)
    levels = frozenset(level for level in Level if level.name in names)
    return Filter(fields.text("text"), fields.text("exclude"), fields.flag("regex", False), levels)

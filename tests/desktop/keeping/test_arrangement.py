"""How the Run page of one project is arranged."""

import json

from core.logs.level import Level
from desktop.keeping.arrangement import Arrangement, as_fields, read_arrangement
from desktop.keeping.fields import Fields
from desktop.leaving.choice import AtClose
from desktop.logpane.filter import Filter
from desktop.run.grid import Layout
from desktop.run.log_state import LogState


def test_an_arrangement_is_read_as_it_was_written() -> None:
    filters = {
        "worker1": Filter("a", "b", True, frozenset({Level.ERROR, Level.OTHER})),
        "worker2": Filter(levels=frozenset()),
    }
    logs = LogState(Layout.TWO, "x", "y", True, ("ERROR",), ("worker2@box",), True, "worker1@box")
    arrangement = Arrangement(logs, (400, 900), (300, 200), False, "Tasks", AtClose.STOP, filters)
    assert read_arrangement(Fields(json.loads(json.dumps(as_fields(arrangement))))) == arrangement


def test_what_makes_no_sense_is_as_usual() -> None:
    stored = {
        "logs": {"layout": 5, "levels": 1},
        "sides": ["x"],
        "drawer": "no",
        "filters": {"worker1": 5},
    }
    assert read_arrangement(Fields(stored)) == Arrangement()


def test_a_filter_that_tells_no_levels_shows_all() -> None:
    stored = {"filters": {"worker1": {"text": "a"}}}
    assert read_arrangement(Fields(stored)).filters == {"worker1": Filter("a")}

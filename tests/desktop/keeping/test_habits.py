"""What a person has chosen for all projects."""

import json

from desktop.keeping.fields import Fields
from desktop.keeping.habits import Habits, as_fields, read_habits
from desktop.keeping.place import Place
from desktop.logpane.manner import Manner
from desktop.logpane.times import TimeFormat
from desktop.theme.theme import Choice


def test_habits_are_read_as_they_were_written() -> None:
    habits = Habits(
        Choice.LIGHT,
        Manner(True, TimeFormat.RELATIVE, 15),
        Place(1, 2, 1200, 800, True),
        "/proj",
        "code -g {file}:{line}",
    )
    assert read_habits(Fields(json.loads(json.dumps(as_fields(habits))))) == habits


def test_what_makes_no_sense_is_as_usual() -> None:
    stored = {"theme": 1, "log": {"size_px": 500, "time": "never"}, "window": [], "editor": None}
    assert read_habits(Fields(stored)) == Habits()

"""What a person has chosen for all projects."""

from dataclasses import dataclass
from typing import Final

from desktop.keeping.fields import Fields
from desktop.keeping.place import Place, read_place
from desktop.keeping.place import as_fields as place_fields
from desktop.logpane.manner import SIZES, Manner
from desktop.theme.theme import Choice

USUAL: Final = Manner()


@dataclass(frozen=True, slots=True)
class Habits:
    """`project` is the folder that was open when the window was last closed, empty for none.

    `editor` is the command line that opens a line of a file, empty for what is found.
    """

    theme: Choice = Choice.SYSTEM
    manner: Manner = USUAL
    place: Place | None = None
    project: str = ""
    editor: str = ""


def as_fields(habits: Habits) -> dict[str, object]:
    """What `read_habits` reads; JSON takes it."""
    manner = habits.manner
    return {
        "theme": habits.theme,
        "log": {"wrap": manner.wrap, "time": manner.time, "size_px": manner.size_px},
        "window": place_fields(habits.place),
        "project": habits.project,
        "editor": habits.editor,
    }


def read_habits(fields: Fields) -> Habits:
    """What makes no sense is as usual."""
    log = fields.inner("log")
    manner = Manner(
        log.flag("wrap", USUAL.wrap),
        log.word("time", USUAL.time),
        log.number("size_px", USUAL.size_px, SIZES),
    )
    return Habits(
        fields.word("theme", Choice.SYSTEM),
        manner,
        read_place(fields.inner("window")),
        fields.text("project"),
        fields.text("editor"),
    )

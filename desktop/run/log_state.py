"""What a person chose for the logs, to be kept."""

from dataclasses import dataclass

from core.logs.level import Level
from desktop.run.grid import Layout


@dataclass(frozen=True, slots=True)
class LogState:
    """`levels` has the names of those that are shown, `hidden` the workers that are not to be seen
    in the log of all; `locked`: the panes are kept at one moment; `maximised` is the worker whose
    pane has all the place, empty for none.

    Bookmarks are not among it. They are on lines of the logs that a session has, which begin anew
    with the next one: there is nothing that they could be on.
    """

    layout: str = Layout.GRID
    text: str = ""
    exclude: str = ""
    regex: bool = False
    levels: tuple[str, ...] = tuple(level.name for level in Level)
    hidden: tuple[str, ...] = ()
    locked: bool = False
    maximised: str = ""

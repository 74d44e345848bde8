"""What can be done with the logs, and its keys."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from desktop.commands.command import Command
from desktop.logpane.view import LogView
from desktop.run.logs import Logs
from desktop.run.toolbar import FILTER_KEY, FIND_KEY, FOLLOW_KEY, LOCK_KEY
from desktop.theme.style import MONO_PX

_DEEDS: Final[tuple[tuple[str, str, str, Callable[[Logs], object]], ...]] = (
    ("Find in the pane", "Ctrl+F", "find", lambda logs: logs.frame().open_find()),
    ("Next hit", "F3", "", lambda logs: logs.frame().step(False)),
    ("Previous hit", "Shift+F3", "", lambda logs: logs.frame().step(True)),
    ("Next error or warning", "F8", "warning", lambda logs: logs.frame().step_trouble(False)),
    ("Previous error or warning", "Shift+F8", "", lambda logs: logs.frame().step_trouble(True)),
    ("Find in all panes", FIND_KEY, "find", Logs.open_find),
    ("Filter the pane", "Ctrl+Shift+L", "filter", lambda logs: logs.frame().open_filter()),
    ("Filter all panes", FILTER_KEY, "filter", lambda logs: logs.filter.open()),
    ("Clear the view of the pane", "Ctrl+L", "", lambda logs: logs.frame().view.clear()),
    ("Follow all logs", FOLLOW_KEY, "follow", Logs.follow_all),
    ("Keep all panes at one moment", LOCK_KEY, "clock", Logs.toggle_lock),
    ("Next layout", "Ctrl+\\", "layout-grid", Logs.next_layout),
    ("All workers in one log", "Ctrl+M", "layout-merged", Logs.toggle_merged),
    ("Maximise the pane", "", "maximise", Logs.maximise),
)
"""Label, key, icon and what is done."""
_OWN: Final[tuple[tuple[str, str, Callable[[LogView], object]], ...]] = (
    ("Follow the log", "End", lambda view: view.follow(True)),
    ("Copy what is selected", "Ctrl+C", lambda view: view.copy()),
    ("Copy with time and level", "Ctrl+Shift+C", lambda view: view.copy(prefix=True)),
    ("Mark the line", "Ctrl+F2", lambda view: view.toggle_bookmark()),
    ("Next mark", "F2", lambda view: view.next_bookmark()),
    ("Larger text", "Ctrl++", lambda view: view.choose(size=view.metrics.size_px + 1)),
    ("Smaller text", "Ctrl+-", lambda view: view.choose(size=view.metrics.size_px - 1)),
    ("Usual text size", "Ctrl+0", lambda view: view.choose(size=MONO_PX)),
)
"""Those that a log hears itself."""


def log_commands(logs: Callable[[], Logs | None]) -> Iterator[Command]:
    """All of it; `logs` gives those of the project that is open."""

    def possible() -> bool:
        there = logs()
        return there is not None and there.isVisible()

    def run(deed: Callable[[Logs], object]) -> None:
        if (there := logs()) is not None:
            deed(there)

    for label, key, icon_name, deed in _DEEDS:
        steps = label.startswith(("Next", "Previous"))
        do = partial(run, deed)
        yield Command(label, do, "Logs", key, icon_name, possible, repeats=steps)
    for label, key, look in _OWN:
        in_view = partial(run, partial(_in_view, look))
        yield Command(label, in_view, "Logs", key, "", possible, own_key=True, listed=False)


def _in_view(do: Callable[[LogView], object], logs: Logs) -> None:
    do(logs.frame().view)

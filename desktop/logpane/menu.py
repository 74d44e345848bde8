"""What else can be done with a log: the menu of a pane."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.logpane.times import TimeFormat
from desktop.logpane.view import LogView
from desktop.theme.style import MONO_PX


def log_menu(
    parent: QWidget,
    view: LogView,
    *,
    find: Callable[[], object],
    choose: Callable[[], object],
    save: Callable[[bool], object],
) -> QMenu:
    """The menu as things are now; `save` is told whether all lines are meant."""
    menu = QMenu(parent)
    selected = bool(view.selection and view.selection.anchor != view.selection.head)
    _add(menu, "Copy", view.copy, "Ctrl+C", enabled=selected)
    copy = _add(menu, "Copy with time and level", None, "Ctrl+Shift+C", enabled=selected)
    copy.triggered.connect(lambda: view.copy(prefix=True))
    menu.addSeparator()
    _add(menu, "Find", find, "Ctrl+F")
    _add(menu, "Filter", choose, "Ctrl+Shift+L")
    _add(menu, "Bookmark", view.toggle_bookmark, "Ctrl+F2")
    _add(menu, "Next bookmark", view.next_bookmark, "F2", enabled=bool(view.document.bookmarks))
    menu.addSeparator()
    wrap = _add(menu, "Wrap long lines", None)
    wrap.setCheckable(True)
    wrap.setChecked(view.wrap)
    wrap.triggered.connect(lambda: view.choose(wrap=not view.wrap))
    _add_times(menu, view)
    size = view.metrics.size_px
    for label, key, wanted in (
        ("Larger text", "Ctrl++", size + 1),
        ("Smaller text", "Ctrl+-", size - 1),
        ("Usual text size", "Ctrl+0", MONO_PX),
    ):
        _add(menu, label, lambda wanted=wanted: view.choose(size=wanted), key)
    menu.addSeparator()
    _add(menu, "Clear view", view.clear, "Ctrl+L")
    _add(menu, "Save what is shown...", lambda: save(False))
    _add(menu, "Save all lines...", lambda: save(True))
    return menu


def _add(
    menu: QMenu,
    text: str,
    triggered: Callable[[], object] | None,
    key: str = "",
    *,
    enabled: bool = True,
) -> QAction:
    """The keys are those of the view: here they are only told."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    action = menu.addAction(f"{text}\t{shown}" if key else text)
    action.setEnabled(enabled)
    if triggered:
        action.triggered.connect(lambda: triggered())
    return action


def _choose_time(view: LogView, time: TimeFormat) -> None:
    view.choose(time=time)


def _add_times(menu: QMenu, view: LogView) -> None:
    times = menu.addMenu("Time")
    group = QActionGroup(times)
    for each in TimeFormat:
        action = times.addAction(str(each).capitalize())
        action.setCheckable(True)
        action.setChecked(view.time is each)
        action.triggered.connect(partial(_choose_time, view, each))
        group.addAction(action)

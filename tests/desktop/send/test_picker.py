"""The picker, by keyboard and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.tasks.call import TaskCall
from desktop.send.draft import Draft
from desktop.send.kept import Kept, Recent, Template
from desktop.send.picker import Picker
from desktop.send.task_info import TaskInfo
from desktop.theme.theme import Theme

NAMES = ("cart.reprice_pending", "reports.render", "reports.render_all", "stock.recount")
TASKS = [TaskInfo(name, "", (), None, "reports") for name in NAMES]
DRAFT = Draft(TaskCall("stock.recount", ["EU-2"]))


@pytest.fixture
def picker(both_themes: Theme, qtbot: QtBot) -> Picker:
    picker = Picker(both_themes)
    qtbot.addWidget(picker)
    picker.resize(312, 700)
    picker.show_tasks(TASKS, {"reports.render": 2.9}.get)
    picker.show()
    return picker


def said(picker: Picker) -> set[str]:
    return {each.text() for each in picker.findChildren(QLabel) if each.isVisible()}


def test_letters_find_tasks_and_say_how_many(picker: Picker, qtbot: QtBot) -> None:
    chosen: list[str] = []
    picker.task.connect(chosen.append)
    qtbot.keyClicks(picker.search, "reprend")
    rows = picker.tasks.rows.rows()
    assert [row.key for row in rows] == [
        "reports.render",
        "reports.render_all",
        "cart.reprice_pending",
    ]
    assert rows[0].found == (0, 1, 2, 8, 9, 10, 11)
    assert (rows[0].below_right, rows[1].below_right) == ("2.9 s typical", "")
    assert {"3 of 4", "1 more does not match"} <= said(picker)
    assert (chosen[-1], picker.tasks.current()) == ("reports.render", "reports.render")


def test_arrows_choose_and_enter_goes_on(picker: Picker, qtbot: QtBot) -> None:
    picker.show_task("cart.reprice_pending")
    with qtbot.waitSignal(picker.task) as told:
        qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert told.args == ["reports.render"]
    with qtbot.waitSignal(picker.entered):
        qtbot.keyClick(picker.search, Qt.Key.Key_Return)


def test_templates_and_recent_calls_are_clicked(picker: Picker, qtbot: QtBot) -> None:
    picker.show_kept(Kept((Template("Daily", DRAFT),), (Recent(0.0, DRAFT), Recent(1.0, DRAFT))))
    for rows, row, signal, key in (
        (picker.templates, 0, picker.template, "Daily"),
        (picker.recents, 1, picker.recent, 1),
    ):
        place = rows.visualRect(rows.rows.index(row, 0)).center()
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert told.args == [key]
    assert picker.recents.rows.rows()[0].detail == '"EU-2"'


def test_a_template_is_named_in_place_and_esc_leaves_it(picker: Picker, qtbot: QtBot) -> None:
    picker.ask_name()
    qtbot.keyClicks(picker.name, "x")
    qtbot.keyClick(picker.name, Qt.Key.Key_Escape)
    assert not picker.name.isVisible()
    picker.ask_name()
    qtbot.keyClicks(picker.name, " Daily ")
    with qtbot.waitSignal(picker.named) as told:
        qtbot.keyClick(picker.name, Qt.Key.Key_Return)
    assert told.args == ["Daily"]


@pytest.mark.parametrize("height", [360, 560, 800])
def test_all_lists_have_rows_at_any_height(picker: Picker, height: int) -> None:
    kept = Kept(tuple(Template(str(n), DRAFT) for n in range(9)), (Recent(0.0, DRAFT),) * 9)
    picker.show_kept(kept)
    picker.resize(312, height)
    for rows in (picker.tasks, picker.templates, picker.recents):
        assert rows.height() >= 48


def test_a_note_stands_where_tasks_would(picker: Picker) -> None:
    picker.show_note("Reading the tasks of the app…")
    assert "Reading the tasks of the app…" in said(picker)
    assert picker.tasks.rows.rowCount() == 0


def test_news_of_run_times_choose_no_other_task(picker: Picker, qtbot: QtBot) -> None:
    """A recent call may be in the form that the letters in the search do not find."""
    qtbot.keyClicks(picker.search, "render")
    picker.show_task("stock.recount")
    chosen: list[str] = []
    picker.task.connect(chosen.append)
    picker.show_times()
    assert chosen == []

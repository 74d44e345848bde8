"""The steps of a task, painted."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.run.life_line import LOW, ROW, LifeLine, after
from desktop.run.task_life import RECEIVED, SENT, Step
from desktop.theme.looks import TASK
from desktop.theme.theme import Theme

STEPS = (
    Step(SENT, "Sent", "", None, 0.0),
    Step(RECEIVED, "Received", "worker2", "worker2@box", 0.004),
    Step(TASK["failed"], "Failed", "KeyError('sku')", "worker2@box", 15.234, code=True),
)


def line_of(theme: Theme, qtbot: QtBot) -> LifeLine:
    line = LifeLine(theme, lambda name: 2 if name == "worker2@box" else 0)
    qtbot.addWidget(line)
    line.show_steps(STEPS)
    line.resize(300, line.sizeHint().height())
    line.show()
    return line


def test_it_is_as_high_as_its_steps_and_says_them(theme: Theme, qtbot: QtBot) -> None:
    line = line_of(theme, qtbot)
    assert line.height() == LOW + 2 * ROW
    assert line.accessibleName() == (
        "Sent, +0.000 s; Received by worker2, +0.004 s;"
        " Failed by worker2: KeyError('sku'), +15.23 s"
    )


def test_it_has_the_colours_of_worker_and_state(both_themes: Theme, qtbot: QtBot) -> None:
    image = line_of(both_themes, qtbot).grab().toImage()
    tokens = both_themes.tokens

    def colours(top: int) -> set[str]:
        return {QColor(image.pixelColor(x, top + 10)).name() for x in range(image.width())}

    assert tokens.worker(2) in colours(LOW)
    assert tokens.worker(2) not in colours(0)
    assert tokens.err in colours(LOW + ROW)


def test_a_detail_is_told_in_full_by_the_tooltip(theme: Theme, qtbot: QtBot) -> None:
    line = line_of(theme, qtbot)
    where = QPoint(40, LOW + ROW + 25)
    QApplication.sendEvent(
        line, QHelpEvent(QHelpEvent.Type.ToolTip, where, line.mapToGlobal(where))
    )
    assert QToolTip.text() == "KeyError('sku')"


def test_times_have_as_many_digits_as_they_need() -> None:
    assert [after(each) for each in (0.004, 15.234, 99.99, 185.2)] == [
        *("+0.004 s", "+15.23 s", "+99.99 s", "+3 min 5 s")
    ]

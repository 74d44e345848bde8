"""Words that give way."""

from pytestqt.qtbot import QtBot

from desktop.widgets.elided import Elided

NAME = "shop.backend.tasks.render_report"


def test_the_beginning_gives_way_and_all_of_it_can_be_had(qtbot: QtBot) -> None:
    label = Elided(NAME)
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    label.show()
    assert (label.text(), label.toolTip()) == (NAME, "")
    label.resize(label.sizeHint().width() // 2, 20)
    assert label.text().startswith("…")
    assert label.text().endswith("render_report")
    assert label.toolTip() == label.accessibleName() == NAME
    label.resize(label.sizeHint())
    assert (label.text(), label.toolTip()) == (NAME, "")

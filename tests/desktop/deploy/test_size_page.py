"""Size and cost, and what if."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.deploy.facts import WhatIf
from desktop.deploy.looking import size_of
from desktop.deploy.size_page import SizePage
from desktop.theme.theme import Theme


def page(theme: Theme, qtbot: QtBot) -> SizePage:
    made = SizePage(theme)
    qtbot.addWidget(made)
    made.resize(744, 700)
    made.show()
    return made


def test_what_is_tried_out_is_told_and_can_be_taken_or_left(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    tried: list[WhatIf] = []
    taken: list[WhatIf] = []
    made.tried.connect(tried.append)
    made.taken.connect(taken.append)
    made.show_size(size_of(None, None, WhatIf("starter")), WhatIf())
    assert not made.take.isVisible()
    QTest.keyClick(made.concurrency, Qt.Key.Key_Up)
    assert tried == [WhatIf("starter", 1, 2)]
    made.show_size(size_of(None, None, tried[0]), tried[0])
    assert made.verdict.text().startswith("Too much")
    QTest.mouseClick(made.take, Qt.MouseButton.LeftButton)
    assert taken == tried
    QTest.mouseClick(made.reset, Qt.MouseButton.LeftButton)
    assert tried[-1] == WhatIf()


def test_another_plan_is_advised_anew(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_size(size_of(None, None, WhatIf("starter")), WhatIf())
    tried: list[WhatIf] = []
    made.tried.connect(tried.append)
    made.plan.setFocus()
    QTest.keyClick(made.plan, Qt.Key.Key_Down)
    assert tried == [WhatIf("standard", 1, None)]


def test_without_measured_tasks_it_says_how_to_get_some(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_size(size_of(None, None, WhatIf("starter")), WhatIf())
    assert "test tasks" in made.measuring.text()


def test_an_error_stands_in_place_of_the_tables(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_size(FleetError("what", "why", "fix"), WhatIf())
    assert made.fault.isVisible()
    assert not made.plan.isVisible()

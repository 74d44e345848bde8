"""What a fix would change."""

from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.deploy.diff_lines import DiffLine
from desktop.deploy.mend_box import MendBox
from desktop.theme.theme import Theme


def test_it_can_be_agreed_to_only_when_something_would_change(theme: Theme, qtbot: QtBot) -> None:
    box = MendBox(theme)
    qtbot.addWidget(box)
    box.show()
    box.show_change((DiffLine("added", 1, "3.13"),), None)
    assert box.agree.isVisible()
    box.show_change((), None)
    assert not box.agree.isVisible()
    assert not box.diff.isVisible()
    box.show_change((), FleetError("it was not mended", "it is gone", "commit"))
    assert box.fault.isVisible()
    assert not box.agree.isVisible()

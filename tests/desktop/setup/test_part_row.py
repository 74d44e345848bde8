"""How one part is shown."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.project.finding import Part
from core.setup.trial import State
from desktop.setup.part_row import PartRow
from desktop.setup.words import Said
from desktop.theme.theme import Theme
from desktop.widgets.labels import label


def test_each_state_has_its_word_and_a_fault_its_card(both_themes: Theme, qtbot: QtBot) -> None:
    row = PartRow(both_themes, Part.BROKER)
    qtbot.addWidget(row)
    row.show()
    row.show_part(State.WAITING, Said(), None)
    assert row.accessibleName() == "Broker: waiting"
    assert row.detail.text() == "waits for what stands above"
    row.show_part(State.TRYING, Said("old news"), None)
    assert row.detail.text() == "trying"
    row.show_part(State.WORKS, Said("redis://box", "3.0 ms"), None)
    assert (row.detail.text(), row.origin.text()) == ("redis://box", "3.0 ms")
    assert not row.fault.isVisible()
    row.show_part(State.FAULT, Said(), FleetError("no broker", "nothing listens", "start it"))
    assert row.fault.isVisible()
    assert row.accessibleName() == "Broker: does not work"
    assert not row.detail.isVisible()


def test_a_long_trial_tells_for_how_long(theme: Theme, qtbot: QtBot) -> None:
    row = PartRow(theme, Part.APP)
    qtbot.addWidget(row)
    row.show_part(State.TRYING, Said(), None)
    qtbot.waitUntil(lambda: row.detail.text() == "trying, 1 s", timeout=10_000)


def test_a_fault_leaves_its_place_to_what_it_is_about(theme: Theme, qtbot: QtBot) -> None:
    path = label("/home/me/work/storefront", wrap=True)
    change = QPushButton("Change…")
    row = PartRow(theme, Part.FOLDER, path, (change,))
    qtbot.addWidget(row)
    row.resize(800, 120)
    row.show()
    row.show_part(State.WORKS, Said("workers start in app", "settings in pyproject.toml"), None)
    row.layout().activate()
    wide = path.width()
    row.show_part(State.FAULT, Said(), FleetError("no folder", "it is gone", "choose it"))
    row.layout().activate()
    assert path.width() == wide
    assert change.width() < 200

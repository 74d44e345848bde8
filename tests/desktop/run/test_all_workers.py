"""The log of all workers, by their names."""

from datetime import datetime

from pytestqt.qtbot import QtBot

from desktop.logpane.notes import Note
from desktop.run.all_workers import AllWorkers
from desktop.theme.theme import Theme
from tests.support.logs import printed
from tests.support.run_logs import fleet_of


def test_who_joined_is_in_it_and_who_left_stays(theme: Theme, qtbot: QtBot) -> None:
    fleet = fleet_of(2)
    log = AllWorkers(theme, fleet.stores.__getitem__)
    qtbot.addWidget(log)
    log.resize(700, 300)
    log.show()
    log.show_workers(fleet.rows())
    for number, store in enumerate(fleet.stores.values(), 1):
        store.append(printed(f"of {number}", at=f"21:00:0{number},000").encode())
    log.grew()
    fleet.names.remove("worker1@box")
    fleet.join("worker3@box")
    log.show_workers(fleet.rows())
    qtbot.waitUntil(lambda: len(log.view.strips) == 2)
    assert log.view.names == ("worker1", "worker2", "worker3")
    assert log.view.numbers == (1, 1, 2)
    assert log.indices(["worker2@box", "nobody@box"]) == {1}
    assert log.place("worker2@box", 0) == 1
    assert log.place("nobody@box", 0) is None
    log.add_notes("worker3@box", [Note(5, datetime(2026, 11, 25), "started")])
    qtbot.waitUntil(lambda: log.view.strips[-1].row.text == "worker3: started")

"""How the rows of the worker table are painted."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.workers.phase import Stage, Worker
from desktop.run.foreign_rows import ForeignRow
from desktop.run.worker_rows import Column
from desktop.run.worker_table import WorkerTable
from desktop.theme.theme import Theme
from tests.desktop.run.test_worker_rows import Fleet


def colours(image: QImage, box: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    }


def test_kinds_of_rows_are_told_apart_by_their_tiles(both_themes: Theme, qtbot: QtBot) -> None:
    fleet, tokens = Fleet(1), both_themes.tokens
    fleet.beside.append(Worker("web", Stage.UP, "port 8000 listens"))
    fleet.others.append(ForeignRow("celery@PC-7", "on PC-7: idle", 12, 0))
    fleet.shared = frozenset({"celery"})
    fleet.model.refresh()
    table = WorkerTable(both_themes, fleet.model)
    qtbot.addWidget(table)
    table.resize(430, 400)
    table.show()
    image = table.viewport().grab().toImage()
    tiles = [
        colours(
            image,
            table.visualRect(fleet.model.index(place, Column.WORKER)).adjusted(16, 8, -80, -30),
        )
        for place in (0, 2, 4)
    ]
    assert tokens.worker(1) in tiles[0]
    assert tokens.raised in tiles[1]
    assert tokens.worker(2) not in tiles[1]
    assert not any(tokens.worker(number) in tiles[2] for number in range(1, 8))
    warned = colours(image, table.visualRect(fleet.model.index(3, Column.WORKER)))
    assert tokens.warn in warned

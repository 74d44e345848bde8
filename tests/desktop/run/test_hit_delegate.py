"""What a hit looks like."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from core.logs.search import Hit
from desktop.run.hit_delegate import HEIGHT, HitDelegate
from desktop.run.hit_rows import HIT_ROLE, HitRows
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.theme.tokens import over
from desktop.widgets.row_view import RowView
from tests.support.logs import printed
from tests.support.run_logs import fleet_of

HEAD = len("[2026-11-25 21:42:49,101: INFO/MainProcess] ")


@pytest.fixture
def view(both_themes: Theme, qtbot: QtBot) -> RowView:
    fleet = fleet_of(1)
    far = "x" * 300 + "needle"
    fleet.stores["worker1@box"].append((printed("a needle") + printed(far)).encode())
    known = {row.worker.name: row for row in fleet.rows()}
    rows = HitRows(known.get, fleet.stores.__getitem__)
    rows.show_hits(
        [
            Hit("worker1@box", 0, ((HEAD + 2, HEAD + 8),), None),
            Hit("worker1@box", 1, ((HEAD + 300, HEAD + 306),), None),
        ]
    )
    view = RowView(both_themes, "Hits", rows, HIT_ROLE)
    rows.setParent(view)
    view.setItemDelegate(HitDelegate(both_themes, view))
    qtbot.addWidget(view)
    view.resize(700, 4 * HEIGHT)
    view.show()
    return view


def colours(view: RowView, row: int) -> set[str]:
    image: QImage = view.viewport().grab().toImage()
    y = row * HEIGHT + 4
    return {QColor(image.pixelColor(x, y)).name() for x in range(image.width())}


def test_what_was_found_is_marked_also_far_to_the_right(view: RowView, both_themes: Theme) -> None:
    tokens = both_themes.tokens
    mark = over(tokens.acc, tokens.panel, sizes.HIT_TINT)
    assert mark in colours(view, 0)
    assert mark in colours(view, 1)
    assert tokens.worker(1) in colours(view, 0)


def test_the_current_row_stands_out(view: RowView, both_themes: Theme) -> None:
    before = colours(view, 0)
    view.setCurrentIndex(view.model().index(0, 0))
    assert both_themes.tokens.hover in colours(view, 0) - before

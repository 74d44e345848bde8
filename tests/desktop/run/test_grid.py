"""Panes beside and below each other."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.run.grid import Cell, Layout, PaneGrid, cells, columns_of


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    grid.show_panes({f"worker{number}": QWidget() for number in range(1, 5)})
    grid.resize(900, 700)
    grid.show()
    return grid


@pytest.mark.parametrize("columns", range(1, 5))
@pytest.mark.parametrize("count", range(9))
def test_every_pane_has_a_place_of_its_own_and_no_hole_is_left(columns: int, count: int) -> None:
    columns = min(columns, count) or 1
    seen = cells(Layout.GRID, count, columns=columns)
    assert set(seen) == set(range(count))
    taken = [
        (cell.row, cell.column + more) for cell in seen.values() for more in range(cell.columns)
    ]
    rows = -(-count // columns)
    assert sorted(taken) == [(row, column) for row in range(rows) for column in range(columns)]


@pytest.mark.parametrize(
    ("count", "width", "height", "columns"),
    [
        *((1, 888, 760, 1), (4, 888, 760, 2), (6, 888, 760, 2), (8, 888, 760, 2)),
        *((4, 728, 592, 2), (8, 728, 592, 2), (8, 572, 512, 2), (2, 1330, 760, 2)),
        *((4, 2940, 2000, 2), (8, 2940, 2000, 3), (8, 1860, 960, 3), (0, 888, 760, 1)),
    ],
)
def test_a_grid_has_as_many_columns_as_keep_lines_readable(
    count: int, width: int, height: int, columns: int
) -> None:
    assert columns_of(Layout.GRID, count, width, height) == columns


def test_columns_wrap_before_they_are_too_narrow() -> None:
    assert columns_of(Layout.COLUMNS, 4, 888, 760) == 4
    assert columns_of(Layout.COLUMNS, 8, 728, 592) == 3


def test_one_and_two_go_round() -> None:
    assert cells(Layout.ONE, 3, first=2) == {2: Cell(0, 0)}
    assert cells(Layout.TWO, 3, first=2) == {2: Cell(0, 0), 0: Cell(0, 1)}
    assert cells(Layout.TWO, 1) == {0: Cell(0, 0)}


def test_the_columns_follow_the_room(grid: PaneGrid, qtbot: QtBot) -> None:
    def lefts() -> int:
        return len({pane.x() for pane in grid._panes.values()})

    qtbot.waitUntil(lambda: lefts() == 2)
    grid.resize(500, 900)
    qtbot.waitUntil(lambda: lefts() == 1)


@pytest.mark.parametrize(
    ("layout", "count"), [(Layout.GRID, 4), (Layout.GRID, 5), (Layout.COLUMNS, 3)]
)
def test_panes_are_of_one_size_whatever_one_of_them_would_like_to_have(
    layout: Layout, count: int, qtbot: QtBot
) -> None:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    large = QWidget()
    column = QVBoxLayout(large)
    column.addWidget(QLabel("as much as a crash has to say\n" * 60))
    panes = {f"worker{number}": QWidget() for number in range(1, count)}
    grid.show_panes({**panes, "large": large})
    grid.arrange(layout)
    grid.resize(901, 703)
    grid.show()
    sizes = [pane.size() for pane in panes.values()]
    assert large.height() in {size.height() for size in sizes}
    for lengths in ([s.width() for s in sizes], [s.height() for s in sizes]):
        assert max(lengths) - min(lengths) <= 1
    assert grid.minimumSizeHint().height() < 100


def test_a_maximised_pane_takes_all_and_gives_it_back(grid: PaneGrid) -> None:
    grid.maximise("worker2")
    assert (grid.visible_names(), grid.maximised) == (("worker2",), "worker2")
    grid.maximise("worker2")
    assert len(grid.visible_names()) == 4


def test_who_is_chosen_is_seen(grid: PaneGrid) -> None:
    grid.arrange(Layout.TWO)
    assert grid.visible_names() == ("worker1", "worker2")
    grid.bring("worker4")
    assert "worker4" in grid.visible_names()
    grid.maximise("worker1")
    grid.bring("worker3")
    assert grid.visible_names() == ("worker3",)


def test_panes_come_and_go(grid: PaneGrid) -> None:
    kept, new = grid._panes["worker1"], QWidget()
    grid.maximise("worker2")
    grid.show_panes({"worker1": kept, "worker9": new})
    assert (grid.visible_names(), grid.maximised) == (("worker1", "worker9"), None)


def test_panes_share_the_place_evenly(grid: PaneGrid, qtbot: QtBot) -> None:
    qtbot.waitExposed(grid)
    sizes = {pane.size().toTuple() for pane in grid._panes.values()}
    assert len(sizes) == 1

"""Panes beside and below each other."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.run.grid import Layout, PaneGrid, places


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    grid = PaneGrid()
    qtbot.addWidget(grid)
    grid.show_panes({f"worker{number}": QWidget() for number in range(1, 5)})
    grid.resize(900, 700)
    grid.show()
    return grid


@pytest.mark.parametrize("layout", [Layout.GRID, Layout.COLUMNS])
@pytest.mark.parametrize("count", range(9))
def test_every_pane_has_a_place_of_its_own(layout: Layout, count: int) -> None:
    seen = places(layout, count)
    assert set(seen) == set(range(count))
    assert len(set(seen.values())) == count


@pytest.mark.parametrize(("count", "wide"), [(1, 1), (2, 2), (4, 2), (5, 3), (8, 3)])
def test_a_grid_is_no_wider_than_lines_need(count: int, wide: int) -> None:
    assert 1 + max(column for _, column in places(Layout.GRID, count).values()) == wide


def test_one_and_two_go_round() -> None:
    assert places(Layout.ONE, 3, first=2) == {2: (0, 0)}
    assert places(Layout.TWO, 3, first=2) == {2: (0, 0), 0: (0, 1)}
    assert places(Layout.TWO, 1) == {0: (0, 0)}


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

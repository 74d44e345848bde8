"""Where a window stands."""

import json

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from desktop.keeping.fields import Fields
from desktop.keeping.place import Place, areas, as_fields, fitting, place_of, read_place

MAIN = QRect(0, 0, 1920, 1040)
LEFT = QRect(-1280, 0, 1280, 1024)


@pytest.mark.parametrize("place", [Place(10, 20, 1200, 800), Place(-900, 40, 1100, 700, True)])
def test_a_place_is_read_as_it_was_written(place: Place) -> None:
    assert read_place(Fields(json.loads(json.dumps(as_fields(place))))) == place
    assert place_of(place.box, maximised=place.maximised) == place


@pytest.mark.parametrize(
    "stored", [{}, {"x": 1, "y": 2, "width": 0, "height": 3}, {"x": 1e9, "y": 0}, None]
)
def test_a_place_that_makes_no_sense_is_none(stored: object) -> None:
    assert read_place(Fields(stored)) is None
    assert as_fields(None) == {}


def test_the_main_screen_comes_first(qapp: QApplication) -> None:
    assert areas()[0] == qapp.primaryScreen().availableGeometry()


def test_a_window_stays_where_it_can_be_reached() -> None:
    for place in (Place(100, 50, 1440, 900), Place(-1200, 10, 1100, 700), Place(-50, 0, 1200, 800)):
        assert fitting(place, (MAIN, LEFT)) == place.box


def test_a_window_of_an_unplugged_screen_comes_to_the_main_one() -> None:
    there = fitting(Place(-1200, 10, 1100, 700), (MAIN,))
    assert MAIN.contains(there)
    assert (there.width(), there.height()) == (1100, 700)


def test_a_window_whose_upper_edge_is_above_the_screen_comes_down() -> None:
    assert MAIN.contains(fitting(Place(100, -300, 1100, 700), (MAIN,)))


def test_a_window_is_not_larger_than_its_screen() -> None:
    assert MAIN.contains(fitting(Place(0, 0, 3800, 2000), (MAIN,)))
    assert MAIN.contains(fitting(Place(4000, 0, 3800, 2000), (MAIN,)))

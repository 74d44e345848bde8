"""Where a window stands, and where it can stand on the screens of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

from desktop.keeping.fields import Fields

FAR: Final = range(-100_000, 100_000)
GRIP: Final = QSize(120, 32)
"""So much of a window's upper edge has to be on a screen for a person to take hold of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """The frame is not counted; when maximised, what it goes back to. Device-independent pixels."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False

    @property
    def box(self) -> QRect:
        """The rectangle."""
        return QRect(self.x, self.y, self.width, self.height)


def place_of(box: QRect, *, maximised: bool) -> Place:
    """The place of a window with this rectangle."""
    return Place(box.x(), box.y(), box.width(), box.height(), maximised)


def areas() -> tuple[QRect, ...]:
    """The areas of the screens that windows may have, the main one first."""
    screens = QGuiApplication.screens()
    screens.sort(key=lambda screen: screen is not QGuiApplication.primaryScreen())
    return tuple(screen.availableGeometry() for screen in screens)


def fitting(place: Place, screens: Sequence[QRect]) -> QRect:
    """Its rectangle where it can be reached, else one of its size in the middle of a screen.

    `screens` are their areas, the main one first; there is one at least.
    """
    box = place.box
    grip = QRect(box.x(), box.y(), box.width(), GRIP.height())
    home = next((each for each in screens if _can_be_held(grip.intersected(each))), None)
    area = home or screens[0]
    box.setSize(box.size().boundedTo(area.size()))
    if home is None:
        box.moveCenter(area.center())
    return box


def _can_be_held(part: QRect) -> bool:
    return part.width() >= GRIP.width() and part.height() >= GRIP.height() // 2


def as_fields(place: Place | None) -> dict[str, object]:
    """What `read_place` reads."""
    if place is None:
        return {}
    fields = ("x", "y", "width", "height", "maximised")
    return {name: getattr(place, name) for name in fields}


def read_place(fields: Fields) -> Place | None:
    """None where none is told."""
    if not fields:
        return None
    far = FAR.stop
    x, y = (fields.number(name, far, FAR) for name in ("x", "y"))
    width, height = (fields.number(name, far, range(1, far)) for name in ("width", "height"))
    if far in (x, y, width, height):
        return None
    return Place(x, y, width, height, fields.flag("maximised", False))

"""Cards of a step, below each other, that scroll together."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled


def section(title: str, *content: QWidget, note: str = "", inset: int = 0) -> QFrame:
    """A card with a head; `inset` in px at the sides of its content."""
    card = QFrame()
    card.setProperty("role", "card")
    card.setAccessibleName(title)
    head = QHBoxLayout()
    head.setContentsMargins(16, 0, 16, 0)
    head.addWidget(label(title, "card-title"))
    head.addStretch(1)
    head.addWidget(label(note, "dim"))
    column = QVBoxLayout(card)
    column.setContentsMargins(1, 12, 1, 8)
    column.setSpacing(8)
    column.addLayout(head)
    for widget in content:
        sides = QHBoxLayout()
        sides.setContentsMargins(inset, 0, inset, 0)
        sides.addWidget(widget)
        column.addLayout(sides)
    return card


def card_head(title: str, *beside: QWidget, ends: Sequence[QWidget] = ()) -> QHBoxLayout:
    """The head of a card that has more in it: what stands beside the title, and at the right."""
    return _head(title, beside, ends, spacing=8, apart=0)


def card_bar(title: str, chips: Iterable[QWidget], ends: Iterable[QWidget]) -> QFrame:
    """The bar over a card whose rows scroll: chips that filter them beside the title."""
    bar = QFrame()
    bar.setFixedHeight(56)
    bar.setProperty("role", "card-head")
    bar.setLayout(_head(title, chips, ends, spacing=6, apart=12))
    return bar


def _head(
    title: str, beside: Iterable[QWidget], ends: Iterable[QWidget], *, spacing: int, apart: int
) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setContentsMargins(16, 0, 12, 0)
    head.setSpacing(spacing)
    head.addWidget(label(title, "card-title"))
    head.addSpacing(apart)
    for widget in beside:
        head.addWidget(widget)
    head.addStretch(1)
    for widget in ends:
        head.addWidget(widget)
    return head


def scrolled_cards(cards: Sequence[QWidget]) -> QScrollArea:
    """All of these."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return scrolled(inside)


def group_head(title: str, meaning: str = "") -> QFrame:
    """The heading over the rows of a group."""
    made = QFrame()
    made.setProperty("role", "group-head")
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 6, 16, 6)
    row.setSpacing(8)
    row.addWidget(label(title, "section"))
    if meaning:
        row.addWidget(label(meaning, "dim"))
    row.addStretch(1)
    return made

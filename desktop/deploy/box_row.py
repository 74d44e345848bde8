"""One box of the checklist: how it stands, what shows that, and what would."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.render.checklist.evidence import Evidence, Source, State
from core.render.checklist.markdown import stamp
from core.render.checklist.ticking import SHORT, Ticked
from desktop.deploy.box_looks import LOOKS
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import sentence
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label
from desktop.widgets.tick_box import TickBox

PLACE: Final = 168
"""Pixels of the column that says where evidence is from."""
STATE: Final = 84
LINE: Final = 20


class BoxRow(QFrame):
    """`told` is what helps, where that was said above the list already.

    `place_clicked` has file and line; `asked` has the Box, and whether it is to be ticked.
    """

    place_clicked = Signal(str, int)
    asked = Signal(object, bool)

    def __init__(
        self, theme: Theme, ticked: Ticked, told: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.ticked = ticked
        look = LOOKS[ticked.state]
        self.setProperty("role", "row")
        self.setAccessibleName(f"{look.word}: {ticked.box.words}")
        self.setAccessibleDescription(ticked.why)
        self.links: list[TextButton] = []
        self.tick: TickBox | None = None
        mark = self._mark()
        top = Qt.AlignmentFlag.AlignTop
        title = label(ticked.box.words, "strong", wrap=True)
        title.setToolTip(f"Known from: {ticked.box.how}")
        state = label(look.word, "toned" if look.tone else "dim")
        state.setProperty("tone", look.tone)
        state.setToolTip(look.meaning)
        state.setFixedWidth(STATE)
        state.setAlignment(Qt.AlignmentFlag.AlignRight | top)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(title)
        if ticked.why:
            words.addWidget(label(sentence(ticked.why), "text2", wrap=True))
        for each in ticked.evidence:
            words.addLayout(self._evidence(each))
        if ticked.tells and ticked.tells != told and self.tick is None:
            tells = label(sentence(ticked.tells), "dim", wrap=True)
            tells.setAccessibleName(f"What to do: {ticked.tells}")
            words.addWidget(tells)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.addWidget(mark, 0, 0, top)
        grid.addLayout(words, 0, 1)
        grid.addWidget(state, 0, 2, top)

    def _mark(self) -> QWidget:
        """The shape of its state; a box to be ticked where only a person can know."""
        ticked, look = self.ticked, LOOKS[self.ticked.state]
        if not ticked.box.by_hand or ticked.state is State.NOT_NEEDED:
            mark = Icon(self._theme, look.icon_name, look.colour, size=18)
            mark.setFixedWidth(22)
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            mark.setToolTip(look.meaning)
            return mark
        self.tick = TickBox(self._theme, ticked.box.words)
        self.tick.show_ticked(ticked.state is State.DONE)
        self.tick.setToolTip("Only you can know: tick it when you have seen it")
        self.tick.clicked.connect(self._ask)
        return self.tick

    def _evidence(self, evidence: Evidence) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._place(evidence), alignment=top)
        words = label(evidence.words, "text2", wrap=True)
        if evidence.source in (Source.LOG, Source.FILE):
            words.setFont(mono_font())
        if evidence.file is not None:
            words.setContentsMargins(0, 2, 0, 0)  # as high as the link beside it
        row.addWidget(words, 1)
        if told := when(evidence):
            at = label(told, "dim")
            at.setToolTip(evidence.deploy)
            row.addWidget(at, alignment=top)
        return row

    def _place(self, evidence: Evidence) -> QWidget:
        if evidence.file is None:
            source = label(sentence(evidence.source), "dim")
            source.setFixedWidth(PLACE)
            return source
        go = partial(self.place_clicked.emit, evidence.file, evidence.line or 1)
        link = TextButton(self._theme, evidence.place, go, role="link")
        link.setFont(mono_font())
        link.setAccessibleName(f"Open {evidence.place}")
        self.links.append(link)
        column = QWidget()
        column.setFixedSize(PLACE, LINE)
        left = QHBoxLayout(column)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(link)
        left.addStretch(1)
        return column

    def _ask(self) -> None:
        self.asked.emit(self.ticked.box, self.ticked.state is not State.DONE)


def when(evidence: Evidence) -> str:
    """When it was so, and at which commit."""
    told = [stamp(evidence.at)] if evidence.at is not None else []
    return ", ".join((*told, *([evidence.commit[:SHORT]] if evidence.commit else [])))

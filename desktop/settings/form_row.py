"""A row of a form: a name over where it comes from, an input over a remark."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.theme.style import mono_font
from desktop.widgets.labels import label
from desktop.widgets.remark import Remark

NAME_WIDTH = 172


class FormRow(QWidget):
    """`code`: the name is one of a file, and the remark may come later.

    More widgets stand to the right of the input.
    """

    def __init__(
        self,
        name: str,
        hint: str,
        control: QWidget,
        *beside: QWidget,
        code: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.remark = Remark(hint)
        self.remark.setVisible(bool(hint) or code)
        title = label(name, "" if code else "strong")
        if code:
            font = mono_font()
            font.setWeight(QFont.Weight.DemiBold)
            title.setFont(font)
        self.source: QLabel = label("", "dim")
        names = QVBoxLayout()
        names.setContentsMargins(0, 8, 0, 0)
        names.setSpacing(2)
        names.addWidget(title)
        names.addWidget(self.source)
        names.addStretch(1)
        left = QWidget()
        left.setLayout(names)
        left.setFixedWidth(NAME_WIDTH)
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(control, 1)
        for widget in beside:
            controls.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(controls)
        right.addWidget(self.remark)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addLayout(right, 1)

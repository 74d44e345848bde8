"""A row of a form."""

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.settings.form_row import NAME_WIDTH, FormRow
from desktop.theme.theme import Theme


def test_name_and_source_stand_left_of_the_input_and_the_remark_below(
    both_themes: Theme, qtbot: QtBot
) -> None:
    field = QLineEdit()
    row = FormRow("workers", "how many", field, QLabel("beside"), code=True)
    qtbot.addWidget(row)
    row.source.setText("default")
    row.resize(600, 60)
    row.show()
    qtbot.waitExposed(row)
    assert field.mapTo(row, field.rect().topLeft()).x() >= NAME_WIDTH
    assert row.remark.text() == "how many"
    assert row.remark.y() > field.y()
    assert row.source.isVisible()

"""Folder, app and interpreter, changed by mouse and keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core.project.finding import Part
from core.setup.choices import Choices
from core.setup.trial import State, Trial
from desktop.setup.project_card import ProjectCard
from desktop.theme.theme import Theme
from tests.support.trials import OTHER, PYTHON, ROOT, working


@pytest.fixture
def card(both_themes: Theme, qtbot: QtBot) -> ProjectCard:
    made = ProjectCard(both_themes)
    qtbot.addWidget(made)
    made.show_trial(working(), Choices())
    made.show()
    return made


def test_what_was_found_is_taken_and_the_others_are_listed(card: ProjectCard) -> None:
    assert card.app.currentText() == "shop.celery"
    assert [card.app.itemText(place) for place in range(card.app.count())] == [
        "shop.celery",
        "worker",
    ]
    assert str(PYTHON.relative_to(ROOT)) in card.interpreter.currentText()
    assert card.interpreter.itemText(1) == str(OTHER)
    assert all(row.state is State.WORKS for row in card.rows.values())


def test_what_is_odd_about_its_files_is_told(card: ProjectCard) -> None:
    assert not card.notes.isVisible()
    trial = working()
    assert trial.found is not None
    odd = replace(trial.found, notes=("solofleet.toml: unknown setting nonsense", "a second one"))
    card.show_trial(replace(trial, found=odd), Choices())
    assert card.notes.text() == "solofleet.toml: unknown setting nonsense\nA second one"
    assert card.notes.isVisible()


def test_another_app_is_taken_with_its_folder(card: ProjectCard, qtbot: QtBot) -> None:
    card.app.setFocus()
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.keyClick(card.app, Qt.Key.Key_Down)
    assert told.args == [Choices(app="worker", workdir="old")]


def test_an_app_can_be_typed(card: ProjectCard, qtbot: QtBot) -> None:
    field = card.app.lineEdit()
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, "shop.jobs:app")
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [Choices(app="shop.jobs:app")]


def test_another_interpreter_is_taken(card: ProjectCard, qtbot: QtBot) -> None:
    card.interpreter.setFocus()
    with qtbot.waitSignal(card.chosen) as told:
        qtbot.keyClick(card.interpreter, Qt.Key.Key_Down)
    assert told.args == [Choices(python=str(OTHER))]


@pytest.mark.parametrize("name", ["Change the folder", "Choose an interpreter"])
def test_dialogs_are_opened_and_not_waited_for(card: ProjectCard, qtbot: QtBot, name: str) -> None:
    button = next(each for each in card.findChildren(QPushButton) if each.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = card.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    signal = card.folder if name == "Change the folder" else card.chosen
    with qtbot.waitSignal(signal):
        dialog.fileSelected.emit(str(OTHER))
    dialog.reject()


def test_an_interpreter_that_is_not_there_is_shown_as_it_was_chosen(card: ProjectCard) -> None:
    trial = working()
    assert trial.found is not None
    gone = replace(trial, found=replace(trial.found, interpreter=None))
    card.show_trial(gone, Choices(python="gone/python"))
    assert card.interpreter.currentText() == "gone/python"


def test_a_folder_that_is_gone_leaves_a_page_with_its_name(card: ProjectCard) -> None:
    card.show_trial(Trial(Path("/gone"), states={Part.FOLDER: State.FAULT}), Choices())
    assert card.rows[Part.FOLDER].state is State.FAULT
    assert card.rows[Part.APP].state is State.WAITING

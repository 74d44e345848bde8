"""The dialog of settings on the real window."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from core.project.folder import project_name
from core.settings import load_settings
from core.settings.origin import Layer
from core.settings.places import local_file, user_file
from desktop.keeping.habits import Habits
from desktop.keeping.keeper import Keeper
from desktop.leaving.choice import AtClose
from desktop.logpane.manner import Manner
from desktop.settings.clerk import Clerk
from desktop.settings.dialog import SettingsDialog
from desktop.theme.theme import Choice, Theme
from desktop.widgets.error_card import ErrorCard
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.qt import until as until_at_most
from tests.support.stage import Stage


@contextmanager
def clerk_at(
    stage: Stage, theme: Theme, folder: Path, opened: list[str] | None = None
) -> Generator[Clerk]:
    """One at the window, until that is left."""
    keeper = Keeper(stage.window, theme, stage.desk, Habits(), folder)
    took = [] if opened is None else opened
    clerk = Clerk(
        stage.window,
        theme,
        stage.desk,
        keeper,
        stage.window.choices,
        dict(os.environ),
        lambda path, line: took.append(path),
    )
    stage.window.deeds.add(clerk.commands)
    try:
        yield clerk
    finally:
        stage.window.leaver.left.emit()


until = partial(until_at_most, limit_s=20)


async def dialog_of(stage: Stage, clerk: Clerk) -> SettingsDialog:
    """The dialog, opened by its key, once it was filled."""
    stage.window.activateWindow()
    await until(stage.window.isActiveWindow)
    stage.qtbot.keyClick(stage.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = clerk.dialog
    assert dialog is not None
    await until(lambda: bool(dialog.fleet.rows))
    return dialog


def type_into(stage: Stage, dialog: SettingsDialog, path: str, text: str) -> None:
    field = dialog.fleet.rows[path].input
    field.setFocus()
    stage.qtbot.keyClicks(field, text)
    stage.qtbot.keyClick(field, Qt.Key.Key_Return)


def test_what_is_typed_is_in_the_file_of_this_machine_and_can_be_reset(
    play: Player, theme: Theme, tmp_path: Path, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        with clerk_at(stage, theme, tmp_path) as clerk:
            stage.window.open_folder(str(project))
            await emitted(stage.desk.opened)
            dialog = await dialog_of(stage, clerk)
            file = local_file(project_name(project))
            row = dialog.fleet.rows["workers"]
            type_into(stage, dialog, "workers", "6")
            await until(file.exists)
            assert load_settings(project, local=file).workers == 6
            await until(lambda: row.fault == "" and row.input.text() == "6")
            stage.qtbot.keyClick(row.input, Qt.Key.Key_Backspace)
            stage.qtbot.keyClick(row.input, Qt.Key.Key_Return)
            await until(lambda: load_settings(project, local=file).workers == 2)
            dialog.reject()

    play(scene)


def test_a_broken_file_is_told_in_the_dialog_and_can_be_opened(
    play: Player, theme: Theme, tmp_path: Path, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        opened: list[str] = []
        with clerk_at(stage, theme, tmp_path, opened) as clerk:
            user_file().parent.mkdir(parents=True, exist_ok=True)
            user_file().write_text("workers = 0\n")
            clerk.open()
            dialog = clerk.dialog
            assert dialog is not None
            await until(lambda: dialog.findChild(ErrorCard) is not None)
            dialog.file_asked.emit(str(user_file()))
            assert opened == [str(user_file())]
            dialog.reject()

    play(scene)


def test_without_a_project_there_are_the_settings_of_all(
    play: Player, theme: Theme, tmp_path: Path, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        with clerk_at(stage, theme, tmp_path) as clerk:
            dialog = await dialog_of(stage, clerk)
            assert dialog.fleet.layer is Layer.USER
            assert "app" not in dialog.fleet.rows
            type_into(stage, dialog, "workers", "3")
            await until(user_file().exists)
            assert load_settings(project.parent, user=user_file()).workers == 3
            clerk.open()
            assert clerk.dialog is dialog
            dialog.reject()
            assert clerk.dialog is None

    play(scene)


def test_what_concerns_the_window_holds_at_once(
    play: Player, theme: Theme, tmp_path: Path, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        with clerk_at(stage, theme, tmp_path) as clerk:
            keeper = stage.window.findChild(Keeper)
            assert keeper is not None
            stage.window.open_folder(str(project))
            await emitted(keeper.arranged)
            dialog = await dialog_of(stage, clerk)
            page = dialog.window_page
            page.theme_chosen.emit(Choice.LIGHT)
            page.manner_chosen.emit(Manner(wrap=True, size_px=15))
            page.editor_chosen.emit("ed")
            page.close_chosen.emit(AtClose.STOP)
            assert theme.choice is Choice.LIGHT
            assert {pane.view.manner for pane in stage.page.logs.panes} == {
                Manner(True, size_px=15)
            }
            assert keeper.habits.editor == "ed"
            assert stage.window.choices.of(project_name(project)) is AtClose.STOP
            stage.desk.close()
            await emitted(stage.desk.closed)
            assert clerk.dialog is None  # it was about that project

    play(scene)

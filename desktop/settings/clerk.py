"""Opens the dialog of settings, and does what is chosen there."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.errors import FleetError
from core.settings.layers import read_entries
from core.settings.origin import Layer
from core.settings.places import local_file, user_file
from core.settings.saving import SettingsFile
from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.editor.found import find_editor
from desktop.keeping.keeper import Keeper
from desktop.leaving.choice import AtClose, Choices
from desktop.logpane.manner import Manner
from desktop.settings.dialog import SettingsDialog
from desktop.theme.theme import Choice, Theme

KEY = "Ctrl+,"


class Clerk(QObject):
    """`open_file` shows a file at a line in a person's editor."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        desk: Desk,
        keeper: Keeper,
        choices: Choices,
        environ: Mapping[str, str],
        open_file: Callable[[str, int], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._desk = desk
        self._keeper = keeper
        self._choices = choices
        self._environ = environ
        self._open_file = open_file
        self._files: Mapping[Layer, SettingsFile] = {}
        self._found = ""
        self.dialog: SettingsDialog | None = None
        theme.changed.connect(self._show_habits)
        keeper.manners.changed.connect(self._show_habits)
        desk.closed.connect(self._close)

    def commands(self) -> Iterable[Command]:
        """What opens the dialog."""
        yield Command("Settings…", self.open, "Window", KEY, "settings")

    def open(self) -> None:
        """Open the dialog; one that is open comes to the front."""
        if self.dialog is None:
            self._files = self._layers()
            files = {layer: each.file for layer, each in self._files.items()}
            self.dialog = dialog = SettingsDialog(self._theme, files, self._window)
            dialog.finished.connect(self._closed)
            dialog.file_asked.connect(self._open_settings)
            dialog.fleet.saved.connect(self._save)
            dialog.fleet.reset.connect(self._reset)
            self._connect_window_page(dialog)
            self._show_habits()
            self._do(self._look())
            dialog.open()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _layers(self) -> Mapping[Layer, SettingsFile]:
        """Those that can be changed here."""
        session = self._desk.session
        user = {Layer.USER: SettingsFile(Layer.USER, user_file())}
        if session is None:
            return user
        project = session.project
        local = SettingsFile(Layer.LOCAL, local_file(project.name), project.root)
        return {Layer.LOCAL: local, **user}

    def _close(self) -> None:
        """It was about a project that is no longer open."""
        if self.dialog is not None:
            self.dialog.reject()

    def _closed(self) -> None:
        self.dialog = None

    # --- The fleet ---

    def _save(self, layer: Layer, path: str, value: object) -> None:
        self._do(self._change(partial(self._files[layer].save, path, value)))

    def _reset(self, layer: Layer, path: str) -> None:
        self._do(self._change(partial(self._files[layer].remove, path)))

    async def _change(self, change: Callable[[], None]) -> None:
        await asyncio.to_thread(change)
        await self._look()

    async def _look(self) -> None:
        """Show what the files say now."""
        session = self._desk.session
        self._found = await asyncio.to_thread(_editor_name, self._environ)
        self._show_habits()
        read = partial(
            read_entries,
            None if session is None else session.project.root,
            self._environ,
            user=self._files[Layer.USER].file,
            local=self._files[Layer.LOCAL].file if Layer.LOCAL in self._files else None,
            asked=None if session is None else session.settings,
        )
        entries = await asyncio.to_thread(read)
        if self.dialog is not None:
            self.dialog.fleet.show_entries(entries)
            self.dialog.show_error(None)

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        self._desk.do(self._told_in_dialog(work))

    async def _told_in_dialog(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except FleetError as error:
            if self.dialog is None:
                raise
            self.dialog.show_error(error)

    def _open_settings(self, path: str) -> None:
        self._open_file(path, 1)

    # --- The window ---

    def _connect_window_page(self, dialog: SettingsDialog) -> None:
        page = dialog.window_page
        page.theme_chosen.connect(self._choose_theme)
        page.manner_chosen.connect(self._choose_manner)
        page.editor_chosen.connect(self._keeper.choose_editor)
        page.close_chosen.connect(self._choose_close)

    def _choose_theme(self, choice: Choice) -> None:
        self._theme.choose(choice)

    def _choose_manner(self, manner: Manner) -> None:
        self._keeper.manners.choose(manner)

    def _choose_close(self, choice: AtClose) -> None:
        if self._desk.session is not None:
            self._choices.note(self._desk.session.project.name, choice)

    def _show_habits(self, changed: object = None) -> None:
        if self.dialog is None:
            return
        self.dialog.window_page.show_habits(self._keeper.habits, self._found)
        session = self._desk.session
        if session is None:
            self.dialog.window_page.show_close("", None)
        else:
            name = session.project.root.name
            self.dialog.window_page.show_close(name, self._choices.of(session.project.name))


def _editor_name(environ: Mapping[str, str]) -> str:
    editor = find_editor(environ)
    return "" if editor is None else f"{editor.name}: {' '.join(editor.words)}"

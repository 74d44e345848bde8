"""The welcome page."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core import __version__
from desktop.theme.icons import pixmap
from desktop.theme.looks import Colour
from desktop.theme.theme import Theme
from desktop.welcome.recent_list import RecentList
from desktop.welcome.recents import Recent
from desktop.widgets.buttons import TextButton, shown_key
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label
from desktop.widgets.lanes import EXAMPLE, Lanes

WIDTH = 976


class WelcomePage(QWidget):
    """`folder` has the path of a project to open, `demo` is a click, `forgotten` has a Recent."""

    folder = Signal(str)
    demo = Signal()
    forgotten = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "page")
        self.setAcceptDrops(True)
        self._recent = RecentList(theme)
        self._recent.chosen.connect(self._chosen)
        self._recent.forgotten.connect(self.forgotten)
        self._head = _line(label("Recent projects", "card-title"), "Enter opens, Del forgets")
        self._card = QFrame()
        self._card.setProperty("role", "quiet-card")
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self._recent)
        content = QWidget()
        content.setMaximumWidth(WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._product())
        column.addSpacing(24)
        column.addLayout(self._cards())
        column.addSpacing(16)
        column.addWidget(self._head)
        column.addWidget(self._card)
        column.addSpacing(8)
        column.addWidget(self._foot())
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 0)
        outer.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(2)
        middle.addWidget(content)
        middle.addStretch(3)
        outer.addLayout(middle, 1000)
        outer.addStretch(1)
        self.show_recents(())

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """The projects that were open lately."""
        self._recent.show_recents(recents[:5])
        self._recent.setFixedHeight(self._recent.sizeHint().height())
        self._head.setVisible(bool(recents))
        self._card.setVisible(bool(recents))

    def show_gone(self, gone: frozenset[str]) -> None:
        """Of these paths the folder is not there any more."""
        self._recent.show_gone(gone)

    def choose(self) -> None:
        """Let a person pick a folder."""
        dialog = QFileDialog(self, "The folder of your project")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder)
        dialog.open()

    def _chosen(self, recent: Recent) -> None:
        self.folder.emit(recent.path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A folder may be dropped anywhere on the page."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; of a file, the folder it lies in."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.folder.emit(str(path if path.is_dir() else path.parent))

    def _product(self) -> QWidget:
        mark = QLabel()
        mark.setPixmap(pixmap("logo", "#ffffff", 48, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("Solofleet", "product"))
        words.addWidget(label("Celery workers on this machine, the same code on Render.", "text2"))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(mark)
        row.addLayout(words)
        row.addStretch(1)
        return box

    def _cards(self) -> QHBoxLayout:
        drop = label("Drop a folder here", "text2")
        drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        drop.setMinimumHeight(60)
        drop.setProperty("role", "drop")
        choose = TextButton(
            self._theme,
            "Choose folder…",
            self.choose,
            icon_name="folder",
            role="primary",
            key="Ctrl+O",
        )
        start = TextButton(self._theme, "Start the demo", self.demo.emit, icon_name="play")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(
            self._big_card(
                ("folder", "acc"),
                "Open a project",
                "Pick the folder that holds your Celery app. Solofleet finds the app, the virtual"
                " environment and the broker, and writes nothing.",
                drop,
                choose,
                shown_key("Ctrl+O"),
            )
        )
        row.addWidget(
            self._big_card(
                ("play", "ok"),
                "Try the demo",
                "Four workers and a small shop backend on the built-in broker. No Redis, no"
                " account, nothing left behind.",
                Lanes(self._theme, EXAMPLE),
                start,
                "about 10 s to the first result",
            )
        )
        return row

    def _big_card(
        self,
        mark: tuple[str, Colour],
        title: str,
        text: str,
        middle: QWidget,
        button: TextButton,
        hint: str,
    ) -> QFrame:
        card = QFrame()
        card.setProperty("role", "quiet-card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Icon(self._theme, *mark, size=24))
        column.addSpacing(4)
        column.addWidget(label(title, "big-title"))
        words = label(text, "text2", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column.addWidget(words)
        column.addSpacing(8)
        column.addWidget(middle)
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(button)
        foot.addWidget(label(hint, "dim"))
        foot.addStretch(1)
        column.addLayout(foot)
        return card

    def _foot(self) -> QWidget:
        version = label(f"Solofleet {__version__}", "dim")
        hints: list[QLabel] = []
        for key, what in (("F1", "keys"), ("Ctrl+K", "commands"), ("Ctrl+,", "settings")):
            hints += label(shown_key(key), "key"), label(what, "dim")
        said = "Your app runs in its own interpreter, never inside Solofleet"
        return _line(version, said, *hints)


def _line(left: QLabel, right: str, *more: QLabel) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in (left, *more):
        row.addWidget(widget)
    row.addStretch(1)
    row.addWidget(label(right, "dim"))
    return box


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None

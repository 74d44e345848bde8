"""A traceback, its places as links."""

from collections.abc import Iterable
from html import escape
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.send.traceback_text import Folded, Frame, Part, Source, Words, shown_place
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme

LINE: Final = 20


class TracebackView(QTextBrowser):
    """Shows a traceback; `place` has the Source of a link."""

    place = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[Part, ...] = ()
        self._sources: list[Source] = []
        self._root = PurePath()
        self.setAccessibleName("Traceback")
        self.setFont(mono_font())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._clicked)
        theme.changed.connect(self._draw)

    def show_parts(self, parts: tuple[Part, ...], root: PurePath) -> None:
        """Show these; places are told as seen from `root`."""
        self._parts, self._root = parts, root
        self._draw()

    def lines(self) -> int:
        """How many lines it has."""
        return max(self.document().blockCount(), 1)

    def _draw(self) -> None:
        tokens = self._theme.tokens
        self._sources = []
        lines = [line for part in self._parts for line in self._lines(part)]
        style = f"white-space: pre; color: {tokens.text2}; line-height: {LINE}px"
        blocks = "".join(f'<p style="margin: 0; {style}">{line or " "}</p>' for line in lines)
        self.setHtml(blocks)

    def _lines(self, part: Part) -> Iterable[str]:
        tokens = self._theme.tokens
        match part:
            case Frame():
                place = escape(shown_place(part.source, self._root))
                link = f'href="{len(self._sources)}" style="color: {tokens.acc}"'
                self._sources.append(part.source)
                yield f"  <a {link}>{place}</a> {escape(part.where)}"
                for code in part.code:
                    yield f'    <span style="color: {tokens.text}">{escape(code)}</span>'
            case Folded():
                frames = "frame" if part.count == 1 else "frames"
                words = f"… {part.count} {frames} in {escape(part.package)}"
                yield f'  <span style="color: {tokens.dim}">{words}</span>'
            case Words():
                colour = tokens.err if part.final else tokens.text2
                yield f'<span style="color: {colour}">{escape(part.text)}</span>'

    def _clicked(self, url: QUrl) -> None:
        self.place.emit(self._sources[int(url.toString())])

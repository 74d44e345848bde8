"""Logs in files."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.saving import Saver
from desktop.logpane.source import StoreSource
from tests.support.logs import failed, numbered, printed, store_of


def test_everything_is_written_as_it_was_printed(qtbot: QtBot, tmp_path: Path) -> None:
    texts = (numbered(0, 10_000), failed(), printed("é 日本"))
    document = Document(StoreSource(store_of(*texts)))
    document.clear()
    saver = Saver(document, tmp_path / "all.log", everything=True)
    with qtbot.waitSignal(saver.saved) as told:
        pass
    assert told.args == [str(tmp_path / "all.log")]
    assert (tmp_path / "all.log").read_text("utf-8") == "".join(texts)


def test_what_is_shown_is_written_without_what_is_filtered(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document(StoreSource(store_of(printed("a"), failed(), printed("b"))))
    document.show_only(Filter("KeyError"))
    document.go_on()
    saver = Saver(document, tmp_path / "shown.log", everything=False)
    with qtbot.waitSignal(saver.saved):
        pass
    assert (tmp_path / "shown.log").read_text("utf-8") == failed()


def test_a_file_that_cannot_be_written_is_told_with_the_reason(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = Document(StoreSource(store_of(printed("a"))))
    saver = Saver(document, tmp_path / "no" / "such.log", everything=True)
    with qtbot.waitSignal(saver.failed) as told:
        pass
    assert told.args == [str(tmp_path / "no" / "such.log"), "No such file or directory"]

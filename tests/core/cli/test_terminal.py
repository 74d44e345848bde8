"""Streams that are written to, until they are gone."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

import pytest

from core.cli.terminal import CLEAR_LINE, Terminal, real_terminal
from tests.support.screen import Screen


class Keyboard(StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


@contextmanager
def nobody_reads() -> Iterator[TextIO]:
    """The writing end of a pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        yield stream


def test_results_and_the_rest_go_their_own_ways() -> None:
    screen = Screen()
    screen.terminal.line("one", "two")
    screen.terminal.aside("by the way")
    assert (screen.out, screen.err) == ("one\ntwo\n", "by the way\n")


def test_no_lines_are_nothing_at_all() -> None:
    screen = Screen()
    screen.terminal.line()
    assert screen.out == ""


def test_the_progress_line_stays_below_all_others() -> None:
    screen = Screen(live=True)
    screen.terminal.progress("1 of 2")
    screen.terminal.aside("by the way")
    assert screen.err == f"1 of 2{CLEAR_LINE}by the way\n1 of 2"
    screen.terminal.line("result")
    assert screen.err.endswith(f"1 of 2{CLEAR_LINE}1 of 2")


def test_a_new_progress_line_replaces_the_old_one() -> None:
    screen = Screen(live=True)
    for text in ("1 of 2", "1 of 2", "2 of 2", ""):
        screen.terminal.progress(text)
    assert screen.err == f"1 of 2{CLEAR_LINE}2 of 2{CLEAR_LINE}"


def test_the_progress_line_is_cut_to_the_width() -> None:
    screen = Screen(live=True, width=5)
    screen.terminal.progress("123456789")
    assert screen.err == "1234"


def test_there_is_no_progress_line_in_a_file() -> None:
    screen = Screen()
    screen.terminal.progress("1 of 2")
    assert screen.err == ""


def test_whoever_leaves_is_noticed_once_and_the_rest_is_dropped() -> None:
    err, noticed = StringIO(), list[bool]()
    with nobody_reads() as out:
        terminal = Terminal(out, err)
        terminal.on_broken = lambda: noticed.append(True)
        terminal.line("one")
        terminal.line("two")
    assert noticed == [True]
    assert err.getvalue() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_of() -> None:
    err, noticed = StringIO(), list[bool]()
    with Path("/dev/full").open("w") as out:
        terminal = Terminal(out, err)
        terminal.on_broken = lambda: noticed.append(True)
        terminal.line("one")
    assert err.getvalue() == "standard output takes no more: No space left on device\n"
    assert noticed == [True]


def test_without_standard_error_results_still_come() -> None:
    out = StringIO()
    with nobody_reads() as err:
        terminal = Terminal(out, err, live=True)
        terminal.aside("by the way")
        terminal.progress("1 of 2")
        terminal.line("one")
    assert out.getvalue() == "one\n"


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [("y\n", True), (" YES \n", True), ("\n", False), ("no\n", False), ("", False)],
)
def test_only_yes_is_yes(typed: str, agreed: bool) -> None:
    err = StringIO()
    assert Terminal(StringIO(), err, Keyboard(typed)).ask("Go on?") is agreed
    assert err.getvalue() == "Go on? [y/N] "


def test_what_somebody_types_is_given_as_it_is() -> None:
    err = StringIO()
    assert Terminal(StringIO(), err, Keyboard(" reports \n")).ask_for("Which?") == "reports"
    assert err.getvalue() == "Which? "
    assert Terminal(StringIO(), err, StringIO("reports\n")).ask_for("Which?") is None


def test_without_a_person_the_answer_is_no() -> None:
    err = StringIO()
    assert not Terminal(StringIO(), err, StringIO("y\n")).ask("Go on?")
    assert not Terminal(StringIO(), err).ask("Go on?")
    assert err.getvalue() == ""


def test_ctrl_c_gets_through_while_a_question_is_open() -> None:
    class Interrupted(Keyboard):
        def readline(self, size: int = -1) -> str:
            signal.raise_signal(signal.SIGINT)
            raise AssertionError("went on")

    def nothing(*_: object) -> None: ...

    before = signal.signal(signal.SIGINT, nothing)
    try:
        with pytest.raises(KeyboardInterrupt):
            Terminal(StringIO(), StringIO(), Interrupted()).ask("Go on?")
        assert signal.getsignal(signal.SIGINT) is nothing
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_real_streams_are_no_screen_in_a_test(capfd: pytest.CaptureFixture[str]) -> None:
    terminal = real_terminal({})
    terminal.progress("1 of 2")
    terminal.line("Grüße")
    assert not terminal.colour
    assert capfd.readouterr() == ("Grüße\n", "")


def test_what_the_code_page_of_a_console_lacks_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    out = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(out, encoding="cp1252", newline="\n"))
    real_terminal({}).line("Grüße, 世界")
    assert out.getvalue() == b"Gr\xfc\xdfe, \\u4e16\\u754c\n"


def test_streams_of_a_simple_kind_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", out := StringIO())
    monkeypatch.setattr(sys, "stderr", StringIO())
    real_terminal({}).line("Grüße")
    assert out.getvalue() == "Grüße\n"


def test_a_secret_is_typed_unseen_or_comes_as_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or " typed ")
    assert Terminal(StringIO(), StringIO(), Keyboard()).ask_secret("Key:") == "typed"
    assert asked == ["Key: "]
    assert Terminal(StringIO(), StringIO(), StringIO("piped\r\nx")).ask_secret("Key:") == "piped"
    assert Terminal(StringIO(), StringIO()).ask_secret("Key:") == ""

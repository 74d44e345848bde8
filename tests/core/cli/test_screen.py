"""What counts as a screen, and how wide it is."""

import sys
from io import StringIO

import pytest

from core.cli.screen import columns, takes_escapes

if sys.platform != "win32":
    import os
    import pty
    import termios
    from collections.abc import Iterator
    from typing import TextIO

    @pytest.fixture
    def terminal() -> Iterator[TextIO]:
        """A real terminal."""
        leader, follower = pty.openpty()
        with os.fdopen(follower, "w") as stream:
            yield stream
        os.close(leader)

    def test_a_terminal_takes_them(terminal: TextIO) -> None:
        assert takes_escapes(terminal, {})

    @pytest.mark.parametrize(("told", "width"), [(132, 132), (0, 80)])
    def test_a_terminal_has_the_width_that_it_tells(
        terminal: TextIO, told: int, width: int
    ) -> None:
        termios.tcsetwinsize(terminal.fileno(), (24, told))
        assert columns(terminal) == width

    def test_a_dumb_terminal_does_not(terminal: TextIO) -> None:
        assert not takes_escapes(terminal, {"TERM": "dumb"})


def test_a_file_is_no_screen() -> None:
    assert not takes_escapes(StringIO(), {})
    assert columns(StringIO()) == 80

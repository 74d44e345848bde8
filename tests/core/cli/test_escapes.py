"""What counts as a screen."""

import sys
from io import StringIO

import pytest

from core.cli.escapes import takes_escapes

if sys.platform != "win32":
    import os
    import pty
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

    def test_a_dumb_terminal_does_not(terminal: TextIO) -> None:
        assert not takes_escapes(terminal, {"TERM": "dumb"})


def test_a_file_does_not() -> None:
    assert not takes_escapes(StringIO(), {})

"""The helper that presses Ctrl+C; on Windows `test_stopping.py` sees it reach a process."""

import sys

import pytest

from core.rows import ctrl_c


@pytest.mark.skipif(sys.platform == "win32", reason="there it would leave our console")
def test_there_is_no_such_thing_elsewhere() -> None:
    assert ctrl_c.main(1) == 1

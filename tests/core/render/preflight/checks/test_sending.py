"""The commit itself."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.preflight import seen_by


@pytest.mark.parametrize(
    ("more", "seen"),
    [
        ({}, []),
        ({"changed": ("b.py", "a.py")}, [("info", "a.py", None)]),
        ({"branch": None}, [("warn", None, None)]),
        ({"submodules": ("lib",)}, [("warn", ".gitmodules", None)]),
    ],
)
def test_how_the_commit_differs_from_what_is_seen(
    more: dict[str, Any], seen: list[object], tmp_path: Path
) -> None:
    assert seen_by("commit", {}, tmp_path, **more) == seen


def test_code_that_is_imported_can_be_read(tmp_path: Path) -> None:
    broken = {"proj/tasks.py": "x = 1\ndef f(:\n", ".python-version": "3.11\n"}
    assert seen_by("commit", broken, tmp_path) == [("warn", "proj/tasks.py", 2)]
    newer = {**broken, ".python-version": "3.99\n"}
    assert seen_by("commit", newer, tmp_path) == [("info", "proj/tasks.py", 2)]
    assert seen_by("commit", {"other.py": "def f(:\n"}, tmp_path) == []

"""Names of modules and files."""

from pathlib import Path

import pytest

from tests.support.preflight import in_tasks, seen_by

MAIL = {"proj/Mail.py": "def send(): ...\n"}


@pytest.mark.parametrize(
    ("first", "seen"),
    [
        ("import proj.mail\n", [("block", "proj/tasks.py", 1)]),
        ("from proj.mail import send\n", [("block", "proj/tasks.py", 1)]),
        ("from .mail import send\n", [("block", "proj/tasks.py", 1)]),
        ("from . import mail\n", [("block", "proj/tasks.py", 1)]),
        ("from proj import Mail\n", []),
        (
            "try:\n    import proj.mail\nexcept ImportError:\n    pass\n",
            [("warn", "proj/tasks.py", 2)],
        ),
        ("def f():\n    import proj.mail\n", [("warn", "proj/tasks.py", 2)]),
        ("import yaml\n", []),
        ("import json\n", []),
    ],
)
def test_imports_have_the_case_of_the_files(first: str, seen: list[object], tmp_path: Path) -> None:
    assert seen_by("import-case", {**MAIL, **in_tasks("", first)}, tmp_path) == seen


@pytest.mark.parametrize(
    ("opened", "seen"),
    [
        ("open('Data/in.csv')", [("warn", "proj/tasks.py", 9)]),
        ("open('data/in.csv')", []),
        ("open('other.csv')", []),
    ],
)
def test_files_are_opened_in_their_own_case(
    opened: str, seen: list[object], tmp_path: Path
) -> None:
    changes = {"data/in.csv": "1\n", **in_tasks(f"x = {opened}\n")}
    assert seen_by("import-case", changes, tmp_path) == seen


def test_what_is_nowhere_imported_does_not_count(tmp_path: Path) -> None:
    assert seen_by("import-case", {**MAIL, "tool.py": "import proj.mail\n"}, tmp_path) == []


def test_paths_that_differ_in_case_block_when_they_are_code_that_differs(tmp_path: Path) -> None:
    code = {"proj/Tasks.py": "x = 1\n"}
    assert seen_by("colliding-paths", code, tmp_path) == [("block", "proj/Tasks.py", 1)]
    text = {"readme.md": "a", "README.md": "b"}
    assert seen_by("colliding-paths", text, tmp_path) == [("warn", "README.md", 1)]
    same = {"proj/__INIT__.py": ""}
    assert seen_by("colliding-paths", same, tmp_path) == [("warn", "proj/__INIT__.py", 1)]


@pytest.mark.parametrize(
    ("first", "seen"),
    [
        ("from proj import local\n", [("block", "proj/tasks.py", 1)]),
        ("import proj.local\n", [("block", "proj/tasks.py", 1)]),
        (
            "try:\n    from proj import local\nexcept ImportError:\n    pass\n",
            [("warn", "proj/tasks.py", 2)],
        ),
        ("from proj.app import local\n", []),
    ],
)
def test_what_is_imported_is_in_git(first: str, seen: list[object], tmp_path: Path) -> None:
    changes = in_tasks("", first)
    assert seen_by("left-out", changes, tmp_path, loose=["proj/local.py"]) == seen
    assert seen_by("left-out", changes, tmp_path) == []


def test_a_package_that_git_does_not_have_is_found_too(tmp_path: Path) -> None:
    changes = in_tasks("", "import helpers.text\n")
    loose = ["helpers/__init__.py", "helpers/text.py"]
    seen = seen_by("left-out", changes, tmp_path, loose=loose)
    assert seen == [("block", "proj/tasks.py", 1)]

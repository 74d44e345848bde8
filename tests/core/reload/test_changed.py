"""Which files make running processes old."""

from pathlib import Path

import pytest

from core.reload.changed import is_source, names_of, processes


@pytest.mark.parametrize("name", ["tasks.py", "app/tasks.py", "a/b/c.py", "environment/x.py"])
def test_python_of_the_project_is_source(tmp_path: Path, name: str) -> None:
    assert is_source(tmp_path / name, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "tasks.pyc",
        ".venv/lib/x.py",
        ".git/x.py",
        "venv/x.py",
        "a/node_modules/x.py",
        "__pycache__/x.py",
        "tests/helper.py",
        "a/test_tasks.py",
        "conftest.py",
    ],
)
def test_the_rest_is_not(tmp_path: Path, name: str) -> None:
    assert not is_source(tmp_path / name, tmp_path)


def test_an_environment_of_any_name_is_not(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/pyvenv.cfg").touch()
    assert not is_source(tmp_path / "mine/lib/x.py", tmp_path)


def test_what_lies_outside_is_not(tmp_path: Path) -> None:
    assert not is_source(tmp_path.parent / "x.py", tmp_path)


def test_names_are_few(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("b/d.py", "a.py", "c.py", "e.py", "f.py")]
    assert names_of(files[:1], tmp_path) == "b/d.py"
    assert names_of(files, tmp_path) == "a.py, b/d.py, c.py and 2 others"


@pytest.mark.parametrize(
    ("workers", "rows", "words"),
    [
        (4, [], "4 workers"),
        (1, ["beat"], "1 worker and beat"),
        (0, ["beat"], "beat"),
        (2, ["beat", "web"], "2 workers, beat and web"),
    ],
)
def test_who_is_restarted(workers: int, rows: list[str], words: str) -> None:
    assert processes(workers, rows) == words

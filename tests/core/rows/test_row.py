"""What is started for a row."""

import os
import sys
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.rows.row import RowSpec
from core.secret import Secret

PYTHON = Path(sys.executable)
SUFFIX = ".bat" if sys.platform == "win32" else ""


def program(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}{SUFFIX}"
    file.write_text("#!/bin/sh\n", "utf-8")
    file.chmod(0o755)
    return file


def test_python_is_the_interpreter_of_the_project(tmp_path: Path) -> None:
    child = RowSpec("web", ("python", "-m", "x"), tmp_path).child({}, PYTHON)
    assert child.argv == (str(PYTHON), "-m", "x")
    assert child.one_pipe


def test_a_program_is_found_where_the_terminal_finds_it(tmp_path: Path) -> None:
    first, second = program(tmp_path / "a", "tool"), program(tmp_path / "b", "tool")
    path = os.pathsep.join((str(first.parent), str(second.parent)))
    child = RowSpec("web", ("tool", "x"), tmp_path).child({"Path": path}, PYTHON)
    assert (Path(child.argv[0]).parent, child.argv[1:]) == (first.parent, ("x",))


def test_a_path_starts_at_the_folder_of_the_row(tmp_path: Path) -> None:
    program(tmp_path / "scripts", "run")
    child = RowSpec("web", ("./scripts/run",), tmp_path).child({"PATH": ""}, PYTHON)
    assert Path(child.argv[0]).parent.resolve() == (tmp_path / "scripts").resolve()


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="there is no program nowhere") as caught:
        RowSpec("web", ("nowhere",), tmp_path).child({"PATH": ""}, PYTHON)
    assert caught.value.exit_code == USAGE


def test_its_variables_go_over_those_of_the_project(tmp_path: Path) -> None:
    row = RowSpec("web", ("python",), tmp_path, env={"A": "own", "KEY": Secret("s3cret-text")})
    env = row.child({"A": "theirs", "B": "b", "PYTHONUTF8": "0"}, PYTHON).env
    assert env == {
        "A": "own",
        "B": "b",
        "KEY": "s3cret-text",
        "PYTHONUTF8": "0",
        "PYTHONUNBUFFERED": "1",
    }
    assert row.secrets == ("s3cret-text",)
    assert "own" not in repr(row)
    assert "s3cret" not in repr(row)


def test_it_has_no_task_that_could_be_broken_off(tmp_path: Path) -> None:
    policy = RowSpec("web", ("python",), tmp_path, grace_s=2.0, restart=False).policy
    assert (policy.grace_s, policy.restart, policy.breaks_off) == (2.0, False, False)

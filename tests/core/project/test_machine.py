import os
import sys
import time
from pathlib import Path

import pytest

from core.project.machine import (
    OwnPython,
    run_and_read,
    this_machine,
    without_own_environment,
)


def test_this_machine_finds_and_asks_programs(tmp_path: Path) -> None:
    machine = this_machine({**os.environ, "PATH": str(Path(sys.executable).parent)})

    assert machine.windows == (os.name == "nt")
    assert machine.own == OwnPython(Path(sys.executable), Path(sys.prefix))
    assert machine.is_own(Path(sys.prefix))
    assert not machine.is_own(tmp_path)
    assert machine.which("no-such-program") is None
    assert Path(machine.which(Path(sys.executable).name) or "").is_file()
    said = machine.ask((sys.executable, "-c", "import os; print(os.getcwd())"), tmp_path)
    assert Path((said or "").strip()).name == tmp_path.name


def test_a_frozen_build_has_no_python_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.project.machine.IS_FROZEN", True)

    machine = this_machine({})

    assert machine.own is None
    assert not machine.is_own(Path(sys.prefix))


def test_a_program_that_fails_or_is_not_there_gives_nothing(tmp_path: Path) -> None:
    environ = dict(os.environ)

    assert run_and_read((sys.executable, "-c", "print(1); exit(3)"), tmp_path, environ) is None
    assert run_and_read((str(tmp_path / "gone"),), tmp_path, environ) is None


def test_a_program_that_is_too_slow_gives_nothing_in_time(tmp_path: Path) -> None:
    slow = (sys.executable, "-c", "import time; time.sleep(60)")
    started = time.monotonic()

    assert run_and_read(slow, tmp_path, dict(os.environ), deadline_s=0.2) is None
    assert time.monotonic() - started < 20


def test_programs_are_asked_outside_solofleets_own_environment(tmp_path: Path) -> None:
    own = OwnPython(tmp_path / "own/bin/python", tmp_path / "own")
    path = os.pathsep.join([str(tmp_path / "own/bin"), "x", "y"])
    environ = {"PYTHONHOME": "x", "VIRTUAL_ENV": str(own.prefix), "Path": path, "KEPT": "1"}
    other = {"VIRTUAL_ENV": str(tmp_path / "other")}

    assert without_own_environment(environ, own) == {
        "Path": os.pathsep.join(["x", "y"]),
        "KEPT": "1",
    }
    assert without_own_environment(other, own) == other
    assert without_own_environment(other, None) == other
    assert without_own_environment({}, own) == {}

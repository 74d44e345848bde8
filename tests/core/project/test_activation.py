import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.project.activation import activated


def test_the_environment_of_the_interpreter_is_active(
    tmp_path: Path, make_environment: Callable[..., Path]
) -> None:
    python = make_environment(tmp_path / "venv")
    base = {"PATH": "/usr/bin", "VIRTUAL_ENV": "/solofleet", "PYTHONHOME": "/x", "A": "1"}

    assert activated(base, python) == {
        "PATH": f"{python.parent}{os.pathsep}/usr/bin",
        "VIRTUAL_ENV": str(tmp_path / "venv"),
        "A": "1",
    }


def test_a_conda_environment_is_put_on_path_only(plant: Callable[..., Path]) -> None:
    prefix = plant({"bin/python": "", "conda-meta/history": ""})

    assert activated({}, prefix / "bin/python") == {"PATH": str(prefix / "bin")}


@pytest.mark.parametrize("name", ["Path", "path"])
def test_path_keeps_the_name_that_windows_gave_it(
    tmp_path: Path, make_environment: Callable[..., Path], name: str
) -> None:
    python = make_environment(tmp_path / "venv")

    assert activated({name: "x"}, python)[name] == f"{python.parent}{os.pathsep}x"


def test_a_python_of_the_system_changes_nothing_but_drops_the_other(
    plant: Callable[..., Path],
) -> None:
    python = plant({"bin/python": ""}) / "bin/python"

    assert activated({"PATH": "x", "VIRTUAL_ENV": "y"}, python) == {"PATH": "x"}

"""Whose Flower runs."""

from pathlib import Path

import pytest

from core.errors import UNAVAILABLE, FleetError
from core.flower.choice import own_version, project_has_flower
from core.project.interpreter import Interpreter
from core.project.versions import Versions

PYTHON = Interpreter(Path("/venv/bin/python"), "the test's")


def having(flower: str | None) -> Versions:
    return Versions("3.12.1", "/venv/bin/python", "/venv", "linux", celery="5.7.0", flower=flower)


@pytest.mark.parametrize(("flower", "has"), [(None, False), ("1.2.0", True), ("?", True)])
def test_the_project_s_own_is_taken_where_there_is_one(flower: str | None, has: bool) -> None:
    assert project_has_flower(having(flower), PYTHON) is has


@pytest.mark.parametrize("flower", ["0.9.7", "1.0.0"])
def test_one_that_does_not_run_is_refused_with_the_command_that_mends_it(flower: str) -> None:
    with pytest.raises(FleetError, match=f"Flower {flower} does not run") as caught:
        project_has_flower(having(flower), PYTHON)
    assert caught.value.exit_code == UNAVAILABLE
    assert "pip install" in caught.value.fix
    assert "flower>=2.0" in caught.value.fix


def test_there_is_one_of_our_own() -> None:
    assert int(own_version().partition(".")[0]) >= 2

"""The way into a real app, without workers."""

import os
import sys
from pathlib import Path

import psutil
import pytest

from core.cli.app_calls import app_calls
from core.errors import USAGE, FleetError
from core.project.opening import Project, open_project
from core.secret import Secret
from core.wishes import BUILTIN, Wishes

TASKY = Path(__file__).parents[2] / "data" / "projects" / "tasky"
BUILT_IN = Wishes(broker=Secret(BUILTIN))


@pytest.fixture
def project() -> Project:
    return open_project(TASKY, python=sys.executable, environ=os.environ)


async def test_the_app_answers_inside_and_leaves_nothing_behind(project: Project) -> None:
    before = set(psutil.Process().children(recursive=True))
    async with app_calls(project, BUILT_IN, print, os.environ, need_broker=False) as calls:
        assert "tasky.add" in [task["name"] for task in await calls.describe()]
    assert set(psutil.Process().children(recursive=True)) <= before


async def test_a_built_in_broker_that_nobody_runs_is_refused(project: Project) -> None:
    with pytest.raises(FleetError, match="no built-in broker here") as caught:
        async with app_calls(project, BUILT_IN, print, os.environ, need_broker=True):
            pytest.fail("went on")
    assert caught.value.exit_code == USAGE

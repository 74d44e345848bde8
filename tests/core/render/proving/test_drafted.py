"""A commit without a Blueprint, seen with the one that would be made for it."""

import shutil
import sys
from pathlib import Path

import pytest

from core.project.opening import open_project
from core.render.preflight.taking import take_snapshot
from core.render.proving.drafted import with_draft
from core.render.proving.plan import plan_of
from core.wishes import Wishes
from tests.support.preflight import CLEAN, repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def test_its_services_are_proved_and_nothing_is_written(tmp_path: Path) -> None:
    top = repository(tmp_path / "p", {k: v for k, v in CLEAN.items() if k != "render.yaml"})
    project = open_project(top, python=sys.executable)
    snapshot = with_draft(take_snapshot(top, project), project, Wishes(), {})
    worker, web = plan_of(snapshot).subjects
    assert (worker.app, web.path) == ("proj.app", "/health")
    assert (worker.file, worker.line) == (None, None)
    assert not (top / "render.yaml").exists()


def test_the_one_that_is_there_stays(tmp_path: Path) -> None:
    top = repository(tmp_path / "p", CLEAN)
    project = open_project(top, python=sys.executable)
    snapshot = take_snapshot(top, project)
    assert with_draft(snapshot, project, Wishes(), {}) is snapshot
    assert with_draft(snapshot, None, Wishes(), {}) is snapshot

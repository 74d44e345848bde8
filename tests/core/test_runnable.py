"""Whether a project can be run."""

import os
import sys
from pathlib import Path

import celery
import pytest

from core.errors import FleetError
from core.runnable import check_runnable
from core.wishes import Wishes
from tests.support.projects import project


async def test_an_interpreter_whose_celery_works_tells_what_it_has() -> None:
    opened = project(python=Path(sys.executable), name="x")
    versions = await check_runnable(opened, Wishes(), dict(os.environ))
    assert versions.celery == celery.__version__


async def test_what_is_no_interpreter_is_refused(tmp_path: Path) -> None:
    opened = project(python=tmp_path / "python", name="x")
    with pytest.raises(FleetError):
        await check_runnable(opened, Wishes(), dict(os.environ))

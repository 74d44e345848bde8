"""Who keeps a row from being started."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from core.broker.builtin import free_port
from core.errors import UNAVAILABLE, FleetError
from core.rows.guard import refuse_taken
from core.rows.readiness import PortListens
from core.rows.row import RowSpec

BEAT = ("celery", "-A", "proj.app", "beat")
Runs = Callable[..., int]


@pytest.fixture
def runs() -> Iterator[Runs]:
    """Runs a program that only looks like celery; gives its process."""
    with ExitStack() as stack:

        def run(*words: str, cwd: Path) -> int:
            (cwd / "celery.py").write_text("print(flush=True); input()", "utf-8")
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", *words],
                cwd=cwd,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(cwd)},
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            assert process.stdout is not None
            process.stdout.readline()
            return process.pid

        yield run


def test_another_beat_of_the_project_is_refused(runs: Runs, tmp_path: Path) -> None:
    pid = runs("-A", "proj.app", "beat", cwd=tmp_path)
    with pytest.raises(FleetError, match="is a beat of this project") as caught:
        refuse_taken(RowSpec("beat", BEAT, tmp_path), tmp_path)
    assert caught.value.exit_code == UNAVAILABLE
    if sys.platform != "win32":  # there the interpreter of an environment starts another one
        assert f"process {pid} " in caught.value.why


@pytest.mark.parametrize(
    "words",
    [("-A", "proj.app", "worker"), ("-A", "other.app", "beat"), ("-A", "proj.app", "flower")],
)
def test_what_is_no_beat_of_this_app_does_not_matter(
    runs: Runs, tmp_path: Path, words: tuple[str, ...]
) -> None:
    runs(*words, cwd=tmp_path)
    refuse_taken(RowSpec("beat", BEAT, tmp_path), tmp_path)


def test_a_beat_of_another_project_does_not_matter(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    runs("-A", "proj.app", "beat", cwd=tmp_path / "other")
    refuse_taken(RowSpec("beat", BEAT, tmp_path), tmp_path / "mine")


def test_a_beat_does_not_keep_others_from_starting(runs: Runs, tmp_path: Path) -> None:
    runs("-A", "proj.app", "beat", cwd=tmp_path)
    refuse_taken(RowSpec("web", ("uvicorn",), tmp_path), tmp_path)


def test_a_free_port_is_no_obstacle(tmp_path: Path) -> None:
    refuse_taken(RowSpec("web", ("run",), tmp_path, ready=PortListens(free_port())), tmp_path)

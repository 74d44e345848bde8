"""Real projects, tried with a real interpreter."""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from core.project.finding import Part
from core.project.machine import Machine, this_machine
from core.secret import Secret
from core.setup.choices import Choices
from core.setup.trial import State, Trial
from core.setup.trying import resized, try_out
from tests.support.broker import Server
from tests.support.doctor import DEAD, plant
from tests.support.program import homes

HERE = sys.executable
PRACTICE = Choices(python=HERE, broker=Secret("builtin"))


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name, value in homes(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return {**os.environ, "REDIS_URL": DEAD}


@pytest.fixture
def bare(environ: dict[str, str]) -> Machine:
    """A machine on which no interpreter is found but Solofleet's own."""
    return replace(this_machine({**environ, "PATH": ""}), which=lambda name: None)


async def tried(
    folder: Path,
    choices: Choices,
    environ: dict[str, str],
    machine: Machine,
    publish: Callable[[Trial], None] = lambda trial: None,
) -> Trial:
    return await try_out(folder, choices, environ, publish, machine)


def faults(trial: Trial) -> list[Part]:
    return list(trial.faults)


async def test_all_parts_of_a_sound_project_work_with_the_built_in_broker(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop", __env="A=1\n")
    steps: list[Trial] = []
    trial = await tried(root, PRACTICE, environ, bare, steps.append)
    assert trial.faults == {}
    assert trial.ready and trial.over
    assert trial.tasks == ("proj.add",)
    assert trial.queues == ("celery",)
    assert trial.versions_of[Path(HERE)].celery is not None
    assert [each.app for each in trial.apps] == ["proj"]
    assert trial.broker is not None and trial.broker.builtin
    assert (trial.count, trial.size_reason) == (4, "the default")
    assert trial.project is not None and trial.project.app == "proj"
    assert [str(each.path) for each in trial.interpreters] == [HERE]
    states = [step.state(Part.APP) for step in steps]
    assert list(dict.fromkeys(states)) == [State.WAITING, State.TRYING, State.WORKS]
    assert steps[-1] == trial


async def test_a_broker_that_does_not_answer_is_told_with_its_cause(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop")
    trial = await tried(root, Choices(python=HERE), environ, bare)
    assert faults(trial) == [Part.BROKER]
    error = trial.faults[Part.BROKER]
    assert "redis://127.0.0.1:1/0" in error.what
    assert "nothing listens on port 1" in error.why
    assert error.fix
    assert not trial.ready
    assert trial.state(Part.APP) is State.WORKS


async def test_an_address_that_was_chosen_is_tried_in_place_of_the_projects(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop")
    chosen = Choices(python=HERE, broker=Secret("redis://:hush@127.0.0.1:2/0"))
    trial = await tried(root, chosen, environ, bare)
    assert "nothing listens on port 2" in trial.faults[Part.BROKER].why
    assert "hush" not in str(trial.faults[Part.BROKER])


async def test_a_folder_that_is_gone_has_its_fault_and_nothing_else_is_tried(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    trial = await tried(tmp_path / "gone", PRACTICE, environ, bare)
    assert faults(trial) == [Part.FOLDER]
    assert trial.found is None and trial.over


async def test_a_project_without_an_app_still_has_its_interpreter_tried(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop", proj__py="x = 1\n")
    trial = await tried(root, PRACTICE, environ, bare)
    assert faults(trial) == [Part.APP]
    assert trial.state(Part.INTERPRETER) is State.WORKS


async def test_an_app_that_cannot_be_imported_is_its_own_fault(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop", extra__py="")
    (root / "proj.py").write_text("import nowhere\nfrom celery import Celery\napp = Celery('x')\n")
    trial = await tried(root, PRACTICE, environ, bare)
    assert faults(trial) == [Part.APP]
    assert "nowhere" in trial.faults[Part.APP].why
    assert trial.state(Part.INTERPRETER) is State.WORKS
    assert trial.state(Part.BROKER) is State.WORKS


async def test_an_interpreter_that_does_not_run_is_its_own_fault(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop")
    broken = tmp_path / "python.exe"
    broken.write_bytes(b"no program")
    broken.chmod(0o755)
    trial = await tried(root, replace(PRACTICE, python=str(broken)), environ, bare)
    assert faults(trial) == [Part.INTERPRETER]
    assert str(broken) in trial.faults[Part.INTERPRETER].what
    assert trial.state(Part.APP) is State.WAITING
    assert trial.state(Part.BROKER) is State.WORKS


async def test_another_number_of_workers_needs_no_other_trial(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    trial = await tried(plant(tmp_path / "shop"), PRACTICE, environ, bare)
    more = resized(trial, 6, environ)
    assert (more.count, more.size_reason) == (6, "as asked")
    assert more.project is not None and more.project.settings.workers == 6
    assert more.ready


async def test_apps_of_other_folders_can_still_be_taken_once_one_is_chosen(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop", web___inner__py="")
    (root / "web" / "other.py").write_text("from celery import Celery\napp = Celery('y')\n")
    chosen = replace(PRACTICE, app="other", workdir="web")
    trial = await tried(root, chosen, environ, bare)
    assert trial.project is not None
    assert (trial.project.app, trial.project.workdir) == ("other", root / "web")
    assert {each.app for each in trial.apps} == {"proj", "other"}


async def test_a_number_of_workers_that_is_none_is_the_workers_fault(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop")
    trial = await tried(root, PRACTICE, {**environ, "CELERY_WORKER_CONCURRENCY": "many"}, bare)
    assert faults(trial) == [Part.WORKERS]
    assert not trial.ready


@pytest.mark.skipif(sys.platform == "win32", reason="root reads everything but a link to itself")
async def test_variables_that_cannot_be_read_are_told(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop")
    (root / ".env").symlink_to(".env")
    trial = await tried(root, PRACTICE, environ, bare)
    assert faults(trial) == [Part.VARIABLES]
    assert f"{root / '.env'} could not be read" in trial.faults[Part.VARIABLES].what
    assert trial.ready


async def test_a_trial_that_is_cancelled_leaves_no_process(
    tmp_path: Path, environ: dict[str, str], bare: Machine
) -> None:
    root = plant(tmp_path / "shop")
    (root / "proj.py").write_text(
        "import time\ntime.sleep(60)\nfrom celery import Celery\nx = Celery()\n"
    )
    importing = asyncio.Event()

    def watch(trial: Trial) -> None:
        if trial.state(Part.APP) is State.TRYING:
            importing.set()

    before = set(psutil.Process().children(recursive=True))
    async with asyncio.TaskGroup() as jobs:
        job = jobs.create_task(tried(root, PRACTICE, environ, bare, watch))
        await importing.wait()
        job.cancel()
    assert set(psutil.Process().children(recursive=True)) <= before


if sys.platform != "win32":

    async def test_a_broker_that_answers_is_told_with_its_latency(
        server: Server, tmp_path: Path, environ: dict[str, str], bare: Machine
    ) -> None:
        root = plant(tmp_path / "shop")
        chosen = Choices(python=HERE)
        trial = await tried(root, chosen, {**environ, "REDIS_URL": server.url}, bare)
        assert trial.faults == {}
        assert trial.ready and trial.local
        assert trial.broker is not None
        assert trial.broker.latency_ms is not None and not trial.broker.builtin

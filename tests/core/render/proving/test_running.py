"""The proof as it runs: on this machine, and behind programs that stand for wsl.exe and docker."""

import hashlib
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import TIMED_OUT, UNAVAILABLE, FleetError
from core.render.proving.event import Step, StepEnded, StepEvent, StepSaid, StepStarted
from core.render.proving.ground import BOOT, Ground
from core.render.proving.plan import Plan, plan_of
from core.render.proving.running import prove
from core.workers.containment import make_containment
from tests.support.preflight import picture
from tests.support.proving import APP, MAIN, PYTHON, WEB, WORKER, archive

if sys.platform == "win32":
    pytest.skip("it runs where Linux is", allow_module_level=True)

SECRET = "s3cr3t-of-the-.env-file"


def render_yaml(build: str, worker: str = WORKER) -> str:
    return f"""\
services:
  - type: worker
    name: worker
    runtime: python
    plan: starter
    buildCommand: {build}
    startCommand: {worker}
    envVars:
      - key: REDIS_URL
        fromService: {{type: keyvalue, name: broker, property: connectionString}}
      - key: ASKED
        sync: false
  - type: web
    name: web
    runtime: python
    buildCommand: {build}
    startCommand: {WEB}
    healthCheckPath: /health
  - type: keyvalue
    name: broker
    ipAllowList: []
"""


def plan(folder: Path, **files: str) -> Plan:
    """What is proved of a commit of these files; the archive lies beside it."""
    folder.joinpath(".env").write_text(f"ASKED={SECRET}\n", "utf-8")
    names = {name.replace("_", "."): text for name, text in files.items()}
    commit = {".python-version": PYTHON, "proj.py": APP, "main.py": MAIN, **names}
    folder.joinpath("commit.tar").write_bytes(archive(commit))
    return plan_of(picture(commit, folder))


def here(folder: Path, **env: str) -> Ground:
    """This machine, with a folder of its own for what is temporary."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    own = {**os.environ, "TMPDIR": str(temporary), **env}
    return Ground("this machine", (sys.executable, "-c", BOOT), own, here=True)


async def events(
    made: Plan, ground: Ground, folder: Path, limit_s: float | None = None
) -> list[StepEvent]:
    async with make_containment() as containment:
        running = prove(made, ground, folder / "commit.tar", containment, limit_s)
        async with aclosing(running) as told:
            return [event async for event in told]


def ended(told: list[StepEvent]) -> dict[tuple[str, Step], StepEnded]:
    return {(each.service, each.step): each for each in told if isinstance(each, StepEnded)}


def left(folder: Path) -> list[Path]:
    return list((folder / "tmp").iterdir())


async def test_secrets_reach_the_app_and_nothing_that_is_told(tmp_path: Path) -> None:
    made = plan(tmp_path, render_yaml=render_yaml("echo asked $ASKED in $PWD; exit 5"))
    assert SECRET not in repr(made)
    told = await events(made, here(tmp_path), tmp_path)
    assert SECRET not in repr(told)
    build_ended = ended(told)["worker", Step.BUILD]
    assert build_ended.facts["code"] == 5
    (line,) = build_ended.lines
    assert line.startswith("asked *** in")
    assert "solofleet-proof" not in line
    assert StepSaid(line) in told
    assert left(tmp_path) == []


@pytest.mark.parametrize("border", ["wsl.exe", "docker"])
async def test_all_of_it_goes_through_the_command_of_wsl_and_docker(
    tmp_path: Path, border: str
) -> None:
    """The programs of these names are scripts here, which run what stands behind `python3`."""
    program = tmp_path / border
    program.write_text(
        f'#!/bin/bash\necho "$@" >> {tmp_path}/asked\n'
        f'while [ "$1" != python3 ]; do shift; done; shift; exec {sys.executable} "$@"\n'
    )
    program.chmod(0o755)
    ground = here(tmp_path)
    enter = {
        "wsl.exe": ("--distribution", "Ubuntu", "--exec"),
        "docker": ("run", "--rm", "--interactive", "--init", "python:3.13-slim"),
    }[border]
    ground = Ground(border, (str(program), *enter, "python3", "-c", BOOT), ground.env)
    made = plan(tmp_path, render_yaml=render_yaml("echo built; exit 4"))
    told = await events(made, ground, tmp_path)
    assert StepStarted(Step.BUILD, "worker", "echo built; exit 4") in told
    assert ended(told)["worker", Step.BUILD].lines == ("built",)
    assert (tmp_path / "asked").read_text() == f"{' '.join(enter)} python3 -c {BOOT}\n"
    assert left(tmp_path) == []


async def test_who_turns_away_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    made = plan(tmp_path, render_yaml=render_yaml("echo begun; setsid sleep 100 & sleep 100"))
    async with make_containment() as containment:
        running = prove(made, here(tmp_path), tmp_path / "commit.tar", containment)
        async with aclosing(running) as told:
            await _until_said(told, "begun")
    assert left(tmp_path) == []


async def _until_said(told: AsyncGenerator[StepEvent], text: str) -> None:
    async for event in told:
        if event == StepSaid(text):
            return


async def test_a_run_that_takes_too_long_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    made = plan(tmp_path, render_yaml=render_yaml("sleep 100"))
    with pytest.raises(FleetError) as late:
        await events(made, here(tmp_path), tmp_path, 2.0)
    assert late.value.exit_code == TIMED_OUT
    assert left(tmp_path) == []


async def test_a_step_has_a_limit_of_its_own(tmp_path: Path) -> None:
    made = plan(tmp_path, render_yaml=render_yaml("echo begun; sleep 100"))
    made = replace(made, limits={**made.limits, Step.BUILD: 0.5})
    facts = ended(await events(made, here(tmp_path), tmp_path))["worker", Step.BUILD].facts
    assert facts["overdue"] == 0.5


async def test_a_ground_that_gives_way_is_told_with_its_last_words(tmp_path: Path) -> None:
    made = plan(tmp_path, render_yaml=render_yaml("true"))
    words = "import sys; sys.stderr.write('no space left on device\\n'); sys.exit(125)"
    ground = Ground("Docker (x)", (sys.executable, "-c", words), dict(os.environ))
    with pytest.raises(FleetError) as broken:
        await events(made, ground, tmp_path)
    assert broken.value.why == "no space left on device"
    assert broken.value.exit_code == UNAVAILABLE


async def test_a_commit_of_many_parts_arrives_whole(tmp_path: Path) -> None:
    large = os.urandom(400_000).hex()
    digest = (
        "python -c \"import hashlib; print(hashlib.md5(open('large','rb').read()).hexdigest())\""
    )
    made = plan(
        tmp_path, render_yaml=render_yaml(f"{digest.replace(': ', ':')}; exit 1"), large=large
    )
    lines = ended(await events(made, here(tmp_path), tmp_path))["worker", Step.BUILD].lines
    assert lines == (_md5(large),)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()

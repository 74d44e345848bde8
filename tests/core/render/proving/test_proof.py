"""Proving a snapshot, from git to verdicts."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.preflight.examination import examine
from core.render.preflight.finding import Finding, Seen, Severity
from core.render.preflight.taking import take_snapshot
from core.render.proving import proof
from core.render.proving.event import StepEvent
from core.render.proving.ground import Ground
from core.render.proving.judging import DYNAMIC
from core.render.proving.proof import Proof, prove_snapshot
from core.render.proving.verdict import Passed
from core.tasks.call import TaskCall
from core.workers.containment import make_containment
from tests.support.preflight import CLEAN, picture, repository

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


async def proved(
    folder: Path, told: list[StepEvent] | None = None, call: TaskCall | None = None
) -> Proof:
    tell = told.append if told is not None else (lambda event: None)
    async with make_containment() as containment:
        snapshot = take_snapshot(folder)
        return await prove_snapshot(snapshot, containment, dict(os.environ), tell, call=call)


@needs_git
async def test_where_no_linux_is_every_dynamic_check_is_unproven_and_says_what_would_prove_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nowhere(python: str, environ: object) -> Ground:
        raise FleetError("no Linux was found", "there is no docker", "install WSL")

    monkeypatch.setattr(proof, "find_ground", nowhere)
    found = await proved(repository(tmp_path / "p", CLEAN))
    assert (found.where, found.ended, found.passed) == (None, (), ())
    assert {each.check for each in found.verdicts} == set(DYNAMIC)
    for each in found.verdicts:
        assert isinstance(each, Finding)
        assert each.seen.severity is Severity.UNPROVEN
        assert (each.seen.why, each.seen.fix) == (
            "no Linux was found: there is no docker",
            "install WSL",
        )


def test_its_findings_stand_in_place_of_what_was_only_unproven(tmp_path: Path) -> None:
    static = examine(picture(CLEAN, tmp_path))
    assert {each.check for each in static if each.seen.severity is Severity.UNPROVEN} <= set(
        DYNAMIC
    )
    failed = Finding("task", Seen(Severity.BLOCK, "render.yaml", 3, "a", "b", "c"))
    made = Proof("this machine", (), (Passed("wheels", "worker", "x"), failed))
    assert made.over(static) == (failed,)
    block = Finding("importable", Seen(Severity.BLOCK, "x", 1, "a", "b", "c"))
    assert made.over((block,)) == (block, failed)


@needs_git
async def test_a_commit_that_starts_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FleetError) as refused:
        await proved(repository(tmp_path / "p", {"readme.md": "x"}))
    assert "nothing to prove" in refused.value.what


if sys.platform == "linux":
    from tests.core.render.proving.test_running import render_yaml
    from tests.support.proving import APP, MAIN, PYTHON, packages

    FILES = {".python-version": PYTHON, "proj.py": APP, "main.py": MAIN}

    @needs_git
    async def test_a_good_commit_is_proved_with_a_task_of_its_own(tmp_path: Path) -> None:
        (tmp_path / "p").mkdir()
        (tmp_path / "p" / ".env").write_text("ASKED=a-secret-value\n", "utf-8")
        top = repository(
            tmp_path / "p",
            {**FILES, ".gitignore": ".env\n", "render.yaml": render_yaml(packages())},
        )
        (top / "proj.py").write_text(
            "raise SystemExit('the working tree is not looked at')", "utf-8"
        )
        found = await proved(top, call=TaskCall("proj.add", [1, 2]))
        assert [each for each in found.verdicts if isinstance(each, Finding)] == []
        assert {each.check for each in found.passed} == set(DYNAMIC)
        assert found.where == "this machine"

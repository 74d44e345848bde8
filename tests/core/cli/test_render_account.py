"""The account behind the verbs: its key, its workspaces, the services that are meant."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import UNAVAILABLE, USAGE
from core.project.opening import open_project
from core.render.plans import MB
from core.render.sizing.measured import Measured
from core.render.sizing.record import remember
from core.tasks.memory import TaskMemory
from tests.render_fake.account import KEY, Account, owner
from tests.support.program import homes
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def test_without_a_key_the_way_to_one_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RENDER_API_KEY")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    typed = run("status")
    assert typed.code == USAGE
    assert "solofleet render login" in typed.err


def test_a_revoked_key_is_told_and_not_shown(run: Run, account: Account) -> None:
    account.key = "rnd_new"
    typed = run("status")
    assert typed.code == USAGE
    assert "the key is wrong, or was revoked" in typed.err
    assert KEY not in typed.err + typed.out


def test_nobody_there_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.render.api.call._TRIES", 1)
    monkeypatch.setenv("RENDER_HOST", "http://127.0.0.1:9/v1")
    typed = run("status")
    assert typed.code == UNAVAILABLE
    assert "there was no answer from Render" in typed.err


def test_of_two_workspaces_one_is_named(run: Run, account: Account) -> None:
    account.owners.append(owner("tea-2", "Other"))
    assert "workspace Other" in run("status", "--owner", "Other").out
    account.services.clear()
    assert "--owner" in run("status").err
    assert "workspace Shop" in run("status", "--owner", "Shop").out


def test_of_two_workspaces_the_one_with_the_services_is_taken(
    run: Run, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.owners.insert(0, owner("tea-2", "Other"))
    typed = run("status")
    assert "workspace Shop, which has services of this project" in typed.err
    monkeypatch.setenv("RENDER_WORKSPACE", "tea-2")
    assert "workspace Other" in run("status").out


def test_what_was_measured_here_is_what_a_kill_is_explained_by(
    run: Run, account: Account, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in homes(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    jobs = next(each for each in account.services.values() if each["name"] == "jobs")
    account.kill_for_memory(jobs)
    (shop / "jobs.py").write_text("from celery import Celery\n\napp = Celery('jobs')\n")
    assert "not measured" not in run("status").out  # its command has no --concurrency
    details = jobs["serviceDetails"]
    details["envSpecificDetails"]["startCommand"] = "celery -A jobs worker --concurrency=4"
    assert "not measured" in run("status").out
    task = TaskMemory("jobs.resize", 3, 90 * MB, 90 * MB)
    known = Measured(datetime.now(UTC), "a measuring run", tasks=(task,), idle=50 * MB)
    remember(open_project(shop).name, known)
    assert "a measuring run" in run("status").out


def test_a_project_without_a_blueprint_is_told_how_to_get_one(run: Run, shop: Path) -> None:
    (shop / "render.yaml").unlink()
    typed = run("status")
    assert typed.code == USAGE
    assert "solofleet render blueprint --write" in typed.err

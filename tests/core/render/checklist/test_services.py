"""The boxes of one service: each flips both ways."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from core.render.checklist.evidence import Source, State
from core.render.checklist.there import Remote, There
from tests.support.checklists import (
    JOBS,
    NO_KEY,
    NOW,
    WITH_FLOWER,
    case,
    found,
    remote,
    state,
    without,
)
from tests.support.preflight import CLEAN, WORKER, clean, started_by

Changes = Mapping[str, str | bytes | None]


def other(there: There, **fields: object) -> Remote:
    """Render has this service with other fields."""
    return remote(replace(there, service=replace(there.service, **fields)))  # type: ignore[arg-type]


def moved(folder: str) -> dict[str, str | None]:
    """The whole project in a folder; render.yaml stays on top, and says nothing of it."""
    inside = {f"{folder}/{path}": text for path, text in CLEAN.items() if path != "render.yaml"}
    return {**dict.fromkeys(set(CLEAN) - {"render.yaml"}), **inside}


def in_folder(folder: str) -> dict[str, str | None]:
    """The same, and render.yaml says so."""
    text = CLEAN["render.yaml"].replace(
        "    runtime: python\n", f"    runtime: python\n    rootDir: {folder}\n"
    )
    return {**moved(folder), "render.yaml": text}


def test_all_is_done_where_all_is_there(tmp_path: Path) -> None:
    whole = case(tmp_path, WITH_FLOWER)
    names = ("there", "root", "start", "variables")
    for id in (*(f"{one}-{name}" for one in ("web", "worker") for name in names), "web-answers"):
        assert state(id, whole) is State.DONE, id
    for name in ("there", "password", "answers", "workers"):
        assert state(f"flower-{name}", whole) is State.DONE, name


@pytest.mark.parametrize("name", ["web", "worker", "flower"])
def test_a_service_is_there_by_the_api_alone(tmp_path: Path, name: str) -> None:
    id = f"{name}-there"
    assert state(id, case(tmp_path, WITH_FLOWER, NO_KEY)) is State.UNKNOWN
    answer = found(id, case(tmp_path, WITH_FLOWER, without(name)))
    assert answer.state is State.OPEN
    assert "https://dashboard.render.com/blueprints" in answer.tells
    (shown,) = found(id, case(tmp_path, WITH_FLOWER)).evidence
    assert (shown.source, shown.at) == (Source.API, NOW)
    assert f"srv-{name}" in shown.words


def test_a_suspended_service_is_not_there(tmp_path: Path) -> None:
    answer = found("worker-there", case(tmp_path, said=other(JOBS, suspended=True)))
    assert (answer.state, answer.why) == (State.OPEN, "worker is suspended")


def test_what_the_project_does_not_have_is_not_needed(tmp_path: Path) -> None:
    assert state("flower-there", case(tmp_path)) is State.NOT_NEEDED
    start = CLEAN["render.yaml"].index("  - type: worker")
    alone = {"render.yaml": "services:\n" + CLEAN["render.yaml"][start:]}
    assert state("web-start", case(tmp_path, alone)) is State.NOT_NEEDED
    assert state("sent", case(tmp_path, alone)) is State.NOT_NEEDED


def test_without_render_yaml_it_is_said_what_makes_it(tmp_path: Path) -> None:
    answer = found("web-root", case(tmp_path, {"render.yaml": None}))
    assert answer.state is State.UNKNOWN
    assert "solofleet render blueprint" in answer.tells
    assert state("web-root", case(tmp_path, {"render.yaml": "services: ["})) is State.OPEN


@pytest.mark.parametrize("name", ["web", "worker"])
def test_the_root_directory_is_where_the_app_is(tmp_path: Path, name: str) -> None:
    id = f"{name}-root"
    assert state(id, case(tmp_path, moved("backend"))) is State.OPEN
    assert "rootDir" in found(id, case(tmp_path, moved("backend"))).tells
    right = found(id, case(tmp_path, in_folder("backend"), NO_KEY))
    assert right.state is State.DONE
    text = in_folder("backend")["render.yaml"] or ""
    (shown,) = right.evidence
    assert shown.line is not None
    assert text.splitlines()[shown.line - 1].strip() == "rootDir: backend"
    assert shown.words.startswith("rootDir: backend, which has ")


def test_another_root_directory_on_render_is_told(tmp_path: Path) -> None:
    answer = found("worker-root", case(tmp_path, said=other(JOBS, root="old")))
    assert (answer.state, answer.why) == (State.OPEN, "Render has for worker: old")
    assert state("worker-root", case(tmp_path, in_folder("backend"))) is State.OPEN
    there = other(JOBS, root="./backend")
    assert state("worker-root", case(tmp_path, in_folder("backend"), there)) is State.DONE


def blueprint(old: str, new: str) -> dict[str, str]:
    return {"render.yaml": clean("render.yaml", old, new)}


@pytest.mark.parametrize(
    ("id", "changes", "wanted"),
    [
        ("worker-start", started_by("celery -A proj.app worker -n w@%h"), State.OPEN),
        ("worker-start", started_by(f"{WORKER} --pool=solo"), State.OPEN),
        ("worker-start", blueprint(f"startCommand: {WORKER}", "branch: main"), State.OPEN),
        ("web-start", blueprint("startCommand: uvicorn", "branch: uvicorn"), State.OPEN),
        ("web-start", blueprint("--port $PORT", "--port 80"), State.OPEN),
        ("web-start", blueprint("--host 0.0.0.0 ", ""), State.OPEN),
        ("web-start", blueprint("uvicorn main:app", "python main.py"), State.UNKNOWN),
    ],
)
def test_a_start_command_that_does_not_do_is_told(
    tmp_path: Path, id: str, changes: Changes, wanted: State
) -> None:
    assert state(id, case(tmp_path, changes, NO_KEY)) is wanted
    assert state(id, case(tmp_path, said=NO_KEY)) is State.DONE


def test_another_start_command_on_render_is_told(tmp_path: Path) -> None:
    there = other(JOBS, start_command=WORKER.replace("=2", "=8"))
    answer = found("worker-start", case(tmp_path, said=there))
    assert answer.state is State.OPEN
    assert "--concurrency=8" in answer.why
    spaced = other(JOBS, start_command=WORKER.replace(" ", "  "))
    assert state("worker-start", case(tmp_path, said=spaced)) is State.DONE

"""The boxes of one service: each flips both ways."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.checklist.evidence import Source, State
from core.render.checklist.there import Remote, There, Visit
from tests.support.checklists import (
    COMMIT,
    FLOWER,
    FLOWER_THERE,
    JOBS,
    NO_KEY,
    NOW,
    WEB,
    WITH_FLOWER,
    case,
    found,
    remote,
    state,
    without,
)
from tests.support.preflight import CLEAN, WORKER, clean, started_by

NOTHING_SET = remote(replace(FLOWER_THERE, variables=frozenset()))
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
    for name in ("there", "password", "answers"):
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


def test_variables_are_known_from_the_file_or_from_render(tmp_path: Path) -> None:
    asked = blueprint("value: INFO", "value: INFO\n      - {key: KEY, generateValue: true}")
    assert state("web-variables", case(tmp_path, said=NO_KEY)) is State.DONE
    assert state("web-variables", case(tmp_path, asked, NO_KEY)) is State.DONE
    assert state("web-variables", case(tmp_path, asked)) is State.OPEN
    there = remote(replace(WEB, variables=WEB.variables | {"KEY"}))
    answer = found("web-variables", case(tmp_path, asked, there))
    assert answer.state is State.DONE
    assert answer.evidence[-1].commit == COMMIT


def test_what_is_typed_into_the_dashboard_only_render_knows(tmp_path: Path) -> None:
    group = "      - fromGroup: shared\n"
    asked = blueprint(group, f"{group}      - {{key: TOKEN, sync: false}}\n")
    answer = found("web-variables", case(tmp_path, asked, NO_KEY))
    assert answer.state is State.UNKNOWN
    assert "TOKEN" in answer.why
    assert answer.tells == "Make a key."
    assert state("web-variables", case(tmp_path, asked)) is State.OPEN


def test_a_group_that_is_made_in_the_dashboard_only_render_knows(tmp_path: Path) -> None:
    text = CLEAN["render.yaml"].replace("fromGroup: shared", "fromGroup: elsewhere")
    answer = found("worker-variables", case(tmp_path, {"render.yaml": text}, NO_KEY))
    assert answer.state is State.UNKNOWN
    assert "what the group elsewhere has" in answer.why
    assert state("worker-variables", case(tmp_path, {"render.yaml": text})) is State.DONE


def test_who_needs_no_variable_has_all_of_them(tmp_path: Path) -> None:
    start = CLEAN["render.yaml"].index("    envVars:")
    app = CLEAN["proj/app.py"].replace('os.environ["REDIS_URL"]', '"redis://broker:6379"')
    bare = {"render.yaml": CLEAN["render.yaml"][:start], "proj/app.py": app}
    (shown,) = found("web-variables", case(tmp_path, bare, NO_KEY)).evidence
    assert (shown.place, shown.words) == ("render.yaml:2", "web needs none")


def test_a_variable_that_code_needs_and_nobody_has_is_told_with_its_place(tmp_path: Path) -> None:
    reading = {"proj/app.py": CLEAN["proj/app.py"] + '\nkey = os.environ["MAIL_KEY"]\n'}
    for said in (remote(), NO_KEY):
        answer = found("worker-variables", case(tmp_path, reading, said))
        assert answer.state is State.OPEN
        assert "MAIL_KEY" in answer.why
        assert "proj/app.py:9" in [each.place for each in answer.evidence]


def test_two_brokers_are_not_the_same_variables(tmp_path: Path) -> None:
    one = "        fromService: {type: keyvalue, name: broker, property: connectionString}"
    head, _, rest = CLEAN["render.yaml"].partition(one)
    text = f"{head}        value: redis://elsewhere:6379{rest}"
    answer = found("worker-variables", case(tmp_path, {"render.yaml": text}))
    assert answer.state is State.OPEN


@pytest.mark.parametrize(
    ("visit", "wanted"),
    [
        (200, State.DONE),
        (307, State.DONE),
        (401, State.OPEN),
        (502, State.OPEN),
        (None, State.OPEN),
    ],
)
def test_an_address_that_does_not_answer_is_told(
    tmp_path: Path, visit: int | None, wanted: State
) -> None:
    seen = Visit("https://web.onrender.com/health", NOW, visit, "no route to host")
    answer = found("web-answers", case(tmp_path, said=remote(replace(WEB, visit=seen))))
    assert answer.state is wanted
    (shown,) = answer.evidence
    assert (shown.commit, shown.deploy) == (COMMIT, "dep-1")
    assert str(visit or "no route to host") in shown.words


def test_what_is_not_live_does_not_answer(tmp_path: Path) -> None:
    gone = remote(replace(WEB, live=None, visit=None))
    assert state("web-answers", case(tmp_path, said=gone)) is State.UNKNOWN
    assert state("web-answers", case(tmp_path, said=without("web"))) is State.OPEN


@pytest.mark.parametrize(
    ("old", "new", "said", "wanted"),
    [
        ("--port=$PORT", "--port=$PORT --basic_auth=admin:hunter2", None, State.OPEN),
        ("--port=$PORT", "--port=$PORT --auth=me@example.org", NO_KEY, State.DONE),
        ("sync: false", "value: admin:hunter2", None, State.OPEN),
        ("sync: false", "generateValue: true", NO_KEY, State.DONE),
        ("sync: false", "sync: false", NO_KEY, State.UNKNOWN),
        ("sync: false", "sync: false", NOTHING_SET, State.OPEN),
    ],
)
def test_flower_has_a_password_that_nobody_reads(
    tmp_path: Path, old: str, new: str, said: Remote | FleetError | None, wanted: State
) -> None:
    text = WITH_FLOWER["render.yaml"].replace(FLOWER, FLOWER.replace(old, new))
    answer = found("flower-password", case(tmp_path, {**WITH_FLOWER, "render.yaml": text}, said))
    assert answer.state is wanted
    assert "hunter2" not in repr(answer)

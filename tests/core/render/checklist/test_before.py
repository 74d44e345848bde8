"""Redis, the list of variables, the list of packages: each box flips both ways."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.render.checklist.evidence import Source, State
from tests.support.checklists import (
    CONNECTED,
    JOBS,
    KEPT,
    NO_KEY,
    WITH_FLOWER,
    case,
    deploy,
    found,
    lines,
    remote,
    state,
    without,
)
from tests.support.preflight import CLEAN, clean, in_app, in_group

REFUSED = "[…: ERROR/MainProcess] consumer: Cannot connect to redis://broker:6379//: Error 111."


def test_redis_was_reached_when_the_worker_says_so(tmp_path: Path) -> None:
    answer = found("redis", case(tmp_path))
    assert answer.state is State.DONE
    places = [each.place for each in answer.evidence if each.source is Source.FILE]
    assert places == ["render.yaml:12", "render.yaml:24"]
    (logged,) = [each for each in answer.evidence if each.source is Source.LOG]
    assert logged.words == CONNECTED
    assert (logged.deploy, logged.commit) == ("dep-2", "")


@pytest.mark.parametrize(
    ("said", "wanted", "why"),
    [
        (NO_KEY, State.UNKNOWN, "there is no key"),
        (without("worker"), State.OPEN, "the workspace Shop has no worker of this kind"),
        (remote(replace(JOBS, live=None)), State.UNKNOWN, "no deploy of worker is live"),
        (remote(replace(JOBS, lines=())), State.UNKNOWN, "has not logged Connected to"),
        (remote(replace(JOBS, lines=lines(CONNECTED, REFUSED))), State.OPEN, "cannot reach it"),
        (remote(replace(JOBS, lines=lines(REFUSED, CONNECTED))), State.DONE, ""),
        (remote(key_value=replace(KEPT, policy="allkeys_lru")), State.OPEN, "throws messages"),
    ],
)
def test_redis_by_what_render_says(tmp_path: Path, said: object, wanted: State, why: str) -> None:
    answer = found("redis", case(tmp_path, said=said))  # type: ignore[arg-type]
    assert answer.state is wanted
    assert why in answer.why


@pytest.mark.parametrize(
    "changes",
    [
        in_group("CELERY_BROKER_URL", "${REDIS_URL}"),
        in_group("CELERY_BROKER_URL", "rediss://:pw@far.upstash.io:6379"),
        in_group("CELERY_BROKER_URL", "redis://localhost:6379/0"),
    ],
)
def test_an_address_that_fails_on_render_is_told_whatever_the_log_says(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    answer = found("redis", case(tmp_path, changes))
    assert answer.state is State.OPEN
    assert answer.evidence[0].file == "render.yaml"
    assert "pw" not in repr(answer)


def test_a_variable_that_nothing_names_is_told_with_the_place_that_reads_it(
    tmp_path: Path,
) -> None:
    assert state("documented", case(tmp_path)) is State.DONE
    reading = in_app('\nkey = os.environ["MAIL_KEY"]\n')
    answer = found("documented", case(tmp_path, reading))
    assert answer.state is State.OPEN
    assert "MAIL_KEY" in answer.why
    assert [each.place for each in answer.evidence] == ["proj/app.py:9"]
    example = {**reading, "backend/.env.example": "# mail\nexport MAIL_KEY=secret-of-nobody\n"}
    answer = found("documented", case(tmp_path, example))
    assert answer.state is State.DONE
    assert "backend/.env.example:2" in [each.place for each in answer.evidence]
    assert "secret-of-nobody" not in repr(answer)


def test_code_that_reads_nothing_has_nothing_to_write_down(tmp_path: Path) -> None:
    app = CLEAN["proj/app.py"].replace('os.environ["REDIS_URL"]', '"redis://broker:6379"')
    assert state("documented", case(tmp_path, {"proj/app.py": app})) is State.DONE


def test_what_is_started_is_in_the_list_of_packages(tmp_path: Path) -> None:
    answer = found("packages", case(tmp_path))
    assert answer.state is State.DONE
    assert [each.place for each in answer.evidence] == ["requirements.txt:1", "requirements.txt:3"]
    assert answer.evidence[0].words == "celery[redis]==5.5.3"
    assert state("packages", case(tmp_path, WITH_FLOWER)) is State.DONE
    lacking = {**WITH_FLOWER, "requirements.txt": CLEAN["requirements.txt"]}
    answer = found("packages", case(tmp_path, lacking))
    assert answer.state is State.OPEN
    assert "flower" in answer.why


def test_a_list_without_celery_is_not_enough(tmp_path: Path) -> None:
    listed = {"requirements.txt": "fastapi==0.118.0\nuvicorn==0.37.0\n"}
    assert state("packages", case(tmp_path, listed)) is State.OPEN
    docker = {"render.yaml": CLEAN["render.yaml"].replace("runtime: python", "runtime: docker")}
    assert state("packages", case(tmp_path, docker)) is State.UNKNOWN


def test_a_worker_that_is_not_planned_is_told(tmp_path: Path) -> None:
    alone = clean("render.yaml", "celery -A proj.app worker --concurrency=2", "python work.py")
    assert state("redis", case(tmp_path, {"render.yaml": alone})) is State.OPEN
    assert state("redis", case(tmp_path, {"render.yaml": None})) is State.UNKNOWN
    assert deploy().good

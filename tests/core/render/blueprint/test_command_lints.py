"""Each lint of commands fires where its fault is planted, and not on a healthy file."""

import pytest

from core.render.blueprint.command_lints import COMMAND_LINTS
from tests.support.lints import HEALTHY, found

AUTH = "healthCheckPath: /healthcheck, envVars: [{key: FLOWER_BASIC_AUTH, sync: false}]"


def test_a_healthy_file_has_no_fault() -> None:
    assert found(COMMAND_LINTS, HEALTHY) == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("type: worker, startCommand: celery -A a worker --pool=solo -c 1", "solo-pool"),
        ("type: worker, startCommand: celery -A a worker -P solo -c 1", "solo-pool"),
        ("type: worker, startCommand: celery -A a worker -l info", "no-concurrency"),
        ("type: worker, dockerCommand: celery -A a worker", "no-concurrency"),
        ("type: worker, startCommand: celery -A a worker -c 1 -n w@%computername%", "shell-name"),
        ("type: worker, startCommand: celery -A a worker -c 1 -n w, numInstances: 2", "same-node"),
        ("type: worker, startCommand: celery -A a worker -c 1 -B", "embedded-beat"),
        ("type: worker, startCommand: celery -A a beat, numInstances: 2", "many-beats"),
        ("type: worker, startCommand: celery -A a beat, scaling: {}", "many-beats"),
        (f"type: worker, startCommand: celery -A a flower, {AUTH}", "flower-type"),
        (
            f"type: web, startCommand: celery -A a flower --basic_auth=me:x --port=$PORT, {AUTH}",
            "flower-password",
        ),
        ("type: web, startCommand: celery -A a flower --port=$PORT", "flower-open"),
        (
            f"type: web, startCommand: celery -A a flower, {AUTH.replace('/healthcheck', '/')}",
            "flower-health",
        ),
        ("type: web, startCommand: uvicorn a:b --host 0.0.0.0 --port 8000", "web-port"),
        ("type: web, startCommand: gunicorn a:b --bind 0.0.0.0:8000", "web-port"),
        ("type: web, startCommand: uvicorn a:b --port $PORT", "web-host"),
        ("type: web, startCommand: uvicorn a:b --host 127.0.0.1 --port $PORT", "web-host"),
    ],
)
def test_a_fault_is_found_at_its_line(fields: str, rule: str) -> None:
    assert found(COMMAND_LINTS, f"services:\n- {{name: a, {fields}}}\n") == [(rule, 2)]


@pytest.mark.parametrize(
    "fields",
    [
        "type: web, startCommand: gunicorn a:b",
        "type: web, startCommand: ./start.sh",
        "type: worker, startCommand: celery -A a worker -c 1 -n w@%h, numInstances: 3",
        "type: cron, startCommand: celery -A a call x",
    ],
)
def test_what_is_fine_is_left_alone(fields: str) -> None:
    assert found(COMMAND_LINTS, f"services:\n- {{name: a, {fields}}}\n") == []


def test_two_beats_of_one_app_are_told_at_the_second() -> None:
    beat = "- {type: worker, name: b, startCommand: celery -A a beat}\n"
    assert found(COMMAND_LINTS, f"services:\n{beat}{beat}") == [("many-beats", 3)]
    other = beat.replace("-A a", "-A other")
    assert found(COMMAND_LINTS, f"services:\n{beat}{other}") == []


@pytest.mark.parametrize("envs", ["[]", "[{name: g, envVars: [{key: FLOWER_BASIC_AUTH}]}]"])
def test_the_password_of_flower_may_be_in_a_group(envs: str) -> None:
    fields = "type: web, startCommand: celery -A a flower, envVars: [{fromGroup: g}]"
    text = f"services:\n- {{{fields}}}\nenvVarGroups: {envs}\n"
    assert found(COMMAND_LINTS, text) == []

"""Which services there are, and what each of them runs."""

import pytest

from core.render.blueprint.node import Table
from core.render.blueprint.services import (
    Role,
    celery_calls,
    groups_of,
    option_of,
    role_of,
    services_of,
)
from tests.support.blueprints import document


def service(fields: str) -> Table:
    return services_of(document(f"services:\n  - {{{fields}}}\n").root)[0]


def test_services_and_groups_are_found_wherever_they_stand() -> None:
    root = document(
        "services: [{name: a}]\nungrouped: {services: [{name: b}]}\n"
        "envVarGroups: [{name: g}]\n"
        "projects:\n"
        "- {name: p, environments: [{services: [{name: c}], envVarGroups: [{name: h}]}]}\n"
    ).root
    assert [one.text("name") for one in services_of(root)] == ["a", "b", "c"]
    assert [one.text("name") for one in groups_of(root)] == ["g", "h"]
    assert services_of(None) == ()


@pytest.mark.parametrize(
    ("fields", "role"),
    [
        ("type: web, startCommand: uvicorn main:app", Role.WEB),
        ("type: web, startCommand: celery -A a flower --port=$PORT", Role.FLOWER),
        ("type: web, runtime: static", Role.OTHER),
        ("type: web, env: static", Role.OTHER),
        ("type: web, runtime: node, startCommand: npm start", Role.OTHER),
        ("type: web, runtime: docker", Role.WEB),
        ("type: worker, startCommand: cd x && uv run celery -A a worker -B", Role.WORKER),
        ("type: worker, dockerCommand: celery -A a beat", Role.BEAT),
        ("type: worker, startCommand: ./run.sh", Role.OTHER),
        ("type: keyvalue", Role.KEY_VALUE),
        ("type: redis", Role.KEY_VALUE),
        ("type: cron, startCommand: celery -A a call b", Role.OTHER),
    ],
)
def test_a_role_is_known_by_type_and_command(fields: str, role: Role) -> None:
    assert role_of(service(fields)) is role


def test_calls_of_celery_are_found_in_what_a_shell_reads() -> None:
    command = "cd x && exec celery -A 'a b' worker -c 2 & python -m celery -A c beat; uvicorn x:y"
    assert celery_calls(command) == (
        ("celery", "-A", "a b", "worker", "-c", "2"),
        ("python", "-m", "celery", "-A", "c", "beat"),
    )
    assert celery_calls("uvicorn celery_app:x") == ()
    assert celery_calls("celery -A a worker 'oops")[0][-1] == "'oops"


@pytest.mark.parametrize("written", [("-c", "4"), ("-c4",), ("--concurrency=4",)])
def test_an_option_is_read_in_each_of_its_forms(written: tuple[str, ...]) -> None:
    call = ("celery", "worker", *written)
    assert option_of(call, "--concurrency", "-c") == "4"
    assert option_of(("celery", "--config=x"), "--concurrency", "-c") is None

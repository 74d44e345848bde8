"""The command of Flower holds no secret, and leads to this machine only."""

import json
import sys
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.flower.access import Access
from core.flower.plan import FlowerPlan, alone, in_project, read_prefix
from core.secret import Secret
from core.workers.spec import WorkerSpec

ACCESS = Access("me", Secret("sesame"), "in a test")
SPEC = WorkerSpec(
    python=Path("/venv/python"),
    app="shop.celery",
    workdir=Path("/shop"),
    env={
        "CELERY_BROKER_URL": "redis://:opener@box/0",
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "PYTHONPATH": "/shop",
        "FLOWER_CONF": "/shop/flowerconfig.py",
        "FLOWER_NATURAL_TIME": "true",
        "FLOWER_UNIX_SOCKET": "/tmp/flower",
        "FLOWER_URL_PREFIX": "/flower",
        "HOME": "/home/me",
    },
)
SETTINGS = {"broker_url": "redis://:opener@box/0"}


def ours(port: int = 5555, prefix: str = "") -> FlowerPlan:
    return alone(SPEC, SETTINGS, Path("/state"), ACCESS, port, prefix)


def test_in_the_project_it_is_the_literal_command() -> None:
    plan = in_project(SPEC, ACCESS, 5556, "fl")
    assert plan.argv == (
        *(str(SPEC.python), "-m", "celery", "-A", "shop.celery", "flower"),
        *("--address=127.0.0.1", "--port=5556", "--url_prefix=fl"),
    )
    child = plan.child()
    assert (child.title, child.cwd, child.takes_commands) == ("flower", SPEC.workdir, False)


def test_the_project_s_own_settings_reach_it_but_none_that_would_hide_it() -> None:
    env = in_project(SPEC, ACCESS, 5556, "").env
    assert env["FLOWER_BASIC_AUTH"] == "me:sesame"
    assert env["FLOWER_NATURAL_TIME"] == "true"
    assert env["CELERY_BROKER_URL"] == "redis://:opener@box/0"
    assert not {"FLOWER_UNIX_SOCKET", "FLOWER_URL_PREFIX"} & env.keys()


def test_ours_gets_its_settings_on_standard_input_and_nothing_of_the_app() -> None:
    plan = ours()
    assert plan.argv[0] == sys.executable
    assert plan.argv[-2:] == ("--address=127.0.0.1", "--port=5555")
    assert json.loads(plan.first_words) == SETTINGS
    assert plan.child().takes_commands
    assert plan.env["FLOWER_BASIC_AUTH"] == "me:sesame"
    assert (plan.env["HOME"], plan.env["FLOWER_NATURAL_TIME"]) == ("/home/me", "true")
    of_the_app = {"CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "FLOWER_CONF", "PYTHONPATH"}
    assert not of_the_app & plan.env.keys()


@pytest.mark.parametrize("plan", [in_project(SPEC, ACCESS, 5555, "fl"), ours()])
def test_no_secret_is_in_arguments_or_repr(plan: FlowerPlan) -> None:
    shown = f"{plan!r} {plan.argv} {plan.url}"
    assert "sesame" not in shown
    assert "opener" not in shown


def test_the_prefix_is_part_of_its_addresses() -> None:
    assert ours(5556).url == "http://127.0.0.1:5556/"
    below = ours(5556, "a/b")
    assert below.url == "http://127.0.0.1:5556/a/b/"
    assert below.ready_url == "http://127.0.0.1:5556/a/b/healthcheck"


@pytest.mark.parametrize(
    ("typed", "prefix"), [("", ""), ("/", ""), ("/flower", "flower"), ("a/b-c_1/", "a/b-c_1")]
)
def test_a_prefix_is_read_with_or_without_slashes(typed: str, prefix: str) -> None:
    assert read_prefix(typed) == prefix


@pytest.mark.parametrize("typed", ["a b", "(x", "a//b", "a?b", "büro", "a.b"])
def test_a_prefix_that_flower_would_take_for_a_pattern_is_refused(typed: str) -> None:
    with pytest.raises(FleetError, match="URL prefix") as caught:
        read_prefix(typed)
    assert caught.value.exit_code == USAGE

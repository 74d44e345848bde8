"""What is shown of a Flower, and to whom."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli.flower_printer import FlowerPrinter
from core.flower.access import Access
from core.flower.plan import FlowerPlan
from core.flower.running import FlowerState, Stage
from core.flower.watching import Sight
from core.secret import Secret
from tests.support.screen import Screen

PLAN = FlowerPlan(
    argv=("/venv/python", "-m", "celery"),
    cwd=Path("/shop"),
    port=5556,
    prefix="fl",
    access=Access("me", Secret("sesame"), "in a test"),
    env={},
)
READY = FlowerState(Stage.READY, PLAN)
SIGHT = Sight(("w1@box",), ("w2@box",))


def shown(*states: FlowerState, **options: Any) -> Screen:
    screen = Screen()
    given = {"as_lines": False, "tells_password": True} | options
    printer = FlowerPrinter(screen.terminal, app="shop", version="2.2.0", **given)
    for state in states:
        printer.show(state, SIGHT)
    return screen


def test_a_person_gets_address_login_and_workers() -> None:
    out = shown(READY).out
    assert "Flower 2.2.0 watches shop\n\n    http://127.0.0.1:5556/fl/\n" in out
    assert "    user       me\n    password   sesame\n               in a test\n" in out
    assert "    workers    w1@box\n    not seen   w2@box: without heartbeats?\n" in out


def test_it_is_introduced_once_and_its_troubles_are_told_aside() -> None:
    ill = FlowerState(Stage.UNHEALTHY, PLAN, "it does not answer")
    screen = shown(FlowerState(Stage.STARTING, PLAN), READY, ill, READY)
    assert screen.out.count("Flower 2.2.0") == 1
    assert screen.err == (
        "flower: starting\nflower: unhealthy: it does not answer\nflower: ready\n"
    )


def test_many_workers_fit_into_a_terminal() -> None:
    screen = Screen()
    printer = FlowerPrinter(
        screen.terminal, app="shop", version="2.2.0", as_lines=False, tells_password=False
    )
    names = tuple(f"worker{number}@a-machine-of-mine" for number in range(1, 9))
    printer.show(READY, Sight(names))
    assert max(len(line) for line in screen.out.splitlines()) < 80
    assert all(name in screen.out for name in names)


@pytest.mark.parametrize("as_lines", [False, True])
def test_a_password_that_is_not_asked_for_is_not_shown(as_lines: bool) -> None:
    screen = shown(READY, as_lines=as_lines, tells_password=False)
    assert "sesame" not in screen.out + screen.err
    assert "in a test" in screen.out


def test_programs_get_a_line_for_each_state() -> None:
    screen = shown(READY, FlowerState(Stage.ENDED, PLAN, "code 3"), as_lines=True)
    ready, ended = (json.loads(line) for line in screen.out.splitlines())
    assert ready == {
        "kind": "flower",
        "state": "ready",
        "reason": "",
        "url": "http://127.0.0.1:5556/fl/",
        "port": 5556,
        "version": "2.2.0",
        "python": "/venv/python",
        "own": False,
        "user": "me",
        "password_kept": "in a test",
        "workers": ["w1@box"],
        "workers_unseen": ["w2@box"],
        "password": "sesame",
    }
    assert (ended["state"], ended["reason"]) == ("ended", "code 3")

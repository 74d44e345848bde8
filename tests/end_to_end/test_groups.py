"""Two worker groups of one project, each with queues and variables of its own."""

import sys
from pathlib import Path

import pytest

from core.workers.names import this_host
from tests.support.broker import Server
from tests.support.program import Program, solofleet

SETTINGS = """\
app = "shop"

[groups.mail]
workers = 2
queues = ["mail"]
env = { GREETING = "dear customer" }

[groups.night]
queues = ["reports", "celery"]
env = { GREETING = "good night" }
loglevel = "warning"
"""
APP = """\
import os

from celery import Celery

app = Celery("shop")


@app.task
def greeting():
    return os.environ["GREETING"]
"""


@pytest.fixture
def shop(tmp_path: Path) -> str:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.py").write_text(APP)
    (folder / "solofleet.toml").write_text(SETTINGS)
    return str(folder)


def up(shop: str, server: Server, *options: str) -> tuple[str, ...]:
    return ("up", shop, "--python", sys.executable, "--broker", server.url, "--json", *options)


def short_names(program: Program) -> list[str]:
    return sorted(name.removesuffix(f"@{this_host()}") for name in program.pids())


def test_each_task_runs_in_its_group_with_the_variables_of_the_group(
    shop: str, server: Server, tmp_path: Path
) -> None:
    with solofleet(*up(shop, server), folder=tmp_path, GREETING="hello world") as fleet:
        fleet.wait_all_ready(3)
        assert short_names(fleet) == ["mail1", "mail2", "night1"]
        assert "3 workers (mail 2: workers in" in fleet.said
        for queue, group, greeting in (
            ("mail", "mail", "dear customer"),
            ("reports", "night", "good night"),
            ("celery", "night", "good night"),
        ):
            with solofleet(
                *("send", shop, "--python", sys.executable, "--broker", server.url, "--json"),
                *("shop.greeting", "--queue", queue, "--count", "4", "--wait"),
                folder=tmp_path,
            ) as sending:
                assert sending.end() == 0, sending.said
            for task_id in sending.final_states():
                done = fleet.wait("task", id=task_id, state="succeeded")
                assert done["worker"].startswith(group)
                assert greeting in done["result"]
        fleet.interrupt()
        assert fleet.end() == 130
        assert len(fleet.summary["workers"]) == 3


def test_one_group_can_be_started_alone_with_a_number(
    shop: str, server: Server, tmp_path: Path
) -> None:
    with solofleet(
        *up(shop, server, "--group", "night", "-n", "2", "--exit-when-done"), folder=tmp_path
    ) as fleet:
        assert fleet.end() == 0, fleet.said
        assert short_names(fleet) == ["night1", "night2"]
        assert "2 workers (night 2: as asked)" in fleet.said


def test_a_number_for_several_groups_is_refused(shop: str, server: Server, tmp_path: Path) -> None:
    with solofleet(*up(shop, server, "-n", "2"), folder=tmp_path) as fleet:
        assert fleet.end() == 2
        assert fleet.wait("error")["what"] == "-n cannot be meant for the groups mail, night"
        assert fleet.pids() == {}


def test_what_the_environment_says_is_told_at_the_start(
    shop: str, server: Server, tmp_path: Path
) -> None:
    with solofleet(
        *up(shop, server, "--exit-when-done"), folder=tmp_path, SOLOFLEET_GRACE="5"
    ) as fleet:
        assert fleet.end() == 0, fleet.said
        assert "grace = 5.0, from SOLOFLEET_GRACE" in fleet.said

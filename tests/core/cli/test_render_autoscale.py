"""`solofleet render autoscale`, on an account of the test, and a real broker."""

import sys
from pathlib import Path

import pytest

from core.errors import INTERRUPTED, USAGE
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.program import solofleet
from tests.support.render_cli import BLUEPRINT, Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")

RULE = ("--max", "5", "--backlog", "10")


def instances(account: Account) -> int:
    jobs = next(each for each in account.services.values() if each["name"] == "jobs")
    return jobs["serviceDetails"]["numInstances"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((*RULE, "--min", "6"), "from 6 to 5 instances is no range"),
        ((*RULE, "--cool-down", "5"), "a cool-down below 60 s"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_before_anything_is_asked(
    run: Run, account: Account, words: tuple[str, ...], why: str
) -> None:
    typed = run("autoscale", *words)
    assert typed.code == USAGE
    assert why in typed.err
    assert account.requests == []


if sys.platform != "win32":
    from tests.support.broker import Server

    @pytest.fixture
    def project(tmp_path: Path) -> Path:
        """A folder with an app and a render.yaml."""
        tasky = Path(__file__).parents[2] / "data" / "projects" / "tasky" / "tasky.py"
        folder = tmp_path / "project"
        folder.mkdir()
        (folder / "tasky.py").write_text(tasky.read_text("utf-8"), "utf-8")
        (folder / "render.yaml").write_text(BLUEPRINT, "utf-8")
        return folder

    def fill(server: Server, messages: int) -> None:
        server.client.delete("celery")
        for _ in range(messages):
            server.client.lpush("celery", "{}")

    def env(served: RenderServer, server: Server) -> dict[str, str]:
        return {**served.env, "SOLOFLEET_PRODUCTION_BROKER": server.url}

    def words(project: Path, *more: str) -> tuple[str, ...]:
        where = (str(project), "--python", sys.executable)
        return ("render", "autoscale", *where, *RULE, "--every", "0.05", "--json", *more)

    def test_queues_are_followed_until_ctrl_c(
        project: Path, server: Server, served: RenderServer, account: Account, tmp_path: Path
    ) -> None:
        fill(server, 25)
        typed = words(project, "--apply", "--yes")
        with solofleet(*typed, folder=tmp_path, **env(served, server)) as program:
            first = program.wait("round", wanted=3)
            assert (first["waiting"], first["held"], first["applied"]) == (25, 0, True)
            program.wait("round", instances=3, wanted=None)
            fill(server, 45)
            program.wait("round", wanted=5)
            program.wait("round", instances=5)
            program.interrupt()
            assert program.end() == INTERRUPTED
            assert "stopped; jobs keeps the instances that it has" in program.said
        assert instances(account) == 5

    def test_a_dry_run_is_the_default_and_sends_nothing(
        project: Path, server: Server, served: RenderServer, account: Account, tmp_path: Path
    ) -> None:
        fill(server, 25)
        with solofleet(*words(project), folder=tmp_path, **env(served, server)) as program:
            assert program.wait("round", wanted=3)["applied"] is False
            program.wait("round", instances=3)
            program.interrupt()
            assert program.end() == INTERRUPTED
            assert "dry run, nothing is sent; with --apply it would scale jobs" in program.said
        assert all(each.method == "GET" for each in account.requests)

    def test_the_broker_is_the_one_that_the_worker_has_on_render(
        project: Path, server: Server, served: RenderServer, account: Account, tmp_path: Path
    ) -> None:
        fill(server, 25)
        jobs = next(id for id, each in account.services.items() if each["name"] == "jobs")
        account.variables[jobs]["CELERY_BROKER_URL"] = server.url
        with solofleet(*words(project), folder=tmp_path, **served.env) as program:
            assert program.wait("round")["waiting"] == 25
            program.interrupt()
            assert program.end() == INTERRUPTED
            assert "the service jobs on Render" in program.said

    def test_a_broker_that_goes_away_changes_nothing_until_it_is_back(
        project: Path, own_server: Server, served: RenderServer, account: Account, tmp_path: Path
    ) -> None:
        typed = words(project, "--apply", "--yes")
        with solofleet(*typed, folder=tmp_path, **env(served, own_server)) as program:
            program.wait("round", wanted=None)
            own_server.stop()
            program.wait("blind", service="jobs")
            own_server.start()
            fill(own_server, 25)
            program.wait("round", wanted=3)
            program.interrupt()
            assert program.end() == INTERRUPTED
        assert instances(account) == 3

    def test_nobody_to_agree_scales_nothing(
        project: Path, server: Server, served: RenderServer, account: Account, tmp_path: Path
    ) -> None:
        typed = words(project, "--apply")
        with solofleet(*typed, folder=tmp_path, **env(served, server)) as program:
            assert program.end() == USAGE
            assert "not done: scale jobs" in program.said
        assert all(each.method == "GET" for each in account.requests)

    def test_a_queue_that_is_not_there_is_told(
        project: Path, server: Server, served: RenderServer, tmp_path: Path
    ) -> None:
        typed = words(project, "--queue", "celeri")
        with solofleet(*typed, folder=tmp_path, **env(served, server)) as program:
            assert program.end() == USAGE
            assert "there is no queue 'celeri'" in program.said

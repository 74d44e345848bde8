"""`solofleet render logs`, on an account of the test."""

import json
import sys
from pathlib import Path

from core.errors import DONE, INTERRUPTED
from tests.render_fake.account import KEY, Account, Json
from tests.render_fake.server import RenderServer
from tests.support.program import solofleet
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def service(account: Account, name: str) -> Json:
    return next(each for each in account.services.values() if each["name"] == name)


def test_the_latest_lines_of_all_services_are_shown_in_order(run: Run, account: Account) -> None:
    account.log(service(account, "jobs"), "first \x1b[2J")
    account.log(service(account, "api"), "second")
    typed = run("logs")
    assert typed.code == DONE
    assert [line.split(" ", 1)[1] for line in typed.out.splitlines()] == [
        "jobs | first ",
        "api  | second",
    ]


def test_more_lines_than_a_page_has_are_read_page_by_page(run: Run, account: Account) -> None:
    for number in range(250):
        account.log(service(account, "jobs"), f"line {number}")
    lines = run("logs", "--service", "jobs", "-n", "220").out.splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == [str(n) for n in range(30, 250)]


def test_a_text_is_searched_there(run: Run, account: Account) -> None:
    account.log(service(account, "jobs"), "needle")
    account.log(service(account, "jobs"), "hay")
    told = [json.loads(line) for line in run("logs", "--text", "needle", "--json").out.splitlines()]
    assert [(each["kind"], each["service"], each["text"]) for each in told] == [
        ("log", "jobs", "needle")
    ]


if sys.platform != "win32":  # where a test cannot type Ctrl+C

    def test_lines_are_followed_over_a_lost_network_until_interrupted(
        served: RenderServer, account: Account, shop: Path, tmp_path: Path
    ) -> None:
        jobs = service(account, "jobs")
        account.log(jobs, "before")
        command = ("render", "logs", str(shop), "--follow", "--json")
        with solofleet(*command, folder=tmp_path, **served.env) as program:
            program.wait("log", text="before")
            served.subscribed.get(timeout=30)
            account.log(jobs, "live")
            program.wait("log", text="live")
            served.cut_live()
            served.subscribed.get(timeout=30)
            account.log(jobs, "after")
            program.wait("log", text="after")
            program.interrupt()
            assert program.end() == INTERRUPTED
        texts = [record["text"] for record in program.records]
        assert texts == ["before", "live", "after"]
        assert "trying again" in program.said
        assert KEY not in program.said + "".join(program.text) + str(program.process.args)
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert not [file for file in files if KEY.encode() in file.read_bytes()]

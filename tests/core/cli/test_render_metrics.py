"""`solofleet render metrics`, on an account of the test."""

import json
from datetime import timedelta

import pytest

from core.cli.render_metrics import BLOCKS, PLAIN, curve
from core.errors import DONE
from core.render.api.series import Sample
from tests.render_fake.account import START, Account, series
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def samples(*values: float) -> list[Sample]:
    return [Sample(START + timedelta(minutes=n), value) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "top", "drawn"),
    [
        ((), 8.0, ""),
        ((0, 1, 4, 7, 8, 9), 8.0, "▁▂▅███"),
        ((0, 0), 0.0, "▁▁"),
        ((1, 8, 1, 1), 8.0, "█▂"),
    ],
)
def test_a_curve_shows_the_highest_of_each_column(
    values: tuple[float, ...], top: float, drawn: str
) -> None:
    assert curve(samples(*values), top, BLOCKS, 2 if len(values) == 4 else 30) == drawn


def test_a_table_shows_now_most_and_limit(run: Run, account: Account) -> None:
    account.metrics = {
        "memory": [series("a", [100e6, 500e6, 200e6], "bytes")],
        "memory-limit": [series("a", [512e6], "bytes")],
        "cpu": [series("a", [0.1, 0.4], "cpu")],
        "cpu-limit": [series("a", [0.5], "cpu")],
        "instance-count": [series("jobs", [1, 2], "")],
    }
    typed = run("metrics", "--service", "jobs")
    assert typed.code == DONE
    lines = typed.out.splitlines()
    assert lines[0] == "jobs, starter: the last 60 min"
    rows = [line.split() for line in lines]
    assert ["memory", "191", "MB", "477", "MB", "488", "MB", "98%"] in [row[:8] for row in rows]
    assert ["cpu", "0.40", "cpu", "0.40", "cpu", "0.50", "cpu", "80%"] in [row[:8] for row in rows]
    assert ["instances", "2", "2"] in [row[:3] for row in rows]
    assert max(map(len, lines)) <= 80
    assert set(rows[2][-1]) <= set(BLOCKS + PLAIN)


def test_all_services_are_shown_and_a_unit_that_is_not_known_stays(
    run: Run, account: Account
) -> None:
    account.metrics["memory"] = [series("a", [3], "parsecs")]
    out = run("metrics").out
    assert "api, starter" in out
    assert "jobs, starter" in out
    assert "3.00 parsecs" in out


def test_the_document_has_each_sample(run: Run, account: Account) -> None:
    account.metrics["memory"] = [series("a", [1, 2], "MB")]
    told = json.loads(run("metrics", "--service", "jobs", "--minutes", "30", "--json").out)
    (jobs,) = told["services"]
    assert (told["kind"], jobs["name"]) == ("render_metrics", "jobs")
    (line,) = jobs["memory"]["series"]
    assert line["instance"] == "a"
    assert [value for _, value in line["values"]] == [1, 2]
    assert account.requests[-1].url.params["resolutionSeconds"] == "30"


def test_a_service_that_is_not_there_is_told(run: Run, account: Account) -> None:
    account.services.clear()
    assert "jobs is not on Render" in run("metrics").err

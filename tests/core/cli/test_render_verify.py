"""`solofleet render verify`: what it prints, and its exit code."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.cli.program import main
from core.cli.render_verify import document, end_lines, finding_lines
from core.errors import FAILED
from core.project.folder import project_name
from core.render.checklist.proof import recall
from core.render.verifying.report import Errand, Finding, Report, Sure
from tests.render_fake.account import KEY
from tests.support.program import homes

if sys.platform != "win32":
    from tests.render_fake.server import render_server
    from tests.support.deployed import Pushed
    from tests.support.verified import PYTHON, Shop

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
ERRAND = Errand(
    "0a1b", "celery.accumulate", "celery", AT, "celery@srv-1", 7, AT + timedelta(seconds=1.5)
)
PROVED = Finding("ran-on-render", Sure.PROVED, "the task was run on Render", "its log has it")
LOST = Finding("online", Sure.FAILED, "0 of 1 workers answer", "nobody does", "read its log")
REPORT = Report("Shop", "c0ffee", "redis://far:6379/0", "the group shop", ERRAND, (PROVED,))


def test_a_finding_is_a_claim_with_its_evidence_and_what_to_do() -> None:
    assert list(finding_lines(LOST)) == [
        "FAILED    0 of 1 workers answer",
        "          nobody does",
        "          fix: read its log",
    ]


def test_the_end_tells_the_times_with_whose_clock_it_was() -> None:
    lines = list(end_lines(REPORT))
    assert "  sent         10:00:00.000Z  this machine's clock" in lines
    assert "  received     10:00:01.500Z  celery@srv-1's clock" in lines
    assert not [line for line in lines if "started" in line]
    assert lines[-2:] == ["1 were seen", "0 follow from what was seen"]
    assert list(end_lines(replace(REPORT, errand=None, findings=(PROVED, LOST)))) == [
        "",
        "1 of 2 findings do not hold",
    ]


def test_programs_get_one_document() -> None:
    told = json.loads(document(REPORT))
    assert (told["kind"], told["holds"], told["commit"]) == ("verify", True, "c0ffee")
    assert told["errand"]["received_at"] == "2026-11-20T10:00:01.500000+00:00"
    assert told["findings"][0]["sure"] == "proved"


if sys.platform != "win32":

    def test_no_secret_is_told_and_what_does_not_hold_is_the_exit_code(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        pushed = Pushed(tmp_path)
        shop = Shop(pushed, "redis://:hunter2@127.0.0.1:2/0", tmp_path / "state")
        shop.api["serviceDetails"]["url"] = "http://127.0.0.1:1"
        for name, value in homes(tmp_path).items():
            monkeypatch.setenv(name, value)
        with render_server(shop.account) as served:
            for name, value in served.env.items():
                monkeypatch.setenv(name, value)
            words = ["render", "verify", str(pushed.clone), "--python", str(PYTHON)]
            assert main([*words, "--json"]) == FAILED
            programs = capfd.readouterr()
            assert main(words) == FAILED
        people = capfd.readouterr()
        told = json.loads(programs.out)
        assert told["commit"] == pushed.commit
        assert told["source"] == "the service jobs and the group shop on Render"
        failed = {each["check"] for each in told["findings"] if each["sure"] == "failed"}
        assert failed == {"broker", "web"}
        assert "FAILED    api does not answer well" in people.out
        assert "proved    jobs is live" in people.out
        assert max(map(len, people.out.splitlines())) <= 80
        for text in (*programs, *people):
            assert "hunter2" not in text
            assert "hush" not in text
            assert KEY not in text
        kept = recall(project_name(pushed.clone))
        assert kept is not None
        assert (kept.commit, len(kept.findings)) == (pushed.commit, len(told["findings"]))
        assert shop.account.broken == []

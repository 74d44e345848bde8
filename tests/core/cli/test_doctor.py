"""`solofleet doctor`, as it is typed."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import main
from core.cli.doctor import document, show, summary, verdict
from core.doctor.finding import Finding, State
from core.errors import DONE, FAILED, UNAVAILABLE, USAGE
from tests.support.doctor import DEAD, plant
from tests.support.program import homes
from tests.support.screen import Screen


def finding(state: State, id_: str = "pool", group: str = "Settings") -> Finding:
    return Finding(id_, group, "pool", state, "what was seen, " * 8, "mend it")


def test_every_line_fits_a_terminal_and_the_fix_stands_below() -> None:
    screen = Screen()
    one, other = finding(State.FAULT), finding(State.OK, group="Broker")
    show(one, None, screen.terminal)
    show(other, one, screen.terminal)
    lines = screen.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Settings"
    assert lines[1].startswith("  FAIL   pool: what was seen")
    assert lines[3] == "         fix: mend it"
    assert lines[4:6] == ["", "Broker"]


def test_the_last_line_counts() -> None:
    found = [finding(State.OK), finding(State.FAULT), finding(State.WARNING)]
    assert summary(found) == "3 checks, 1 faults, 1 warnings"


def test_it_is_one_document_for_programs() -> None:
    told = json.loads(document([finding(State.WARNING)]))
    assert (told["kind"], told["faults"], told["warnings"]) == ("doctor", 0, 1)
    assert set(told["checks"][0]) == {"id", "group", "title", "state", "evidence", "fix"}
    assert told["checks"][0]["state"] == "warning"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([finding(State.WARNING), finding(State.SKIPPED, "broker-login")], DONE),
        ([finding(State.FAULT)], FAILED),
        ([finding(State.FAULT), finding(State.FAULT, "broker-connection")], UNAVAILABLE),
    ],
)
def test_the_exit_code_tells_an_unreachable_broker_from_other_faults(
    found: list[Finding], code: int
) -> None:
    assert verdict(found) == code


@pytest.fixture
def run(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Runs it: exit code, standard output, standard error."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)

    def run(*argv: str) -> tuple[int, str, str]:
        code = main(("doctor", *argv))
        return (code, *capfd.readouterr())

    return run


def test_a_folder_that_is_not_there_is_wrong_usage(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, out, err = run(str(tmp_path / "nowhere"))
    assert (code, out) == (USAGE, "")
    assert "there is no such folder" in err


def test_a_dead_broker_is_unavailable_in_one_document(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", DEAD)
    folder = str(plant(tmp_path / "p"))
    code, out, err = run(folder, "--python", sys.executable, "--json")
    assert (code, err) == (UNAVAILABLE, "")
    (told,) = (json.loads(line) for line in out.splitlines())
    bad = [each["id"] for each in told["checks"] if each["state"] == "fault"]
    assert bad == ["broker-connection"]

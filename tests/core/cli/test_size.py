"""`solofleet size`, by the record of an earlier run, or by one of its own."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli.program import main
from core.errors import DONE, USAGE
from core.project.opening import open_project
from core.render.sizing.record import recall, remember
from tests.core.render.sizing.test_report import KNOWN
from tests.support.projects import TASKY

HERE = (str(TASKY), "--python", sys.executable)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type it; exit code, standard output, standard error."""
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path)

    def type_it(*words: str) -> tuple[int, str, str]:
        try:
            code = main(["size", *words])
        except SystemExit as end:
            code = int(end.code or 0)
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return type_it


def name_of(folder: Path) -> str:
    return open_project(folder, python=sys.executable).name


def test_what_was_measured_before_is_taken_without_a_run(run: Run) -> None:
    remember(name_of(TASKY), KNOWN)
    code, out, err = run(*HERE, "--plan", "starter", "--concurrency", "4", "--rate", "2/s")
    assert (code, err) == (DONE, "")
    assert "shop.render" in out
    assert "too much" in out


def test_one_document_for_programs(run: Run) -> None:
    remember(name_of(TASKY), KNOWN)
    code, out, _ = run(*HERE, "--json")
    assert code == DONE
    assert json.loads(out)["kind"] == "size"


@pytest.mark.parametrize(
    "words", [("--plan", "huge"), ("--rate", "fast"), ("--redis-plan", "x"), ("--concurrency", "0")]
)
def test_what_makes_no_sense_is_refused(run: Run, words: tuple[str, ...]) -> None:
    remember(name_of(TASKY), KNOWN)
    code, out, err = run(*HERE, *words)
    assert (code, out) == (USAGE, "")
    assert err


def test_a_project_that_cannot_run_is_sized_by_the_guide_and_it_says_so(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "shop.py").write_text("import nowhere\nfrom celery import Celery\napp = Celery()\n")
    code, out, err = run(str(tmp_path), "--python", sys.executable)
    assert code == DONE
    assert "not measured: " in err
    assert "data analysis" in out


def test_a_measuring_run_that_was_asked_for_may_fail(run: Run, tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("import nowhere\nfrom celery import Celery\napp = Celery()\n")
    code, out, err = run(str(tmp_path), "--python", sys.executable, "--measure")
    assert (code != DONE, out) == (True, "")
    assert "nowhere" in err


if sys.platform != "win32":

    def test_a_run_is_measured_and_remembered(run: Run) -> None:
        words = ("--send", "tasky.nap", "--args", "[0.2]")
        code, out, _ = run(*HERE, *words)
        assert code == DONE
        assert "tasky.nap, the most of 1" in out
        known = recall(name_of(TASKY))
        assert known is not None and known.work is not None


def test_the_bill_is_that_of_the_blueprint_unless_something_else_is_typed(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "tasks.py").write_text("from celery import Celery\napp = Celery()\n")
    (folder / "requirements.txt").write_text("celery\n")
    (folder / "render.yaml").write_text(
        "services:\n- {type: worker, name: w, runtime: python, plan: pro, startCommand: 'celery -A"
        " tasks worker -c 2'}\n- {type: keyvalue, name: kv, plan: free, ipAllowList: []}\n"
    )
    here = (str(folder), "--python", sys.executable, "--json")
    remember(name_of(folder), KNOWN)

    def rented(*words: str) -> tuple[object, ...]:
        bill = json.loads(run(*here, *words)[1])["bills"][-1]
        return tuple((line["what"], line["plan"]) for line in bill["lines"])

    assert ("worker", "pro") in rented() and ("key value", "free") in rented()
    assert "web" not in [what for what, _ in rented()]
    assert ("upstash", "free") in rented("--redis", "upstash")
    assert ("web", "standard") in rented("--web", "standard")

"""`solofleet render check`, as it is typed."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli import main
from core.cli.render_check import document, report, summary
from core.errors import DONE, FAILED, USAGE
from core.render.preflight.finding import Finding, Seen, Severity
from tests.support.preflight import CLEAN, clean, in_tasks, planted, repository
from tests.support.program import homes

Run = Callable[..., tuple[int, str, str]]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def finding(severity: Severity, check: str = "pool", line: int | None = 3) -> Finding:
    file = None if line is None else "render.yaml"
    return Finding(check, Seen(severity, file, line, "what is wrong " * 8, "why", "mend it"))


def test_every_line_fits_a_terminal_and_what_is_unproven_stands_last() -> None:
    findings = [
        finding(Severity.UNPROVEN, "wheels", None),
        finding(Severity.BLOCK),
        finding(Severity.INFO, "blueprint"),
    ]
    lines = list(report(findings))
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Prefork in place of solo"
    assert lines[1].startswith("  BLOCK  render.yaml:3 what is wrong")
    assert "         fix: mend it" in lines
    assert lines.index("render.yaml") < lines.index("Not proven")
    assert lines[-1] == "39 checks: 1 block, 0 warnings, 1 notes, 1 not proven"


def test_without_findings_there_is_the_count_alone() -> None:
    assert list(report([])) == ["", summary([])]


def test_it_is_one_document_for_programs() -> None:
    told = json.loads(document([finding(Severity.WARN)]))
    assert told == {
        "kind": "preflight",
        "findings": [
            {
                "check": "pool",
                "severity": "warn",
                "file": "render.yaml",
                "line": 3,
                "what": "what is wrong " * 8,
                "why": "why",
                "fix": "mend it",
            }
        ],
    }


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs it: exit code, standard output, standard error."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)

    def run(*argv: str) -> tuple[int, str, str]:
        code = main(("render", "check", *argv))
        return (code, *capfd.readouterr())

    return run


@needs_git
def test_a_project_that_is_ready_ends_with_zero(run: Run, tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", CLEAN)
    (folder / ".python-version").write_text("3.13\n", "utf-8")
    code, out, err = run(str(folder), "--python", sys.executable)
    assert (code, err) == (DONE, "")
    assert out.rstrip().endswith("not proven")


@needs_git
def test_what_blocks_ends_with_one_in_one_document(run: Run, tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", planted(in_tasks("", "import winreg\n")))
    code, out, err = run(str(folder), "--python", sys.executable, "--json")
    assert (code, err) == (FAILED, "")
    (told,) = (json.loads(line) for line in out.splitlines())
    blocking = [each["check"] for each in told["findings"] if each["severity"] == "block"]
    assert blocking == ["windows-only"]


@needs_git
def test_a_repository_without_an_app_is_looked_over_all_the_same(run: Run, tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", {"readme.md": "a", "README.md": "b"})
    code, out, err = run(str(folder))
    assert code == DONE
    assert "No Celery app was found" in err
    assert "differ in case alone" in out


@needs_git
def test_a_folder_without_a_repository_is_wrong_usage(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    code, out, err = run(str(tmp_path))
    assert (code, out) == (USAGE, "")
    assert "is not in a git repository" in err


def test_a_folder_that_is_not_there_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    code, out, err = run(str(tmp_path / "nowhere"))
    assert (code, out) == (USAGE, "")
    assert "there is no such folder" in err


@needs_git
def test_a_mend_is_shown_and_written_when_it_is_agreed_to(run: Run, tmp_path: Path) -> None:
    pin = {path: text for path, text in CLEAN.items() if path != ".python-version"}
    folder = repository(tmp_path / "p", pin)
    where = (str(folder), "--python", sys.executable, "--mend", "python-version")
    code, out, err = run(*where)
    assert code == DONE
    assert out.splitlines()[:2] == ["--- /dev/null", "+++ b/.python-version"]
    assert "nothing was written" in err
    assert not (folder / ".python-version").exists()
    code, out, err = run(*where, "--yes", "--json")
    assert (code, err) == (DONE, "")
    told = json.loads(out)
    assert (told["kind"], told["check"], told["written"]) == ("mend", "python-version", True)
    version = ".".join(map(str, sys.version_info[:2]))
    assert (folder / ".python-version").read_text("utf-8") == f"{version}\n"


@needs_git
def test_a_check_that_found_nothing_to_mend_says_so(run: Run, tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", CLEAN)
    code, out, _ = run(str(folder), "--python", sys.executable, "--mend", "pool", "--yes")
    assert (code, out) == (DONE, "pool found nothing that can be mended here\n")


@needs_git
def test_a_check_that_is_none_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", CLEAN)
    code, _, err = run(str(folder), "--python", sys.executable, "--mend", "nothing")
    assert code == USAGE
    assert "there is no check nothing" in err


if sys.platform == "linux":

    @needs_git
    def test_a_proof_is_shown_as_it_runs_and_its_findings_stand_in_the_report(
        run: Run, tmp_path: Path
    ) -> None:
        yaml = clean("render.yaml", "pip install -r requirements.txt", "echo no wheel; exit 3")
        folder = repository(tmp_path / "p", planted({"render.yaml": yaml}))
        code, out, err = run(str(folder), "--python", sys.executable, "--prove", "--json")
        assert code == FAILED
        (told,) = (json.loads(line) for line in out.splitlines())
        blocking = [each for each in told["findings"] if each["severity"] == "block"]
        assert [each["check"] for each in blocking] == ["resolves-on-linux"]
        assert blocking[0]["why"] == "it ended with exit code 3: no wheel"
        assert told["proof"]["where"] == "this machine"
        steps = [(each["step"], each["passed"]) for each in told["proof"]["steps"]]
        assert steps == [("broker", True), ("python", True), ("build", False)]
        assert told["proof"]["passed"] == []
        assert "| no wheel" in err

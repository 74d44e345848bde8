"""Tests mirror the source, a file for a file: who looks for a module's tests finds them."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
MIRRORED = ("core", "desktop", "resources/inside")

WITHOUT_TESTS_OF_THEIR_OWN: dict[str, str] = {
    "core/cli/arguments.py": "data; test_parsing.py makes it",
    "core/cli/command.py": "data and what test_program.py opens",
    "core/cli/fleet.py": "options; test_parsing.py reads them, test_program.py runs them",
    "core/cli/options.py": "options; test_parsing.py reads them",
    "core/changes.py": "data; test_session.py and the printers' tests make every change",
    "core/doctor/case.py": "data; tests/support/doctor.py opens it for every check",
    "core/known/broker.py": "data; test_table.py reads it",
    "core/known/running.py": "data; test_table.py reads it",
    "core/known/startup.py": "data; test_table.py reads it",
    "core/render/preflight/finding.py": "data; test_examination.py makes every severity",
    "core/render/preflight/mend.py": "data; the tests of the checks make every edit",
    "core/render/preflight/snapshot.py": "data; test_taking.py and test_roots.py make it",
    "desktop/deploy/box_looks.py": "data; test_box_row.py shows every state",
    "desktop/deploy/facts.py": "data; tests/support/storefront.py makes all of it",
    "desktop/render/account.py": "data; test_account_page.py makes all of it",
    "desktop/commands/command.py": "data; test_palette.py makes it",
    "core/render/checklist/there.py": "data; test_asking.py makes all of it",
    "core/render/blueprint/fault.py": "data; test_validating.py and test_linting.py make it",
    "core/render/blueprint/node.py": "data; test_reading.py makes it",
    "core/render/blueprint/wanted.py": "data; test_planning.py and test_changing.py make it",
    "core/render/blueprint/shapes.py": "data; test_schema.py reads it",
    "core/render/proving/event.py": "data; test_running.py hears every event",
    "core/render/proving/verdict.py": "data; test_judging.py gives every verdict",
    "core/render/verifying/report.py": "data; test_verification.py makes all of it",
    "core/render/variables/finding.py": "data; test_lints.py makes it",
    "desktop/run/log_state.py": "data; test_logs.py makes it",
    "core/tasks/facts.py": "data; test_telemetry.py makes every fact",
    "core/tasks/task.py": "data; test_entry.py and test_ledger.py make it",
    "core/workers/means.py": "data; test_supervisor.py makes it",
    "core/workers/messages.py": "data; test_lifecycle.py sends every message",
    "core/workers/usage.py": "data; test_meter.py makes it",
}
"""The only exceptions, each with the reason."""


def source_without_tests(root: Path) -> list[str]:
    """Modules that have no test file."""
    return sorted(
        source
        for source in _sources(root)
        if source not in WITHOUT_TESTS_OF_THEIR_OWN and not (root / _test_of(source)).exists()
    )


def orphaned_tests(root: Path) -> list[str]:
    """Test files whose module is gone, or has another name."""
    expected = {_test_of(source) for source in _sources(root)}
    found = {
        path.relative_to(root).as_posix()
        for folder in MIRRORED
        for path in (root / "tests" / folder).rglob("test_*.py")
    }
    return sorted(found - expected)


def _sources(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for folder in MIRRORED
        for path in (root / folder).rglob("*.py")
        if path.name != "__init__.py"
    ]


def _test_of(source: str) -> str:
    path = Path("tests", source)
    return path.with_name(f"test_{path.stem.strip('_')}.py").as_posix()


def _touch(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return root


def test_every_module_has_its_test_file():
    assert source_without_tests(ROOT) == []


def test_every_test_file_has_its_module():
    assert orphaned_tests(ROOT) == []


def test_no_exception_is_left_over():
    gone = [path for path in WITHOUT_TESTS_OF_THEIR_OWN if not (ROOT / path).exists()]
    needless = [path for path in WITHOUT_TESTS_OF_THEIR_OWN if (ROOT / _test_of(path)).exists()]
    assert (gone, needless) == ([], [])


def test_a_module_without_tests_is_caught(tmp_path: Path):
    _touch(tmp_path, "core/a/b.py", "core/a/__init__.py", "tests/core/test_b.py")
    assert source_without_tests(tmp_path) == ["core/a/b.py"]


def test_tests_without_a_module_are_caught(tmp_path: Path):
    _touch(tmp_path, "resources/inside/a.py", "tests/resources/inside/test_b.py")
    assert orphaned_tests(tmp_path) == ["tests/resources/inside/test_b.py"]


def test_a_pair_is_in_order(tmp_path: Path):
    _touch(tmp_path, "core/a/b.py", "tests/core/a/test_b.py", "tests/core/a/conftest.py")
    assert (source_without_tests(tmp_path), orphaned_tests(tmp_path)) == ([], [])


def test_the_tests_of_a_main_module_have_no_underscores(tmp_path: Path):
    _touch(tmp_path, "core/cli/__main__.py", "tests/core/cli/test_main.py")
    assert (source_without_tests(tmp_path), orphaned_tests(tmp_path)) == ([], [])

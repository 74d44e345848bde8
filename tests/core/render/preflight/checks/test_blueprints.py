"""render.yaml."""

from pathlib import Path

import pytest

from core.render.preflight.mend import ReplaceLine
from tests.support.preflight import clean, found, in_group, picture, planted, seen_by


def test_a_file_that_is_no_yaml_blocks_with_its_line(tmp_path: Path) -> None:
    seen = seen_by("blueprint", {"render.yaml": "services:\n\t- a\n"}, tmp_path)
    assert seen == [("block", "render.yaml", 2)]


def test_faults_of_the_blueprint_are_told_with_their_lines(tmp_path: Path) -> None:
    changes = {"render.yaml": clean("render.yaml", "    ipAllowList: []\n", "")}
    assert seen_by("blueprint", changes, tmp_path) == [("block", "render.yaml", 26)]
    free = clean("render.yaml", "plan: starter\n    buildCommand", "plan: free\n    buildCommand")
    assert seen_by("blueprint", {"render.yaml": free}, tmp_path) == [("block", "render.yaml", 18)]


def test_a_bare_value_can_be_quoted(tmp_path: Path) -> None:
    findings = found(picture(planted(in_group("DEBUG", "true  # no")), tmp_path))
    (finding,) = (each for each in findings if each.check == "blueprint")
    assert finding.seen.mend is not None
    assert finding.seen.mend.edits == (
        ReplaceLine("render.yaml", 38, "value: true", 'value: "true"'),
    )


@pytest.mark.parametrize(
    ("path", "warned"), [("/health", False), ("/healthz", True), ("/api/health", False)]
)
def test_the_health_check_has_a_route(path: str, warned: bool, tmp_path: Path) -> None:
    text = clean("render.yaml", "healthCheckPath: /health", f"healthCheckPath: {path}")
    assert bool(seen_by("blueprint", {"render.yaml": text}, tmp_path)) is warned


@pytest.mark.parametrize(
    ("paths", "warned"),
    [("[main.py, proj/**]", False), ("['**/*.py']", False), ("[main.py]", True)],
)
def test_the_build_filter_has_all_that_is_imported(
    paths: str, warned: bool, tmp_path: Path
) -> None:
    lines = f"buildFilter: {{paths: {paths}, ignoredPaths: []}}\n    healthCheckPath"
    text = clean("render.yaml", "healthCheckPath", lines)
    assert bool(seen_by("blueprint", {"render.yaml": text}, tmp_path)) is warned


def test_what_other_checks_tell_is_not_told_twice(tmp_path: Path) -> None:
    assert seen_by("blueprint", in_group("CELERY_BROKER_URL", "${X}"), tmp_path) == []

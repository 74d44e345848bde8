"""The version of Python."""

from pathlib import Path

import pytest

from core.render.preflight.mend import WriteFile
from tests.support.preflight import CLEAN, found, in_group, picture, planted, seen_by


@pytest.mark.parametrize(
    ("local", "seen"),
    [
        ("3.13.5", []),
        ("3.11.2", [("warn", ".python-version", 1)]),
        (None, []),
    ],
)
def test_the_pin_is_that_of_this_machine(
    local: str | None, seen: list[object], tmp_path: Path
) -> None:
    assert seen_by("python-version", {}, tmp_path, local=local) == seen


@pytest.mark.parametrize(
    ("local", "severity"), [("3.11.2", "warn"), ("3.14.0", "info"), (None, "warn")]
)
def test_without_a_pin_render_takes_its_default(
    local: str | None, severity: str, tmp_path: Path
) -> None:
    changes = {".python-version": None}
    assert seen_by("python-version", changes, tmp_path, local=local) == [(severity, None, None)]


def test_its_mend_writes_the_version_of_this_machine(tmp_path: Path) -> None:
    (finding,) = found(picture(planted({".python-version": None}), tmp_path, local="3.12.1"))
    assert finding.seen.mend is not None
    assert finding.seen.mend.edits == (WriteFile(".python-version", "3.12"),)


def test_a_form_that_render_refuses_blocks(tmp_path: Path) -> None:
    changes = in_group("PYTHON_VERSION", '"3.13"')
    assert seen_by("python-version", changes, tmp_path) == [("block", "render.yaml", 38)]
    file = {".python-version": "latest\n"}
    assert seen_by("python-version", file, tmp_path) == [("block", ".python-version", 1)]


def test_wheels_are_never_proven_here(tmp_path: Path) -> None:
    assert seen_by("wheels", {}, tmp_path) == [("unproven", "requirements.txt", 1)]


def test_what_docker_builds_brings_its_own_python(tmp_path: Path) -> None:
    text = CLEAN["render.yaml"].replace("runtime: python", "runtime: docker")
    kept = [line for line in text.splitlines() if "Command:" not in line]
    changes = {".python-version": None, "render.yaml": "\n".join(kept)}
    assert seen_by("python-version", changes, tmp_path, local="3.11.2") == []

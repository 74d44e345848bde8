"""One key of the project's own file is set, the rest stays."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.settings import load_settings
from core.settings.project_file import with_table

PYPROJECT = """\
[project]
name = "x"  # mine

[tool.ruff]
line-length = 100
"""


def test_pyproject_gets_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(PYPROJECT.encode())
    change = with_table(tmp_path, "render", {"plan": "standard", "flower": True})
    assert change.after.startswith(PYPROJECT)
    assert change.file == tmp_path / "pyproject.toml" and change.changes
    change.file.write_bytes(change.after.encode())
    render = load_settings(tmp_path).render
    assert render is not None and render.table() == {"plan": "standard", "flower": True}


def test_only_what_differs_is_touched(tmp_path: Path) -> None:
    text = '[render]\nweb-plan = "starter" # cheap\nplan = "pro" # dear\nregion = "ohio"\n'
    (tmp_path / "solofleet.toml").write_bytes(text.encode())
    change = with_table(tmp_path, "render", {"web_plan": "starter", "plan": "standard"})
    assert change.after == '[render]\nweb-plan = "starter" # cheap\nplan = "standard" # dear\n'
    (tmp_path / "solofleet.toml").write_bytes(change.after.encode())
    again = with_table(tmp_path, "render", {"web_plan": "starter", "plan": "standard"})
    assert not again.changes


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    (tmp_path / "solofleet.toml").write_bytes(b'app = "x"\r\nworkers = 2\r\n')
    after = with_table(tmp_path, "render", {"plan": "pro"}).after
    assert after == 'app = "x"\r\nworkers = 2\r\n\r\n[render]\r\nplan = "pro"\r\n'


def test_a_project_without_a_file_gets_one(tmp_path: Path) -> None:
    change = with_table(tmp_path, "render", {"plan": "pro"})
    assert (change.file.name, change.before) == ("solofleet.toml", None)
    assert change.after == '[render]\nplan = "pro"\n'


def test_nothing_chosen_leaves_the_file_alone(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(PYPROJECT.encode())
    assert not with_table(tmp_path, "render", {}).changes


def test_an_empty_table_is_taken_out(tmp_path: Path) -> None:
    (tmp_path / "solofleet.toml").write_bytes(b'app = "x"\n[render]\nplan = "pro"\n')
    assert with_table(tmp_path, "render", {}).after == 'app = "x"\n'


def test_wrong_values_and_broken_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match=r"render\.plan"):
        with_table(tmp_path, "render", {"plan": "large"})
    (tmp_path / "solofleet.toml").write_text("a = [")
    with pytest.raises(FleetError, match="not valid TOML"):
        with_table(tmp_path, "render", {"plan": "pro"})

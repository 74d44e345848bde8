"""What was decided about workers of others."""

from pathlib import Path

import pytest

from core.errors import FleetError
from desktop.run.decision import decision_file, read_decision, write_decision


@pytest.mark.parametrize("watch", [True, False])
def test_a_decision_is_kept(tmp_path: Path, watch: bool) -> None:
    file = tmp_path / "project" / "others.json"
    assert read_decision(file) is None
    write_decision(file, watch)
    assert read_decision(file) is watch


@pytest.mark.parametrize("text", ["", "[]", '{"watch": 1}'])
def test_a_broken_file_decides_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "others.json"
    file.write_text(text)
    assert read_decision(file) is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(FleetError, match="could not be saved"):
        write_decision(tmp_path / "taken" / "others.json", True)


def test_each_project_has_its_own() -> None:
    assert decision_file("one") != decision_file("other")

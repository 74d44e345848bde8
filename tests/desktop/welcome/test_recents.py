"""Projects that were open lately."""

from pathlib import Path

import pytest

from core.errors import FleetError
from desktop.welcome.recents import MOST, Recent, Recents


def recent(path: str, at: float = 1.0) -> Recent:
    return Recent(path, "proj.app", 4, at)


@pytest.fixture
def recents(tmp_path: Path) -> Recents:
    return Recents(tmp_path / "state" / "recent.json")


def test_the_latest_comes_first_and_none_twice(recents: Recents) -> None:
    for path in ("/a", "/b", "/a"):
        recents.note(recent(path))
    assert [each.path for each in recents.read()] == ["/a", "/b"]


def test_the_oldest_are_forgotten(recents: Recents) -> None:
    for number in range(MOST + 3):
        recents.note(recent(f"/{number}"))
    paths = [each.path for each in recents.read()]
    assert (len(paths), paths[0], paths[-1]) == (MOST, f"/{MOST + 2}", "/3")


def test_one_can_be_forgotten(recents: Recents) -> None:
    recents.note(recent("/a"))
    recents.note(recent("/b"))
    recents.forget("/b")
    assert [each.path for each in recents.read()] == ["/a"]


@pytest.mark.parametrize("text", ["", "{}", "[1, {}]", '[{"path": 1}]', "[", '[{"x": "y"}]'])
def test_a_broken_file_is_an_empty_list(tmp_path: Path, text: str) -> None:
    file = tmp_path / "recent.json"
    file.write_text(text)
    assert Recents(file).read() == ()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder would be")
    with pytest.raises(FleetError) as caught:
        Recents(tmp_path / "state" / "recent.json").note(recent("/a"))
    assert "could not be saved" in caught.value.what


def test_it_knows_whether_the_folder_is_there(tmp_path: Path) -> None:
    assert recent(str(tmp_path)).there
    assert recent(str(tmp_path)).name == tmp_path.name
    assert not recent(str(tmp_path / "gone")).there


def test_a_project_is_known_once_it_was_open(tmp_path: Path) -> None:
    recents = Recents(tmp_path / "recent.json")
    assert not recents.knows("/dev/shop")
    recents.note(Recent("/dev/shop", "proj", 4, 0.0))
    assert recents.knows("/dev/shop")
    recents.forget("/dev/shop")
    assert not recents.knows("/dev/shop")

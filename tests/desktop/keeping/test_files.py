"""The files that hold what is remembered."""

from pathlib import Path

import pytest

from core.errors import FleetError
from desktop.keeping.files import file_of_all, file_of_project, read, write


def test_each_project_has_a_file_of_its_own_beside_that_of_all(tmp_path: Path) -> None:
    files = {file_of_all(tmp_path), *(file_of_project(tmp_path, name) for name in ("a", "b"))}
    assert len(files) == 3


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "new" / "window.json"
    write(file, {"name": "ü"})
    fields, trouble = read(file)
    assert (fields.text("name"), trouble) == ("ü", None)


def test_a_file_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    fields, trouble = read(tmp_path / "window.json")
    assert (bool(fields), trouble) == (False, None)


@pytest.mark.parametrize("text", [b"{", b"", b"\xff\xfe{}"])
def test_a_broken_file_is_told_once_and_set_aside(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(text)
    fields, trouble = read(file)
    assert not fields
    assert trouble is not None
    assert str(file) in trouble.what
    assert (tmp_path / "window.json.broken").read_bytes() == text
    assert read(file)[1] is None


def test_a_file_that_cannot_be_read_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "window.json").mkdir()
    fields, trouble = read(tmp_path / "window.json")
    assert not fields
    assert trouble is not None
    assert (tmp_path / "window.json").is_dir()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FleetError, match="could not be written"):
        write(tmp_path / "file" / "window.json", {})

import os
import sys
import threading
from pathlib import Path

import pytest

from core.settings.atomic import replace_text


def test_the_text_is_written_as_it_is_and_the_folder_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "a.toml"
    replace_text(file, "a = 'ü'\r\n")
    replace_text(file, "a = 'ö'\r\n")
    assert file.read_bytes() == "a = 'ö'\r\n".encode()
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "a.toml"
    file.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        replace_text(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_need_not_last_does_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fsync")
    replace_text(tmp_path / "a.toml", "new", lasting=False)
    assert (tmp_path / "a.toml").read_text() == "new"


if sys.platform == "win32":

    def test_a_file_that_another_program_has_open_is_waited_for(tmp_path: Path) -> None:
        file = tmp_path / "a.toml"
        file.write_text("old")
        reader = file.open()
        closing = threading.Timer(0.2, reader.close)
        closing.start()
        replace_text(file, "new", busy_s=20)
        closing.join()
        assert file.read_text() == "new"

    def test_a_file_that_stays_open_is_given_up(tmp_path: Path) -> None:
        file = tmp_path / "a.toml"
        file.write_text("old")
        with file.open(), pytest.raises(PermissionError):
            replace_text(file, "new", busy_s=0.05)
        assert [file.read_text(), *tmp_path.iterdir()] == ["old", file]

else:

    def test_a_link_stays_a_link_and_a_mode_the_same(tmp_path: Path) -> None:
        file, link = tmp_path / "a.toml", tmp_path / "link.toml"
        file.write_text("old")
        file.chmod(0o640)
        link.symlink_to(file)
        replace_text(link, "new")
        assert link.is_symlink()
        assert file.read_text() == "new"
        assert file.stat().st_mode & 0o777 == 0o640

    def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
        replace_text(tmp_path / "a.toml", "new")
        assert (tmp_path / "a.toml").stat().st_mode & 0o777 == 0o600

"""What stands on the disk beside the commit."""

from pathlib import Path

from core.render.checklist.looking import name_of, working_lines
from tests.support.preflight import CLEAN, commit_of, lay_out


def test_lines_are_read_of_files_that_differ_and_of_no_others(tmp_path: Path) -> None:
    lay_out(tmp_path, {**CLEAN, "requirements.txt": b"celery\r\n  flower\r\n"})
    changed = ("requirements.txt", "main.py", "new.py")
    (tmp_path / "main.py").unlink()
    found = working_lines(commit_of(CLEAN, tmp_path, changed=changed))
    assert found == {"requirements.txt": {"celery", "flower"}, "main.py": frozenset()}


def test_a_folder_without_an_app_has_a_name_too(tmp_path: Path) -> None:
    assert name_of(tmp_path, None) == name_of(tmp_path, None)
    assert name_of(tmp_path, None) != name_of(tmp_path.parent, None)

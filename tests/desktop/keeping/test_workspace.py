"""The workspace of a project."""

from pathlib import Path

from desktop.keeping.workspace import FILE, keep_workspace, recall_workspace


def test_it_is_kept_with_its_project(tmp_path: Path) -> None:
    keep_workspace("shop", "tea-1", tmp_path)
    keep_workspace("other", "tea-2", tmp_path)
    assert recall_workspace("shop", tmp_path) == "tea-1"
    assert recall_workspace("other", tmp_path) == "tea-2"


def test_what_makes_no_sense_was_not_chosen(tmp_path: Path) -> None:
    assert recall_workspace("shop", tmp_path) == ""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / FILE).write_text("{")
    assert recall_workspace("shop", tmp_path) == ""

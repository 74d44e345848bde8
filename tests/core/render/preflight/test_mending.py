"""Fixes: shown before, made whole or not at all, undone after."""

import shutil
import sys
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.preflight import mending
from core.render.preflight.mend import (
    AddLine,
    Edit,
    MakeExecutable,
    Mend,
    ReplaceLine,
    Rewrite,
    WriteFile,
)
from core.render.preflight.mending import Change, apply, prepare, undo
from core.render.preflight.taking import take_snapshot
from tests.support.preflight import (
    CLEAN,
    found,
    git,
    in_group,
    in_tasks,
    lay_out,
    places,
    planted,
    repository,
    started_by,
)

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def prepared(top: Path, *edits: Edit) -> Change:
    return prepare([Mend("mend", edits)], top)


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (WriteFile("f", "3.13"), None, b"3.13\n"),
        (AddLine("f", "b"), None, b"b\n"),
        (AddLine("f", "b"), b"a", b"a\nb\n"),
        (AddLine("f", "b"), b"a\r\n", b"a\r\nb\r\n"),
        (Rewrite("f"), b"\xef\xbb\xbfa\r\nb\r\n", b"a\nb\n"),
        (Rewrite("f"), "aü\r\n".encode("utf-16"), "aü\n".encode()),
        (ReplaceLine("f", 2, "b", "c"), b"b\nb\nb\n", b"b\nc\nb\n"),
        (ReplaceLine("f", 1, "b", "c"), b"\xff b\r\nd", b"\xff c\r\nd"),
        (
            ReplaceLine("f", 1, "b", "c"),
            "\ufeffb\n".encode("utf-16-le"),
            "\ufeffc\n".encode("utf-16-le"),
        ),
    ],
)
def test_a_file_is_changed_and_changed_back(
    edit: Edit, before: bytes | None, after: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "f"
    if before is not None:
        file.write_bytes(before)
    change = prepared(tmp_path, edit)
    assert (file.read_bytes() if file.exists() else None) == before
    apply(change)
    assert file.read_bytes() == after
    undo(change)
    assert (file.read_bytes() if file.exists() else None) == before


def test_what_is_there_already_is_no_change(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a": "x\ny\n", ".python-version": "3.13\n"})
    assert not prepared(tmp_path, AddLine("a", "y"), WriteFile(".python-version", "3.13"))


def test_several_edits_of_a_file_are_one_change(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a": "x\ny\n"})
    change = prepared(tmp_path, ReplaceLine("a", 1, "x", "1"), ReplaceLine("a", 2, "y", "2"))
    assert [each.after for each in change.files] == [b"1\n2\n"]
    assert list(change.diff()) == ["--- a/a", "+++ b/a", "@@ -1,2 +1,2 @@", "-x", "-y", "+1", "+2"]


@pytest.mark.parametrize(
    ("edit", "files"),
    [
        (ReplaceLine("f", 1, "b", "c"), {"f": "a\n"}),
        (ReplaceLine("f", 1, "b", "c"), {"f": "bb\n"}),
        (ReplaceLine("f", 9, "b", "c"), {"f": "b\n"}),
        (ReplaceLine("f", 1, "b", "c"), {}),
        (Rewrite("f"), {}),
        (WriteFile("f", "3.13"), {"f": "3.12\n"}),
        (AddLine("../f", "b"), {}),
        (AddLine("f", "b"), {"f/a": ""}),
    ],
)
def test_what_does_not_fit_the_working_tree_is_refused_and_nothing_is_written(
    edit: Edit, files: dict[str, str], tmp_path: Path
) -> None:
    lay_out(tmp_path, files)
    with pytest.raises(FleetError, match="was not mended"):
        prepared(tmp_path, edit)
    for path, text in files.items():
        assert (tmp_path / path).read_text("utf-8") == text


@pytest.mark.skipif(sys.platform == "win32", reason="making links takes rights there")
def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    lay_out(tmp_path, {"outside": "mine\n", "p/a": ""})
    (tmp_path / "p" / ".gitattributes").symlink_to(tmp_path / "outside")
    with pytest.raises(FleetError, match="outside of the repository"):
        prepared(tmp_path / "p", AddLine(".gitattributes", "x"))


def test_when_one_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, {"a": "1\n", "b": "1\n"})
    change = prepared(tmp_path, AddLine("a", "2"), AddLine("new", "2"), AddLine("b", "2"))
    write = mending.replace_bytes

    def refuse(place: Path, data: bytes) -> None:
        if place.name == "b":
            raise PermissionError(13, "Permission denied", str(place))
        write(place, data)

    monkeypatch.setattr(mending, "replace_bytes", refuse)
    with pytest.raises(FleetError, match="Permission denied"):
        apply(change)
    assert (tmp_path / "a").read_text("utf-8") == "1\n"
    assert not (tmp_path / "new").exists()


def test_what_was_changed_since_is_not_undone(tmp_path: Path) -> None:
    change = prepared(tmp_path, AddLine("a", "1"))
    apply(change)
    lay_out(tmp_path, {"a": "1\n2\n"})
    with pytest.raises(FleetError, match="changed since"):
        undo(change)
    assert (tmp_path / "a").read_text("utf-8") == "1\n2\n"


def test_secrets_are_masked_in_what_is_shown(tmp_path: Path) -> None:
    old = "rediss://u:hunter2-hunter2@h:1"
    lay_out(tmp_path, {".env": f"API_KEY=Zk9q3Xv7Lw2R\nREDIS_URL={old}\n"})
    change = prepared(tmp_path, ReplaceLine(".env", 2, old, f"{old}?ssl_cert_reqs=required"))
    shown = "\n".join(change.diff())
    assert "ssl_cert_reqs=required" in shown
    assert "hunter2" not in shown + repr(change)
    assert "Zk9q3Xv7Lw2R" not in shown + repr(change)


@needs_git
def test_the_exec_bit_is_set_in_the_index_and_taken_back(tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", {"start.sh": "#!/bin/sh\n"})
    change = prepared(folder, MakeExecutable("start.sh"))
    assert list(change.diff())[-1] == "new mode 100755"
    apply(change)
    assert git(folder, "ls-files", "-s").startswith("100755")
    undo(change)
    assert git(folder, "ls-files", "-s").startswith("100644")


@needs_git
def test_an_exec_bit_that_git_refuses_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", {"a": "1\n"})
    change = prepared(folder, AddLine("a", "2"), MakeExecutable("no-such-file"))
    with pytest.raises(FleetError):
        apply(change)
    assert (folder / "a").read_text("utf-8") == "1\n"


SCRIPT = "#!/bin/sh\nexec celery -A proj.app worker -c 2\n"


@needs_git
@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("windows-packages", {"requirements.txt": CLEAN["requirements.txt"] + "pywin32==311\n"}),
        ("python-version", {".python-version": None}),
        ("list-bytes", {"requirements.txt": CLEAN["requirements.txt"].encode("utf-16")}),
        ("line-ends", {**started_by("sh start.sh"), "start.sh": SCRIPT.replace("\n", "\r\n")}),
        ("exec-bits", {**started_by("./start.sh"), "start.sh": SCRIPT}),
        ("encodings", in_tasks('def f():\n    open("a")\n    open("b", "w")\n')),
        ("pool", started_by("celery -A proj.app worker -c 2 --pool=solo")),
        ("pool", started_by("celery -A proj.app worker -c 2 -n w@%computername%")),
        ("concurrency", started_by("celery -A proj.app worker")),
        ("node-names", started_by("celery -A proj.app worker -c 2 -n w1", 2)),
        ("tls", in_group("CELERY_BROKER_URL", '"rediss://h.example.org:1"')),
        ("blueprint", in_group("FLAG", "true")),
    ],
)
def test_after_its_mend_a_check_finds_nothing_more(
    check: str, changes: dict[str, str | bytes | None], tmp_path: Path
) -> None:
    folder = repository(tmp_path / "p", planted(changes))
    findings = [
        each for each in found(take_snapshot(folder, None, "3.13.5")) if each.check == check
    ]
    mends = [each.seen.mend for each in findings]
    assert findings
    assert None not in mends
    apply(prepare(filter(None, mends), folder))
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Mended")
    seen = places(found(take_snapshot(folder, None, "3.13.5")))
    assert check not in {place[0] for place in seen}

"""Files with the messages of a purged queue."""

from datetime import datetime
from pathlib import Path

import pytest

from core.bridge.host import NoAnswer
from core.bridge.saved import Saved, file_for, marked_restored, read_saved
from core.errors import USAGE, FleetError
from tests.support.saved import lines


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "saved.jsonl"
    file.write_bytes(b"".join(lines()))
    return file


def refusal(file: Path, *content: bytes) -> FleetError:
    file.write_bytes(b"".join(content))
    with pytest.raises(FleetError) as caught:
        read_saved(file)
    assert caught.value.exit_code == USAGE
    return caught.value


def test_a_whole_file_tells_what_it_is_about(file: Path) -> None:
    assert read_saved(file) == Saved(file, "redis://:**@far/0", "q", 2)


def test_a_purge_that_was_broken_off_left_only_a_header(file: Path) -> None:
    file.write_bytes(lines(None)[0])
    assert read_saved(file).count is None


@pytest.mark.parametrize(
    ("drop", "why"),
    [
        (slice(0, 2), "it ends after 1 of 2 messages"),
        (slice(0, 3), "it ends after 2 of 2 messages"),
    ],
    ids=["a-message", "the-end"],
)
def test_a_file_that_lacks_something_is_damaged(file: Path, drop: slice, why: str) -> None:
    error = refusal(file, *lines()[drop])
    assert "nothing was put back" in error.what
    assert error.why == why


def test_a_message_that_is_missing_is_noticed(file: Path) -> None:
    head, first, _, end = lines()
    assert "checksum" in refusal(file, head, first, end).why


def test_a_changed_byte_is_noticed(file: Path) -> None:
    head, first, second, end = lines()
    assert "checksum" in refusal(file, head, first.replace(b"A", b"B", 1), second, end).why
    assert "checksum" in refusal(file, head.replace(b'"q"', b'"r"'), first, second, end).why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{}\n", "its message 2 cannot be read"),
        (b"[]\n", "its message 2 cannot be read"),
        (b'{"priority": 0, "data": "?"}\n', "its message 2 cannot be read"),
        (b'{"priority": 0, "da', "it breaks off in its message 2"),
    ],
)
def test_a_line_that_is_no_message_is_damage(file: Path, line: bytes, why: str) -> None:
    assert refusal(file, *lines()[:2], line).why == why


def test_what_stands_behind_the_end_is_damage(file: Path) -> None:
    assert "behind its end" in refusal(file, *lines(), lines()[1]).why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no file of `solofleet purge`"),
        (b"hello\n", "no file of `solofleet purge`"),
        (b'{"kind": "other"}\n', "no file of `solofleet purge`"),
        (lines(version=2)[0], "another version"),
    ],
    ids=["empty", "text", "json", "newer"],
)
def test_another_file_is_refused(file: Path, content: bytes, why: str) -> None:
    assert why in refusal(file, content).why


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="cannot be restored"):
        read_saved(tmp_path / "nowhere")


def test_its_name_tells_project_queue_and_time(tmp_path: Path) -> None:
    file = file_for("shop-1", "a/b c", datetime(2026, 1, 2, 3, 4, 5, 6), tmp_path)
    assert file.name == "shop-1-a-b-c-20260102-030405-000006.jsonl"
    assert file.parent.is_dir()
    assert not file.exists()


def test_a_place_that_cannot_be_made_is_told_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("in the way")
    with pytest.raises(FleetError) as caught:
        file_for("p", "q", datetime(2026, 1, 1), tmp_path)
    assert "--save" in caught.value.fix


def mark(file: Path) -> Path:
    return file.with_name("saved.jsonl.restored")


def test_a_file_is_restored_once_unless_somebody_insists(file: Path) -> None:
    with marked_restored(file, again=False):
        assert "begun" in mark(file).read_text()
    again = marked_restored(file, again=False)
    with pytest.raises(FleetError, match="was restored already") as caught, again:
        pytest.fail("went on")
    assert "were put back on" in caught.value.why
    with marked_restored(file, again=True):
        pass


@pytest.mark.parametrize("again", [False, True])
def test_what_failed_for_sure_leaves_the_mark_as_it_was(file: Path, again: bool) -> None:
    if again:
        mark(file).write_text("before")
    with pytest.raises(FleetError), marked_restored(file, again=again):
        raise FleetError("no", "broker", "here")
    assert mark(file).exists() is again
    assert not again or mark(file).read_text() == "before"


def test_what_nobody_knows_the_end_of_stays_marked(file: Path) -> None:
    with pytest.raises(NoAnswer), marked_restored(file, again=False):
        raise NoAnswer("no", "answer", "came")
    with pytest.raises(FleetError, match="restored already"), marked_restored(file, again=False):
        pytest.fail("went on")


def test_a_file_that_cannot_be_marked_is_not_restored(file: Path) -> None:
    mark(file).mkdir()
    unmarked = marked_restored(file, again=False)
    with pytest.raises(FleetError, match="cannot be noted"), unmarked:
        pytest.fail("went on")

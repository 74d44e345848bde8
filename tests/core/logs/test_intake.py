from pathlib import Path

from pytest import MonkeyPatch

from core.known.watch import Watch
from core.logs.files import RunLog
from core.logs.intake import Grew, LogIntake, log_opener
from core.logs.redact import Redactor
from core.logs.store import LogStore


def test_a_chunk_tells_which_lines_are_new() -> None:
    store = LogStore(max_lines=3)
    intake = LogIntake(store, None, Redactor())
    assert intake.feed(b"a\nb\nc") == Grew(first=0, last=1, dropped=0)
    assert intake.feed(b"d") is None
    assert intake.feed(b"\ne\nf\n") == Grew(first=2, last=4, dropped=2)
    assert store.slice(0, 5) == ["cd", "e", "f"]


def test_the_last_line_comes_at_the_end_and_the_next_run_goes_on_below() -> None:
    store = LogStore()
    first = LogIntake(store, None, Redactor())
    first.feed(b"one\ntwo")
    assert first.close() == Grew(first=1, last=1, dropped=0)
    assert first.close() is None
    assert LogIntake(store, None, Redactor()).feed(b"three\n") == Grew(2, 2, 0)


def test_each_run_begins_below_the_one_before() -> None:
    store = LogStore()
    LogIntake(store, None, Redactor()).feed(b"one\ntwo\n")
    LogIntake(store, None, Redactor())
    LogIntake(store, None, Redactor()).feed(b"three\n")
    assert store.runs == [0, 2]


def test_a_secret_that_straddles_chunks_reaches_neither_memory_nor_disk(tmp_path: Path) -> None:
    text = b"first\nkey is tops3cret!, url redis://:unkn0wn@host/0\nlast\n"
    for border in range(len(text)):
        store, file = LogStore(), RunLog(tmp_path, f"w{border}", 1)
        intake = LogIntake(store, file, Redactor(["tops3cret!"]))
        intake.feed(text[:border])
        intake.feed(text[border:])
        intake.close()
        assert file.path
        assert store.slice(0, 3) == ["first", "key is ***, url redis://:***@host/0", "last"]
        assert file.path.read_text().splitlines() == store.slice(0, 3)


def test_a_secret_longer_than_the_usual_margin_is_masked_on_a_cut_line() -> None:
    secret = "0123456789abcdef" * 1024
    store = LogStore()
    intake = LogIntake(store, None, Redactor([secret]))
    text = b"-" * 16_000 + secret.encode() + b"-" * 30_000 + b"\n"
    for start in range(0, len(text), 4096):
        intake.feed(text[start : start + 4096])
    assert "0123" not in store.text(0)
    assert "…[cut " in store.text(0)


def test_the_log_of_a_run_is_opened_by_name(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr("core.logs.intake.log_folder", lambda project: tmp_path / project)
    store = LogStore()
    opens = log_opener("p", Redactor(["correct-horse"]), lambda text: None)
    intake = opens("web", 2, store)
    intake.feed(b"it is correct-horse\n")
    intake.close()
    assert store.text(0) == "it is ***"
    (file,) = (tmp_path / "p").iterdir()
    assert file.name.startswith("web-")
    assert "run2" in file.name


def test_known_errors_are_told_with_their_line_and_never_with_a_secret() -> None:
    store, watch = LogStore(), Watch()
    first = LogIntake(store, None, Redactor(["tops3cret!"]), watch)
    first.feed(b"one\n")
    grew = first.feed(b"two\nConnectionError: Error 111 connecting to tops3cret!:6379. Refused.\n")
    assert grew is not None
    (met,) = grew.known
    assert (met.error.id, grew.first + met.line, met.times) == ("refused", 2, 1)
    assert "tops3cret!" not in repr(met)


def test_what_one_run_told_is_not_told_by_the_next() -> None:
    store, watch = LogStore(), Watch()
    text = b"MemoryError\n"
    grew = [LogIntake(store, None, Redactor(), watch).feed(text) for _ in range(3)]
    assert [len(each.known) for each in grew if each] == [1, 0, 0]

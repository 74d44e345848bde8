import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from core.logs.files import RunLog, file_stem, log_folder

NOON = datetime(2025, 1, 2, 12, 0, 0)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_appears_with_the_first_block(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "a" / "b", "worker1@host", 3, started=NOON)
    assert log.path is None
    log.write(b"one\n")
    log.write(b"two\n")
    assert names(tmp_path / "a" / "b") == ["worker1-host-20250102-120000-run3-001.log"]
    assert log.path and log.path.read_bytes() == b"one\ntwo\n"
    log.close()
    log.close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_others_may_not_read_the_file(tmp_path: Path) -> None:
    log = RunLog(tmp_path, "w", 1)
    log.write(b"one\n")
    log.close()
    assert log.path and log.path.stat().st_mode & 0o077 == 0


def test_a_full_part_is_followed_by_the_next_and_the_oldest_go(tmp_path: Path) -> None:
    log = RunLog(tmp_path, "w", 1, started=NOON, part_bytes=10, parts=2)
    for number in range(7):
        log.write(b"line%d\n" % number)
    log.write(b"a block longer than a part\n")
    log.close()
    assert names(tmp_path) == [f"w-20250102-120000-run1-{part:03}.log" for part in (7, 8)]
    assert (tmp_path / names(tmp_path)[1]).read_bytes() == b"a block longer than a part\n"


def test_a_part_with_a_longer_number_is_newer(tmp_path: Path) -> None:
    (tmp_path / "w-20250102-120000-run1-999.log").touch()
    (tmp_path / "w-20250102-120000-run1-1000.log").touch()
    log = RunLog(tmp_path, "w", 1, started=NOON, part_bytes=10, parts=2)
    log._part = 1000  # pyright: ignore[reportPrivateUsage]  # 10 GB of a log that floods
    log.write(b"newest\n")
    log.close()
    assert names(tmp_path) == [f"w-20250102-120000-run1-{part}.log" for part in (1000, 1001)]


def test_runs_of_one_second_are_deleted_in_their_order(tmp_path: Path) -> None:
    for run in (9, 10):
        log = RunLog(tmp_path, "w", run, started=NOON, files_per_worker=1)
        log.write(b"x\n")
        log.close()
    assert names(tmp_path) == ["w-20250102-120000-run10-001.log"]


def test_a_name_taken_by_another_solofleet_is_left_alone(tmp_path: Path) -> None:
    first, second = (RunLog(tmp_path, "w", 1, started=NOON) for _ in range(2))
    first.write(b"first\n")
    second.write(b"second\n")
    first.close()
    second.close()
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["first\n", "second\n"]


def test_files_of_earlier_runs_are_kept_up_to_a_number_per_worker(tmp_path: Path) -> None:
    (tmp_path / "w-2-20250102-120000-run1-001.log").touch()
    for second in range(5):
        log = RunLog(tmp_path, "w", 1, started=NOON.replace(second=second), files_per_worker=2)
        log.write(b"x\n")
        log.close()
    assert names(tmp_path) == [
        "w-2-20250102-120000-run1-001.log",
        "w-20250102-120003-run1-001.log",
        "w-20250102-120004-run1-001.log",
    ]


def test_an_old_part_that_cannot_be_deleted_does_not_stop_the_log(tmp_path: Path) -> None:
    # a folder of that name is as undeletable for `unlink` as a file open elsewhere on Windows
    (tmp_path / "w-20250102-115959-run1-001.log").mkdir()
    log = RunLog(tmp_path, "w", 1, started=NOON, files_per_worker=1)
    log.write(b"one\n")
    log.close()
    assert len(names(tmp_path)) == 2


def test_a_folder_that_cannot_be_made_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said: list[str] = []
    log = RunLog(tmp_path / "file" / "logs", "w", 1, say=said.append)
    log.write(b"one\n")
    log.write(b"two\n")
    assert len(said) == 1
    assert "no log file from here on" in said[0]
    assert str(tmp_path / "file" / "logs") in said[0]


@pytest.fixture
def full_disk() -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="POSIX: a limit stands in for a full disk")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("size", [100, 70_000])
def test_a_disk_that_fills_up_is_said_once(tmp_path: Path, size: int) -> None:
    said: list[str] = []
    log = RunLog(tmp_path, "w", 1, say=said.append)
    for _ in range(200_000 // size):
        log.write(b"x" * size)
    log.close()
    assert len(said) == 1
    assert log.path and str(log.path) in said[0]
    assert log.path.stat().st_size == 100_000


def test_a_failed_log_without_a_listener_is_silent(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    RunLog(tmp_path / "file", "w", 1).write(b"one\n")


@pytest.mark.parametrize("name", ["worker1@host", "worker1", "my_worker-2@HOST-3"])
def test_a_plain_name_stays_readable(name: str) -> None:
    assert file_stem(name) == name.replace("@", "-")


@pytest.mark.parametrize("name", ["con.x@h", "a/../b", "a" * 300, "wörker", "a:b*?", "w@h.org"])
def test_any_other_name_becomes_a_safe_one(name: str) -> None:
    stem = file_stem(name)
    assert stem.isascii()
    assert stem.replace("-", "").replace("_", "").isalnum()
    assert len(stem) < 100


def test_names_that_look_alike_get_files_of_their_own() -> None:
    assert len({file_stem(name) for name in ("w@h", "w.h", "w/h", "w h", "wh")}) == 5


def test_logs_lie_in_the_platforms_log_folder() -> None:
    folder = log_folder("shop@home")
    assert folder.name == "shop-home"
    assert "solofleet" in str(folder.parent)

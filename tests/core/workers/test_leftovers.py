"""Who has a project, and what a crash left running."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import platformdirs
import psutil
import pytest

from core.errors import UNAVAILABLE, FleetError
from core.workers import leftovers
from core.workers.leftovers import Claim, claim, end_leftovers, left_behind

pytestmark = pytest.mark.usefixtures("nothing_left")

CLAIMER = Path(__file__).parents[2] / "data" / "claimer.py"


class Claimer:
    """tests/data/claimer.py as a process."""

    def __init__(self, root: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CLAIMER), str(root), "proj", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def __enter__(self) -> "Claimer":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def held(tmp_path: Path, said: list[str]) -> Iterator[Claim]:
    with claim("proj", said.append, tmp_path) as held:
        yield held


def record(tmp_path: Path) -> dict[str, object]:
    return json.loads((tmp_path / "proj" / "session.json").read_text())


def test_the_record_names_the_owner_and_each_child(held: Claim, tmp_path: Path) -> None:
    me = psutil.Process()
    held.add("worker1@box", 4194303, 12.5)
    held.add("worker2@box", 4194302, 13.5)
    held.remove(4194303)
    held.remove(4194303)
    assert record(tmp_path) == {
        "owner": {"title": "Solofleet", "pid": me.pid, "created_at": me.create_time()},
        "children": [{"title": "worker2@box", "pid": 4194302, "created_at": 13.5}],
    }


def test_a_project_that_was_let_go_can_be_claimed_again(tmp_path: Path, said: list[str]) -> None:
    with claim("proj", said.append, tmp_path) as held:
        held.add("worker1@box", 4194303, 12.5)
    assert record(tmp_path) == {"owner": None, "children": []}
    with claim("proj", said.append, tmp_path) as again:
        assert again.leftovers == ()
    again.release()
    assert said == []


def test_a_second_claim_in_the_same_process_is_refused(held: Claim, tmp_path: Path) -> None:
    with pytest.raises(FleetError, match=f"process {psutil.Process().pid} has it since 20"):
        claim("proj", print, tmp_path)


def test_another_project_is_free(held: Claim, tmp_path: Path) -> None:
    claim("other", print, tmp_path).release()


def test_a_second_solofleet_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    with Claimer(tmp_path) as first:
        first.go()
        assert first.says() == "claimed"
        with pytest.raises(FleetError) as caught:
            claim("proj", print, tmp_path)
        assert f"process {first.process.pid}" in caught.value.why
        assert caught.value.exit_code == UNAVAILABLE


def test_of_many_that_start_in_the_same_instant_one_wins(tmp_path: Path) -> None:
    with ExitStack() as stack:
        claimers = [stack.enter_context(Claimer(tmp_path)) for _ in range(5)]
        for claimer in claimers:
            claimer.go()
        words = [claimer.says().split()[0] for claimer in claimers]
    assert sorted(words) == ["claimed"] + ["refused"] * 4


def test_the_children_of_a_solofleet_that_was_killed_are_found_and_ended(
    tmp_path: Path, said: list[str], are_gone
) -> None:
    with Claimer(tmp_path, "child") as first:
        first.go()
        pid = int(first.says().split()[1])
        assert first.says() == "claimed"
    with claim("proj", said.append, tmp_path) as held:
        assert [(mark.title, mark.pid) for mark in held.leftovers] == [("worker1@box", pid)]
    with claim("proj", said.append, tmp_path) as held:  # nobody ended them: still on record
        assert [mark.pid for mark in held.leftovers] == [pid]
        assert held.end_leftovers() == ()
        assert are_gone([pid])
    assert record(tmp_path)["children"] == []


def test_what_is_left_can_be_looked_at_without_taking_the_project(
    tmp_path: Path, said: list[str], are_gone
) -> None:
    assert left_behind("proj", tmp_path) == ()
    with Claimer(tmp_path, "child") as first:
        first.go()
        pid = int(first.says().split()[1])
        assert first.says() == "claimed"
        assert left_behind("proj", tmp_path) == ()  # somebody looks after it
    assert [mark.pid for mark in left_behind("proj", tmp_path)] == [pid]
    with claim("proj", said.append, tmp_path) as held:
        held.end_leftovers()
    assert are_gone([pid])
    assert left_behind("proj", tmp_path) == ()


def test_numbers_that_belong_to_later_processes_are_forgotten(tmp_path: Path) -> None:
    me = psutil.Process()
    stale = {"title": "worker1@box", "pid": me.pid, "created_at": me.create_time() - 100}
    (tmp_path / "proj").mkdir()
    (tmp_path / "proj" / "session.json").write_text(
        json.dumps({"owner": stale | {"pid": me.ppid()}, "children": [stale]})
    )
    with claim("proj", print, tmp_path) as held:
        assert held.leftovers == ()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"owner": {"pid": 1}}', "\ufeff"])
def test_a_record_without_sense_is_forgotten(text: str, tmp_path: Path) -> None:
    (tmp_path / "proj").mkdir()
    (tmp_path / "proj" / "session.json").write_text(text, encoding="utf-8")
    with claim("proj", print, tmp_path) as held:
        assert held.leftovers == ()


def test_a_folder_that_cannot_be_made_is_said_and_does_not_stop_us(
    tmp_path: Path, said: list[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    with claim("proj", said.append, tmp_path / "file") as held:
        held.add("worker1@box", 1, 2.0)
        assert held.end_leftovers() == ()
    (text,) = said
    assert "no record of this session can be kept" in text


def test_a_living_owner_is_respected_where_no_lock_can_be_taken(
    tmp_path: Path, said: list[str]
) -> None:
    with Claimer(tmp_path) as other:
        process = psutil.Process(other.process.pid)
        owner = {"title": "Solofleet", "pid": process.pid, "created_at": process.create_time()}
        facts = {"owner": owner, "children": []}
        (tmp_path / "proj" / "lock").mkdir(parents=True)
        (tmp_path / "proj" / "session.json").write_text(json.dumps(facts))
        with pytest.raises(FleetError, match=f"process {process.pid} has it"):
            claim("proj", said.append, tmp_path)
    assert len(said) == 1


def test_a_record_that_cannot_be_written_is_said_once(
    held: Claim, tmp_path: Path, said: list[str]
) -> None:
    record = tmp_path / "proj" / "session.json"
    record.unlink()
    record.mkdir()
    held.add("worker1@box", 1, 2.0)
    held.remove(1)
    (text,) = said
    assert str(tmp_path / "proj") in text


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_where_files_have_no_locks_the_record_decides(
    tmp_path: Path, said: list[str], monkeypatch
) -> None:
    def unsupported(*arguments: object) -> None:
        raise OSError(95, "Operation not supported")

    with Claimer(tmp_path) as first:
        first.go()
        assert first.says() == "claimed"
        monkeypatch.setattr(leftovers.fcntl, "flock", unsupported)
        with pytest.raises(FleetError, match="is open already"):
            claim("proj", said.append, tmp_path)
    claim("proj", said.append, tmp_path).release()
    assert said == []


def test_a_lock_without_a_record_is_respected(tmp_path: Path) -> None:
    with Claimer(tmp_path) as first:
        first.go()
        assert first.says() == "claimed"
        (tmp_path / "proj" / "session.json").unlink()
        with pytest.raises(FleetError, match="another Solofleet has it; two"):
            claim("proj", print, tmp_path)


def test_records_lie_in_the_users_state_folder(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(platformdirs, "user_state_path", lambda name, appauthor: tmp_path / name)
    claim("proj", print).release()
    assert (tmp_path / "solofleet" / "proj" / "session.json").exists()


async def test_what_a_crash_left_is_ended_and_that_is_said() -> None:
    class Held:
        leftovers = (1, 2, 3)

        def end_leftovers(self) -> tuple[int, ...]:
            return (3,)

    said: list[str] = []
    await end_leftovers(Held(), said.append)  # type: ignore[arg-type]
    assert said == [
        "2 processes of an earlier crash are ended",
        "1 processes of an earlier crash do not end",
    ]

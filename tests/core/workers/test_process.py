"""One child: its bytes, its end, and what cannot be started."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.workers.containment import Containment, Hold
from core.workers.process import ChildSpec, Exit, _created_at, _not_started, spawn

pytestmark = pytest.mark.usefixtures("nothing_left")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")

Make = Callable[..., ChildSpec]


async def test_what_is_sent_reaches_its_input(spec: Make, ears, containment) -> None:
    program = "import sys; [print(line.strip().upper()) for line in sys.stdin]"
    child = await spawn(spec(program, takes_commands=True), ears, containment)
    child.send(b"stop\n")
    child.send(b"now\n")
    assert await ears.hears_line(1) == "NOW"
    child.end_input()
    assert await child.wait() == Exit(0)
    assert ears.lines == ["STOP", "NOW"]


async def test_sending_to_a_child_that_is_gone_is_silent(spec: Make, ears, containment) -> None:
    child = await spawn(spec("pass", takes_commands=True), ears, containment)
    child.send(b"before\n")
    await child.wait()
    for _ in range(10):
        child.send(b"after\n")
    child.end_input()
    child.kill()
    assert child.unsent == 0


async def test_a_child_that_has_closed_its_input_is_no_error(spec: Make, ears, containment) -> None:
    program = "import os, time; os.close(0); print('closed'); time.sleep(100)"
    child = await spawn(spec(program, takes_commands=True), ears, containment)
    await ears.hears_line()
    for _ in range(10):
        child.send(b"nobody reads this\n")
        await asyncio.sleep(0)
    child.kill()
    await child.wait()


async def test_a_child_without_commands_reads_the_end_of_file(
    spec: Make, ears, containment
) -> None:
    child = await spawn(spec("import sys; print(repr(sys.stdin.read()))"), ears, containment)
    child.send(b"silently dropped\n")
    child.end_input()
    await child.wait()
    assert ears.lines == ["''"]


async def test_lines_that_are_never_read_are_dropped_and_counted(
    spec: Make, ears, containment
) -> None:
    child = await spawn(
        spec("import time; time.sleep(100)", takes_commands=True), ears, containment
    )
    for _ in range(40):
        child.send(b"x" * 100_000)
    assert 20 < child.unsent < 40
    child.kill()
    await child.wait()


async def test_a_kill_ends_a_child_that_ignores_signals(spec: Make, ears, containment) -> None:
    child = await spawn(spec("stubborn.py"), ears, containment)
    await ears.hears_line()
    child.kill()
    child.kill()
    exit = await child.wait()
    assert exit == (Exit(1) if sys.platform == "win32" else Exit(None, 9))


async def test_several_may_wait_for_one_child(spec: Make, ears, containment) -> None:
    child = await spawn(spec("pass"), ears, containment)
    async with asyncio.TaskGroup() as group:
        jobs = [group.create_task(child.wait()) for _ in range(3)]
    assert [job.result() for job in jobs] == [Exit(0)] * 3
    assert ears.exits == [Exit(0)]


def test_the_start_time_of_a_process_that_has_ended_already_is_now() -> None:
    assert abs(_created_at(4194303) - time.time()) < 1


async def test_pid_and_start_time_name_the_process(spec: Make, ears, containment) -> None:
    before = time.time()
    child = await spawn(spec("import os; print(os.getpid()); input()"), ears, containment)
    await child.wait()
    if sys.platform != "win32" or sys.prefix == sys.base_prefix:  # venv python.exe: two processes
        assert child.pid == int(ears.lines[0])
    assert before - 2 < child.created_at < time.time() + 2


async def test_the_environment_is_the_one_given(spec: Make, ears, containment) -> None:
    program = "import os; print(ascii(os.environ['COLOUR']), 'HOME' in os.environ)"
    child = await spawn(replace(spec(program), env={"COLOUR": "grün"}), ears, containment)
    await child.wait()
    assert ears.lines == [f"{'grün'!a} False"]


async def test_folders_with_spaces_and_letters_of_all_kinds(
    spec: Make, ears, containment, tmp_path: Path
) -> None:
    folder = tmp_path / "Jürgen's Projekt 作業"
    folder.mkdir()
    (folder / "mein skript ü.py").write_text(
        "import os, sys; os.write(1, ascii([os.getcwd(), *sys.argv[1:]]).encode())",
        encoding="utf-8",
    )
    argv = (sys.executable, str(folder / "mein skript ü.py"), 'quo"ted', "ö %PATH% $HOME", "")
    child = await spawn(replace(spec("pass"), argv=argv, cwd=folder), ears, containment)
    await child.wait()
    assert ears.all().decode() == ascii([str(folder), 'quo"ted', "ö %PATH% $HOME", ""])


async def test_no_such_program(spec: Make, ears, containment, tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere" / "python")
    with pytest.raises(FleetError) as caught:
        await spawn(replace(spec("pass"), argv=(missing,)), ears, containment)
    assert "worker1@box" in caught.value.what
    assert missing in caught.value.why
    assert ears.exits == []


async def test_a_folder_that_is_missing_is_named(spec: Make, ears, containment, tmp_path) -> None:
    with pytest.raises(FleetError, match="gone"):
        await spawn(replace(spec("pass"), cwd=tmp_path / "gone"), ears, containment)


def test_a_folder_of_too_long_a_path_for_windows_is_told(spec: Make, tmp_path: Path) -> None:
    refused = NotADirectoryError(20, "The directory name is invalid")  # Wine 8 ends there itself
    deep = replace(spec("pass"), cwd=tmp_path / ("deeper/" * 40))
    assert (
        "Windows starts no program in a folder of so long a path" in _not_started(deep, refused).why
    )
    assert "nearer to the root" in _not_started(deep, refused).fix
    assert "directory name is invalid" in _not_started(spec("pass"), refused).why


async def test_a_file_that_is_no_program(spec: Make, ears, containment, tmp_path: Path) -> None:
    notes = tmp_path / "notes.exe"
    notes.write_text("not a program")
    notes.chmod(0o755)
    with pytest.raises(FleetError, match="refused"):
        await spawn(replace(spec("pass"), argv=(str(notes),)), ears, containment)


@posix_only
async def test_a_file_without_permission_to_run(spec: Make, ears, containment, tmp_path) -> None:
    notes = tmp_path / "notes"
    notes.write_text("#!/bin/sh\n")
    notes.chmod(0o644)
    with pytest.raises(FleetError, match="may not be run"):
        await spawn(replace(spec("pass"), argv=(str(notes),)), ears, containment)


async def test_a_null_character_in_the_command(spec: Make, ears, containment) -> None:
    with pytest.raises(FleetError, match="null character"):
        await spawn(spec("pass", "a\0b"), ears, containment)


async def test_a_child_that_cannot_be_held_is_not_left_running(
    spec: Make, ears, containment: Containment, are_gone
) -> None:
    refusing = Refusing(containment)
    with pytest.raises(FleetError, match="cannot be held"):
        await spawn(spec("import time; time.sleep(100)"), ears, refusing)
    assert are_gone([refusing.pid])
    assert ears.said == ears.exits == []


async def test_a_start_that_is_cancelled_leaves_nothing(spec: Make, ears, containment) -> None:
    for turns in range(6):
        async with asyncio.TaskGroup() as group:
            job = group.create_task(spawn(spec("stubborn.py"), ears, containment))
            for _ in range(turns):
                await asyncio.sleep(0)
            job.cancel()


async def test_of_many_that_are_started_one_at_a_time_is_not_held_yet(
    spec: Make, ears, containment
) -> None:
    counted = Counted(containment)
    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(spawn(spec("pass"), ears, counted))
    assert counted.unheld == [1, 1, 1, 1]
    await ears.hears(lambda: len(ears.exits) == 4)


class Counted:
    """A containment that counts, at each adoption, the children that are not held yet."""

    def __init__(self, real: Containment) -> None:
        self.births = real.births
        self.unheld: list[int] = []
        self._real = real
        self._expected = 0

    def hold(self) -> Hold:
        self._expected += 1
        hold = self._real.hold()
        adopt = hold.adopt

        def count(pid: int) -> None:
            self.unheld.append(self._expected)
            self._expected -= 1
            adopt(pid)

        hold.adopt = count
        return hold


class Refusing:
    """A containment that lets no process in."""

    def __init__(self, real: Containment) -> None:
        self.births = real.births
        self._hold = real.hold()
        self.pid = 0

    def hold(self) -> "Refusing":
        return self

    @property
    def options(self) -> Mapping[str, object]:
        return self._hold.options

    @property
    def env(self) -> Mapping[str, str]:
        return dict(os.environ)

    def adopt(self, pid: int) -> None:
        self.pid = pid
        raise FleetError("the process cannot be held", "a test", "none")

    def kill(self) -> None:
        raise AssertionError

    def release(self) -> None:
        pass

"""The keeper's own program."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import pytest

if sys.platform == "win32":
    pytest.skip("POSIX", allow_module_level=True)

from core.workers import keeper

pytestmark = pytest.mark.usefixtures("nothing_left")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


def keep(lines: list[bytes], token: str) -> None:
    keeper.keep(lines, token, keeper.Origin(os.getpid()))


@pytest.fixture
def handlers() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def test_groups_left_at_the_end_are_killed(sleeper) -> None:
    keep([b"+%d\n" % sleeper.pid], "nobody")
    assert sleeper.wait(5) == -signal.SIGKILL


def test_a_group_that_was_released_lives_on(sleeper) -> None:
    keep([b"+%d\n" % sleeper.pid, b"-%d\n" % sleeper.pid, b"-1234567\n"], "nobody")
    assert sleeper.poll() is None


def test_half_a_number_is_no_group(sleeper) -> None:
    keep([b"+%d" % sleeper.pid], "nobody")
    assert sleeper.poll() is None


def test_a_group_that_is_gone_already_is_no_error() -> None:
    keep([b"+4194303\n"], "nobody")


@linux_only
def test_a_number_that_was_given_to_another_process_is_left_alone(sleeper) -> None:
    started = keeper.started_at(sleeper.pid)
    assert started is not None
    keeper.kill_group(sleeper.pid, started - 1)
    assert sleeper.poll() is None
    keeper.kill_group(sleeper.pid, started)
    assert sleeper.wait(5) == -signal.SIGKILL


@linux_only
def test_who_carries_the_mark_is_killed(sleeper) -> None:
    assert keeper.marked("token.7.") == (sleeper.pid,)
    keep([], "token.")
    assert sleeper.wait(5) == -signal.SIGKILL
    assert keeper.marked("token.7.") == ()


@linux_only
def test_who_only_mentions_the_mark_is_left_alone() -> None:
    program = [sys.executable, "-c", "input()"]
    others = {**os.environ, "TITLE": "token.7."}
    with subprocess.Popen(program, stdin=subprocess.PIPE, env=others) as mentions:
        keep([], "token.7.")
        mentions.communicate(b"\n", 10)
    assert mentions.returncode == 0


@linux_only
def test_the_hunt_for_one_that_does_not_die_has_an_end(monkeypatch) -> None:
    monkeypatch.setattr(keeper, "marked", lambda token: (4194303,))
    monkeypatch.setattr(keeper, "HUNT_S", 0.05)
    started = time.monotonic()
    keep([], "token")
    assert time.monotonic() - started < 1


@linux_only
def test_a_child_on_its_way_to_exec_is_killed_once_it_has_its_mark(monkeypatch) -> None:
    """The fork of a process that is gone by now: it still looks like that process."""
    program = ["sh", "-c", 'echo; read line; SOLOFLEET_SESSION=token.7. exec "$0"', "cat"]
    start = partial(subprocess.Popen, program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with start() as parent, start() as child, monkeypatch.context() as patch:
        for one in (parent, child):
            assert one.stdout.readline() == b"\n"
        origin = keeper.Origin(parent.pid)
        parent.kill()
        parent.wait()
        way = iter([b"\n"])  # free to go on once the hunt has looked

        def sleep(seconds: float) -> None:
            os.write(child.stdin.fileno(), next(way, b""))

        patch.setattr(keeper.time, "sleep", sleep)
        keeper.hunt("token.", origin)
    assert child.returncode == -signal.SIGKILL


@linux_only
def test_a_child_in_the_midst_of_its_exec_is_waited_for(monkeypatch, sleeper) -> None:
    origin = keeper.Origin(os.getpid())
    read = keeper._read
    empty = iter([b"", b""])  # the environment, asked twice before it is there

    def read_in_exec(pid: int, name: str) -> bytes | None:
        in_exec = pid == sleeper.pid and name == "environ"
        return next(empty, read(pid, name)) if in_exec else read(pid, name)

    monkeypatch.setattr(keeper, "_read", read_in_exec)
    keeper.hunt("token.", origin)
    assert sleeper.wait(5) == -signal.SIGKILL


@linux_only
def test_another_that_was_started_alike_is_not_waited_for(monkeypatch) -> None:
    program = [sys.executable, "-c", "print(flush=True); input()"]
    start = partial(subprocess.Popen, program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with start() as one, start() as other:
        for each in (one, other):
            assert each.stdout.readline() == b"\n"
        origin = keeper.Origin(one.pid)
        assert origin.unborn()
        monkeypatch.setattr(keeper, "YOUNG_S", 0.0)
        assert not origin.unborn()


def test_without_proc_nothing_is_marked_and_no_start_is_known(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(keeper, "_PROC", tmp_path / "proc")
    assert keeper.marked("token") == ()
    assert keeper.started_at(os.getpid()) is None


def test_signals_that_stop_solofleet_do_not_stop_it(monkeypatch, handlers, sleeper) -> None:
    class Pipe(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.raise_signal(number)
            return super().readline(size)

    monkeypatch.setattr(os, "getppid", os.getpid)
    monkeypatch.setattr(sys, "argv", ["keeper.py", "nobody"])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Pipe(b"+%d\n" % sleeper.pid)))
    keeper.main()
    assert sleeper.wait(5) == -signal.SIGKILL


def test_as_a_program_it_starts_quickly_and_outlives_signals(sleeper) -> None:
    command = [sys.executable, "-I", "-S", keeper.__file__, "nobody"]
    alone = ["sh", "-c", '"$@"; exit $?', "sh", *command]  # the processes of tests are all alike
    started = time.monotonic()
    subprocess.run(alone, stdin=subprocess.DEVNULL, check=True)
    assert time.monotonic() - started < 0.5  # about 0.02 s on an idle machine
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"+%d\n" % sleeper.pid)
        process.stdin.close()
        assert process.wait(5) == 0
    assert sleeper.wait(5) == -signal.SIGKILL

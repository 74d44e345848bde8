"""Bytes from a child and its exit, in order and at their time."""

import time
from collections.abc import Callable

import pytest

from core.workers.conversation import PAUSE_S
from core.workers.process import ChildSpec, Exit, spawn

pytestmark = pytest.mark.usefixtures("nothing_left")

Make = Callable[..., ChildSpec]


async def test_both_pipes_are_heard_and_the_exit_comes_last(spec: Make, ears, containment) -> None:
    program = "import os; os.write(1, b'to out'); os.write(2, b'to err'); os._exit(3)"
    child = await spawn(spec(program), ears, containment)
    assert await child.wait() == Exit(code=3, signal=None)
    assert (ears.all("out"), ears.all("err")) == (b"to out", b"to err")
    assert ears.exits == [Exit(3)]


async def test_a_flood_comes_through_complete(spec: Make, ears, containment) -> None:
    program = "import sys; sys.stdout.buffer.write(b'x' * 10_000_000)"
    child = await spawn(spec(program), ears, containment)
    await child.wait()
    assert len(ears.all()) == 10_000_000


async def test_bytes_come_as_they_were_written(spec: Make, ears, containment) -> None:
    program = "import os; os.write(1, b'one\\r\\ntwo\\rthree\\n\\x00\\xff\\x1a'); os._exit(0)"
    child = await spawn(spec(program), ears, containment)
    await child.wait()
    assert ears.all() == b"one\r\ntwo\rthree\n\x00\xff\x1a"


async def test_many_small_writes_cost_few_wake_ups(spec: Make, ears, containment) -> None:
    program = (
        "import os, time\n"
        "for _ in range(300):\n"
        "    os.write(1, b'a small line\\n'); os.write(2, b'another\\n'); time.sleep(0.001)"
    )
    started = time.monotonic()
    child = await spawn(spec(program), ears, containment)
    await child.wait()
    pauses = (time.monotonic() - started) / PAUSE_S
    assert ears.all("out") == b"a small line\n" * 300
    assert ears.all("err") == b"another\n" * 300
    assert len(ears.said) <= 4 * pauses  # 600 without them, in half a second


async def test_a_grandchild_that_holds_the_pipes_delays_the_exit_for_a_second_only(
    spec: Make, ears, containment, are_gone
) -> None:
    program = (
        "import subprocess, sys\n"
        "held = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'])\n"
        "print(held.pid, flush=True)"
    )
    child = await spawn(spec(program), ears, containment)
    pid = int(await ears.hears_line())
    started = time.monotonic()
    assert await child.wait() == Exit(0)
    assert time.monotonic() - started < 3
    assert ears.exits == [Exit(0)]
    assert are_gone([pid])


async def test_a_grandchild_that_floods_the_pipe_is_cut_off_after_a_second(
    spec: Make, ears, containment
) -> None:
    flood = (
        "import sys\n"
        "print('flood', flush=True)\n"
        "print('it runs', file=sys.stderr, flush=True)\n"
        "while 1: print('flood' * 1000)"
    )
    program = (
        "import os, subprocess, sys\n"
        f"flood = subprocess.Popen([sys.executable, '-c', {flood!r}], stderr=subprocess.PIPE)\n"
        "flood.stderr.readline()\n"
        "os._exit(5)"
    )
    child = await spawn(spec(program), ears, containment)
    assert await child.wait() == Exit(5)
    assert b"flood" in ears.all()
    child._conversation.pipe_data_received(1, b"what the loop still had in hand")

"""An exception raised in the main thread on behalf of another one."""

import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType

import pytest


class Struck(Exception):
    pass


@pytest.fixture
def module(inside: Callable[[str], ModuleType]) -> Iterator[ModuleType]:
    loaded = inside("interrupt")
    before = signal.getsignal(loaded.SIGNAL)
    yield loaded
    signal.signal(loaded.SIGNAL, before)


def wait_in_socket() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.recv(1)


def wait_for_subprocess() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"]) as child:
        try:
            child.wait()
        finally:
            child.kill()


def wait_for_lock() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


WAITS: list[Callable[[], object]] = [lambda: time.sleep(30)]
if sys.platform != "win32":
    WAITS += [
        wait_in_socket,
        wait_for_subprocess,
        wait_for_lock,
        lambda: queue.Queue[int]().get(),
        lambda: threading.Event().wait(),
    ]


@pytest.mark.parametrize("wait", WAITS)
def test_it_ends_a_wait(module: ModuleType, wait: Callable[[], object]) -> None:
    interrupt = module.Interrupt(lambda frame: Struck())
    interrupt.install()
    threading.Timer(0.1, interrupt.knock).start()
    with pytest.raises(Struck):
        wait()


def test_it_ends_a_loop_of_python_code(module: ModuleType) -> None:
    interrupt = module.Interrupt(lambda frame: Struck())
    interrupt.install()
    threading.Timer(0.1, interrupt.knock).start()
    with pytest.raises(Struck):
        while True:
            pass


def test_who_is_asked_sees_where_the_main_thread_is_and_may_decline(module: ModuleType) -> None:
    asked: list[FrameType] = []

    def choose(frame: FrameType) -> Exception | None:
        asked.append(frame)
        return Struck() if len(asked) == 3 else None

    interrupt = module.Interrupt(choose)
    interrupt.install()
    over = threading.Event()

    def knock_until_it_opens() -> None:
        while not over.wait(0.02):
            interrupt.knock()

    thread = threading.Thread(target=knock_until_it_opens)
    thread.start()
    with pytest.raises(Struck):
        time.sleep(30)
    over.set()
    thread.join()
    names = {frame.f_code.co_name for frame in asked[:3]}
    assert "test_who_is_asked_sees_where_the_main_thread_is_and_may_decline" in names


def test_a_signal_of_somebody_else_goes_to_the_handler_before(module: ModuleType) -> None:
    heard: list[int] = []
    signal.signal(module.SIGNAL, lambda number, frame: heard.append(number))
    interrupt = module.Interrupt(lambda frame: Struck())
    interrupt.install()
    signal.raise_signal(module.SIGNAL)
    assert heard == [module.SIGNAL]

"""Records leave in order, together where that is cheaper, and none is held for long."""

import json
import os
import threading
from collections.abc import Callable
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


def lines(fd: int) -> list[dict[str, object]]:
    return [json.loads(line) for line in os.read(fd, 1 << 16).splitlines()]


@pytest.fixture
def pipe() -> tuple[int, int]:
    return os.pipe()


def test_what_is_kept_leaves_before_what_is_said(inside: Load, pipe: tuple[int, int]) -> None:
    channel = inside("channel").Channel(pipe[1])
    channel.keep('{"kind":"first"}')
    channel.say("second", answer=42)
    first, second = lines(pipe[0])
    assert first == {"kind": "first"}
    assert (second["kind"], second["answer"]) == ("second", 42)
    assert second["t"]


def test_what_is_kept_leaves_by_itself_after_a_moment(inside: Load, pipe: tuple[int, int]) -> None:
    channel = inside("channel").Channel(pipe[1])
    channel.keep('{"kind":"alone"}')
    assert lines(pipe[0]) == [{"kind": "alone"}]


def test_a_value_that_is_no_json_is_told_by_its_repr(inside: Load, pipe: tuple[int, int]) -> None:
    inside("channel").Channel(pipe[1]).say("odd", value={1, 2}.__class__)
    assert lines(pipe[0])[0]["value"] == "<class 'set'>"


def test_lines_of_many_threads_stay_whole(inside: Load, pipe: tuple[int, int]) -> None:
    channel = inside("channel").Channel(pipe[1])
    text = "x" * 300
    threads = [
        threading.Thread(target=lambda: [channel.say("n", text=text) for _ in range(20)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    data = b""
    while data.count(b"\n") < 80:
        data += os.read(pipe[0], 1 << 16)
    for thread in threads:
        thread.join()
    assert all(json.loads(line)["text"] == text for line in data.splitlines())


def test_commands_come_one_by_one_and_blank_lines_are_passed_over(inside: Load) -> None:
    stream = [b'{"kind":"stop"}\n', b"\n", '{"kind":"ä"}\n'.encode()]
    commands = inside("channel").commands_in(iter(stream))
    assert [command["kind"] for command in commands] == ["stop", "ä"]

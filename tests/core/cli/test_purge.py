"""What is shown before a queue is emptied, and who may do it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.bridge.queues import Queue
from core.bridge.workers import WorkerSeen
from core.cli.arguments import Arguments
from core.cli.purge import confirm, purge_lines, refuse_unsaved, restoring
from core.errors import USAGE, FleetError

URL = "redis://:**@far:6379/0"
QUEUE = Queue("q", True, True, 12_345, ((0, 12_300), (3, 0), (6, 45), (9, 0)), 0, None, (), None)
WORKERS = (
    WorkerSeen("w1@box", "box", "ours", queues=("celery", "q")),
    WorkerSeen("w2@box", "box", "here", queues=("q",)),
    WorkerSeen("celery@render", "render", "elsewhere", queues=("q",)),
    WorkerSeen("other@render", "render", "elsewhere", queues=("r",)),
    WorkerSeen("silent@box", "box", "here", silent="busy"),
)
NAMES = [[f"shop.task{n}", 1000 - n] for n in range(6)]


def text(queue: Queue = QUEUE, workers: tuple[WorkerSeen, ...] = WORKERS, **told: Any) -> str:
    what = {"names": NAMES, "looked_into": 10_000, **told}
    return "".join(f"{line}\n" for line in purge_lines(URL, queue, what, workers))


def test_what_is_about_to_go_is_told_with_the_foreign_workers(
    golden: Callable[[str, str], None],
) -> None:
    golden("purge.txt", text())


def test_one_list_and_few_tasks_take_little_room() -> None:
    shown = text(
        replace(QUEUE, waiting=2, priorities=((0, 2), (3, 0))),
        (),
        names=[["shop.add", 1], [None, 1]],
        looked_into=2,
    )
    assert shown == (
        f"broker    {URL}\n"
        "queue     q: 2 messages waiting\n"
        "                1  shop.add\n"
        "                1  of a task whose name cannot be told\n"
        "taken by  nobody who answers\n"
    )


def test_the_name_of_the_queue_is_the_yes() -> None:
    asked: list[str] = []
    confirm("q", lambda text: asked.append(text) or "q")
    assert asked == ["To purge it, type its name, q:"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [("y", "'y' is not its name"), ("", "'' is not its name"), (None, "nobody to type its name")],
)
def test_anything_else_is_a_no(typed: str | None, why: str) -> None:
    with pytest.raises(FleetError, match="q was not purged") as caught:
        confirm("q", lambda text: typed)
    assert why in caught.value.why
    assert caught.value.exit_code == USAGE


def test_what_cannot_be_saved_is_not_purged() -> None:
    refuse_unsaved(QUEUE, URL, "proj")
    with pytest.raises(FleetError) as caught:
        refuse_unsaved(replace(QUEUE, priorities=None), "amqp://far", "proj")
    assert caught.value.fix.endswith("celery -A proj purge -Q q")
    assert caught.value.exit_code == USAGE


def test_the_way_back_is_for_the_same_app_and_broker() -> None:
    typed = Arguments("purge", "shop", app="a:b", python="py", broker="redis://h/1")
    same = ("-A", "a:b", "--python", "py", "--broker", "redis://h/1")
    file = Path("saved.jsonl")
    assert restoring(typed, file) == ("solofleet", "restore", "shop", "saved.jsonl", *same)


def test_no_password_stands_in_it() -> None:
    typed = Arguments("purge", broker="redis://:hush@h/1")
    assert restoring(typed, Path("f")) == ("solofleet", "restore", ".", "f")

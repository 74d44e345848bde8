from datetime import datetime

from core.logs.entry import Entry, parse
from core.logs.level import Level

ID = "8a8d4c1e-6c1b-4c0a-9d2d-0c6a4b0e7f11"
HEAD = "[2024-05-01 12:00:00,123: ERROR/ForkPoolWorker-1] "


def read(text: str) -> list[Entry]:
    entries: list[Entry] = []
    for line in text.splitlines():
        entries.append(parse(line, entries[-1] if entries else None))
    return entries


def test_level_time_and_process_stand_in_front() -> None:
    assert parse("[2024-05-01 12:00:00,123: INFO/MainProcess] celery@host ready.") == Entry(
        message="celery@host ready.",
        level=Level.INFO,
        at=datetime(2024, 5, 1, 12, 0, 0, 123_000),
        process="MainProcess",
    )


def test_the_worker_names_the_task_it_speaks_of() -> None:
    entry = parse(f"{HEAD}Task shop.tasks.add[{ID}] received")
    assert (entry.task_name, entry.task_id) == ("shop.tasks.add", ID)
    assert entry.message == f"Task shop.tasks.add[{ID}] received"


def test_a_task_logger_puts_the_task_before_its_message() -> None:
    entry = parse(f"{HEAD}shop:add[{ID}]: adding 1")
    assert (entry.task_name, entry.task_id) == ("shop:add", ID)


def test_brackets_in_a_message_are_no_task() -> None:
    for message in ("items[3] is bad", "Tasks[1] x", "Task add", "[2] x"):
        assert parse(HEAD + message).task_id is None


def test_colours_in_front_do_not_hide_the_level() -> None:
    assert parse("\x1b[31;1m" + HEAD + "text\x1b[0m").level is Level.ERROR


def test_a_print_says_nothing_of_itself() -> None:
    assert parse("hello") == Entry("hello")
    assert parse("") == Entry("")
    assert parse("  hello", Entry("printed before")) == Entry("  hello")


def test_a_traceback_belongs_to_the_line_above_it() -> None:
    entries = read(
        f"{HEAD}Task t[{ID}] raised unexpected: ValueError('x')\n"
        "Traceback (most recent call last):\n"
        '  File "a.py", line 1, in f\n'
        "    raise KeyError\n"
        "KeyError\n"
        "\n"
        "During handling of the above exception, another exception occurred:\n"
        "\n"
        "Traceback (most recent call last):\n"
        '  File "a.py", line 3, in f\n'
        "shop.errors.Bad: x\n"
        "printed afterwards: 1"
    )
    assert [entry.continues for entry in entries] == [False] + [True] * 10 + [False]
    assert {entry.task_id for entry in entries[:-1]} == {ID}
    assert entries[-1] == Entry("printed afterwards: 1")

"""Lines of Render as a worker here would have printed them."""

from datetime import UTC, datetime, timedelta

import pytest

from core.logs.entry import parse
from core.logs.level import Level
from core.logs.store import LogStore
from core.render.api.event import Event
from core.render.api.log_line import LogLine
from core.render.api.retelling import Retelling, say, tell_event

AT = datetime(2026, 11, 20, 10, 0, 1, 250_000, UTC)
LOCAL = AT.astimezone().replace(tzinfo=None)


def line(
    message: str, level: str = "info", instance: str = "srv-1-a1", type: str = "app"
) -> LogLine:
    return LogLine("log-1", AT, message, "srv-1", instance, level, type)


def told(*lines: LogLine) -> list[str]:
    retelling = Retelling()
    return b"".join(retelling.tell(each) for each in lines).decode().splitlines()


def test_the_time_of_celerys_header_becomes_that_of_this_machine() -> None:
    (text,) = told(line("[2026-11-20 10:00:01,249: WARNING/ForkPoolWorker-2] slow"))
    entry = parse(text)
    assert (entry.at, entry.level, entry.message) == (LOCAL, Level.WARNING, "slow")
    assert entry.process == "ForkPoolWorker-2"


def test_a_line_without_a_header_gets_one_with_render_s_level_and_instance() -> None:
    (text,) = told(line("out of ideas", "error"))
    entry = parse(text)
    assert (entry.at, entry.level, entry.message) == (LOCAL, Level.ERROR, "out of ideas")
    assert entry.process == "a1"


@pytest.mark.parametrize("level", ["", "unheard-of"])
def test_a_level_that_nobody_knows_is_information(level: str) -> None:
    (text,) = told(line("well", level, type="build"))
    assert (parse(text).level, parse(text).process) == (Level.INFO, "build")


def test_a_traceback_stays_one_record_also_when_another_instance_prints_between() -> None:
    lines = told(
        line("[2026-11-20 10:00:01,249: ERROR/MainProcess] failed"),
        line("Traceback (most recent call last):"),
        line("hello", instance="srv-1-b2"),
        line('  File "app.py", line 1, in f'),
        line("ValueError: no"),
        line("next"),
    )
    assert [text.startswith("[") for text in lines] == [True, False, True, False, False, True]
    store = LogStore()
    store.append("".join(f"{text}\n" for text in lines if "hello" not in text).encode())
    assert store.counts[Level.ERROR] == 1


def test_a_message_of_several_lines_is_one_record() -> None:
    lines = told(line("first\n  second"), line("third"))
    assert [text.startswith("[") for text in lines] == [True, False, True]


def test_without_a_time_nothing_is_added() -> None:
    made = LogLine("", None, "bare", "srv-1", "", "", "")
    assert told(made) == ["bare"]


def test_events_and_words_of_our_own_are_lines_too() -> None:
    read = Event.read(
        {
            "id": "evt-1",
            "type": "server_failed",
            "timestamp": AT.isoformat(),
            "details": {"reason": {"oomKilled": {"memoryLimit": "512Mi"}}},
        }
    )
    entry = parse(tell_event(read).decode().rstrip())
    assert (entry.level, entry.at) == (Level.ERROR, LOCAL)
    assert "out of memory: more than 512Mi" in entry.message
    now = parse(say(None, "connected").decode().rstrip()).at
    assert now is not None
    assert abs(now - datetime.now()) < timedelta(minutes=1)

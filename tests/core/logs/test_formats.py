"""Lines as loggers write them: which level and time each tells, and what its message is."""

from datetime import UTC, datetime

import pytest

from core.logs.formats import level_of, read_header
from core.logs.level import Level

DEBUG, INFO, WARNING, ERROR, CRITICAL = list(Level)[1:]
ID = "8a8d4c1e-6c1b-4c0a-9d2d-0c6a4b0e7f11"
DAY = "2026-11-25 20:59:42"
AT = datetime(2026, 11, 25, 20, 59, 42)
MS = AT.replace(microsecond=342_000)


def local(at: datetime) -> datetime:
    """The same instant as this machine's clocks show it."""
    return at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


CELERY = [
    (f"[{DAY},342: INFO/MainProcess] w1@box ready.", INFO, MS, "w1@box ready."),
    (f"[{DAY},342: WARNING/ForkPoolWorker-1] a print", WARNING, MS, "a print"),
    (f"[{DAY},342: CRITICAL/MainProcess] Unrecoverable", CRITICAL, MS, "Unrecoverable"),
    (f"[{DAY},342: DEBUG/MainProcess] | Worker: Hub", DEBUG, MS, "| Worker: Hub"),
    (f"[{DAY},342: AUDIT/MainProcess] own level", Level.OTHER, MS, "own level"),
    (f"\x1b[1;31m[{DAY},342: ERROR/MainProcess] red\x1b[0m", ERROR, MS, "red"),
    (f"[{DAY},342: INFO/MainProcess] ", INFO, MS, ""),
]
ASCTIME = [  # %(asctime)s %(levelname)s %(message)s, and its many relatives
    (f"{DAY},342 INFO text", INFO, MS, "text"),
    (f"{DAY},342 WARNING: text", WARNING, MS, "text"),
    (f"{DAY},342 - ERROR - text", ERROR, MS, "text"),
    (f"{DAY},342 - shop.views - ERROR - text", ERROR, MS, "text"),
    (f"{DAY},342 - shop - 4711 - DEBUG - text", DEBUG, MS, "text"),
    (f"{DAY},342 [INFO] shop: text", INFO, MS, "shop: text"),
    (f"{DAY},342 [MainThread] [WARNING] text", WARNING, MS, "text"),
    (f"{DAY},342 shop.tasks INFO text", INFO, MS, "text"),
    (f"[{DAY},342] INFO in tasks: text", INFO, MS, "in tasks: text"),  # Flask
    (f"{DAY} ERROR text", ERROR, AT, "text"),
    (f"{DAY}|INFO|shop|text", INFO, AT, "shop|text"),
    (f"{DAY},342 4711 INFO text", INFO, MS, "text"),
    (f"2026/11/25 20:59:42 INFO text", INFO, AT, "text"),  # noqa: F541
    (f"({DAY}) INFO text", INFO, AT, "text"),
]
BASIC = [  # logging.basicConfig
    ("INFO:root:text", INFO, None, "root:text"),
    ("ERROR:shop.tasks:text", ERROR, None, "shop.tasks:text"),
    ("CRITICAL: text", CRITICAL, None, "text"),
]
UVICORN = [
    ("INFO:     127.0.0.1:51234 - GET / 200", INFO, None, "127.0.0.1:51234 - GET / 200"),
    ("\x1b[33mWARNING\x1b[0m:  text", WARNING, None, "text"),
]
BRACKETS = [
    ("[INFO] text", INFO, None, "text"),
    ("[WARNING ] text", WARNING, None, "text"),
    ("[error] text", ERROR, None, "text"),
    ("[INFO/MainProcess] child process calling self.run()", INFO, None, None),  # multiprocessing
]
DJANGO = [
    (f"INFO {DAY},342 views 4711 1407 text", INFO, MS, "views 4711 1407 text"),
    (f"ERROR [{DAY}] text", ERROR, AT, "text"),
    ("INFO  [alembic.runtime.migration] text", INFO, None, "[alembic.runtime.migration] text"),
]
LOGURU = [
    (f"{DAY}.342 | INFO     | shop.tasks:add:12 - text", INFO, MS, "shop.tasks:add:12 - text"),
    (f"{DAY}.342 | SUCCESS  | shop:add:1 - text", INFO, MS, "shop:add:1 - text"),
    (
        f"\x1b[32m{DAY}.342\x1b[0m | \x1b[31m\x1b[1mERROR   \x1b[0m | \x1b[36mshop\x1b[0m - text",
        ERROR,
        MS,
        "shop - text",
    ),
]
STRUCTLOG = [
    (f"{DAY} [info     ] text      page=3", INFO, AT, "text      page=3"),
    (f"2026-11-25T20:59:42.342000Z [warning  ] text", WARNING, local(MS), "text"),  # noqa: F541
    (f"\x1b[2m{DAY}\x1b[0m [\x1b[31m\x1b[1merror    \x1b[0m] text", ERROR, AT, "text"),
]
RICH = [
    ("[11/25/26 20:59:42] INFO     text", INFO, None, "text"),
    ("20:59:42 ERROR text", ERROR, None, "text"),
]
LOGFMT = [
    ("level=info msg=text", INFO, None, "msg=text"),
    (f"time=2026-11-25T20:59:42 level=error msg=x", ERROR, AT, "msg=x"),  # noqa: F541
    ('ts="2026-11-25 20:59:42" app=shop lvl=WARN msg=x', WARNING, AT, "msg=x"),
]
JSON = [
    ('{"level": "info", "timestamp": "2026-11-25T20:59:42", "event": "text"}', INFO, AT, "text"),
    (
        '{"levelname": "ERROR", "asctime": "2026-11-25 20:59:42,342", "message": "x"}',
        ERROR,
        MS,
        "x",
    ),
    ('{"severity":"WARNING","message":"x"}', WARNING, None, "x"),
    (
        '{"text": "formatted", "record": {"level": {"name": "INFO", "no": 20}, "message": "x",'
        f' "time": {{"timestamp": {MS.timestamp()}}}}}}}',
        INFO,
        MS,
        "x",
    ),
    ('{"level": "info", "time": "yesterday", "msg": 3}', INFO, None, None),
]
RECORDS = [
    *(CELERY + ASCTIME + BASIC + UVICORN + BRACKETS + DJANGO),
    *(LOGURU + STRUCTLOG + RICH + LOGFMT + JSON),
]

# No format puts a level there: better none than a wrong one.
NO_RECORDS = [
    "",
    "hello",
    "ERROR",
    "ERROR in the third column",
    "Error: no such file",
    "INFORMATION: text",
    "an ERROR: text",
    "  INFO: indented",
    "[3] is bad",
    "[INFORMAL] text",
    "ValueError: x",
    "warning: lower case is an ordinary word",
    "Traceback (most recent call last):",
    '  File "a.py", line 1, in f',
    "level of the sea=info",
    "{'level': 'info'}",
    '{"level": 30, "msg": "pino"}',
    '{"user": {"level": "error"}}',
    '{"level": "info"',
    "[1, 2, 3]",
    "https://example.com/INFO: text",
]


@pytest.mark.parametrize(("line", "level", "at", "message"), RECORDS)
def test_a_record_tells_its_level_time_and_message(
    line: str, level: Level, at: datetime | None, message: str | None
) -> None:
    header = read_header(line)
    assert header
    assert (header.level, header.at) == (level, at)
    assert message is None or header.message == message
    assert level_of(line) is level


@pytest.mark.parametrize("line", NO_RECORDS)
def test_what_looks_like_no_format_has_no_level(line: str) -> None:
    assert read_header(line) is None
    assert level_of(line) is None


@pytest.mark.parametrize(
    "line",
    [f"{DAY},342 text", f"{DAY} the user saw an ERROR page", f"[{DAY}] handling ERROR pages"],
)
def test_a_time_without_level_is_a_time(line: str) -> None:
    header = read_header(line)
    assert header
    assert (header.level, header.at and header.at.replace(microsecond=0)) == (Level.OTHER, AT)


@pytest.mark.parametrize(
    "head", [f"[{DAY},342: INFO/MainProcess] ", f"{DAY},342 INFO ", "INFO: ", f"{DAY} [info ] "]
)
def test_the_task_is_told_in_every_format(head: str) -> None:
    for message in (f"Task shop.add[{ID}] received", f"shop.add[{ID}]: adding"):
        header = read_header(head + message)
        assert header
        assert (header.task_name, header.task_id) == ("shop.add", ID)


def test_a_json_record_may_name_its_task() -> None:
    header = read_header('{"level": "info", "event": "x", "task_id": "a", "task_name": "shop.add"}')
    assert header
    assert (header.task_name, header.task_id) == ("shop.add", "a")


@pytest.mark.parametrize("line", ["[" * 100_000, "{" * 100_000, '{"a":' * 100_000, "x |" * 50_000])
def test_a_hostile_line_is_no_record(line: str) -> None:
    assert level_of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        '{"level": "INFO", "time": "0001-01-01T00:00:00+14:00", "message": "Go has no time"}',
        '{"level": "INFO", "time": "9999-12-31T23:59:59-14:00"}',
        "0001-01-01T00:00:00+14:00 INFO nor has this one",
        "[2026-99-99 99:99:99,999: INFO/MainProcess] a bad day",
    ],
)
def test_a_time_that_cannot_be_is_none(line: str) -> None:
    assert level_of(line) is INFO
    header = read_header(line)
    assert header is not None and header.at is None

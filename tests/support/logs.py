"""Logs as workers print them, for tests of what shows them."""

from core.logs.store import LogStore

ID = "17f2aa04-55c1-4f0a-9d1e-0a1b2c3d4e5f"
OTHER_ID = "88ad90c1-55c1-4f0a-9d1e-0a1b2c3d4e5f"
TRACEBACK = (
    "Traceback (most recent call last):\n"
    '  File "C:\\venv\\celery\\app\\trace.py", line 453, in trace_task\n'
    "    R = retval = fun(*args, **kwargs)\n"
    '  File "app\\stock.py", line 88, in recount\n'
    '    total += row["sku"]\n'
    "KeyError: 'sku'\n"
)
"""Six lines, which belong to the line before them."""


def printed(text: str, level: str = "INFO", at: str = "21:42:49,101") -> str:
    """A line of Celery's own format."""
    return f"[2026-11-25 {at}: {level}/MainProcess] {text}\n"


def failed(at: str = "21:42:59,400") -> str:
    """A task's failure with its traceback: seven lines."""
    text = f"Task stock.recount[{ID}] raised unexpected: KeyError('sku')"
    return printed(text, "ERROR", at) + TRACEBACK


def numbered(start: int, end: int) -> str:
    """Lines that say their number, a millisecond apart."""
    return "".join(
        printed(f"line {n}", at=f"21:{n // 60000:02}:{n // 1000 % 60:02},{n % 1000:03}")
        for n in range(start, end)
    )


def store_of(*texts: str, max_lines: int = 200_000) -> LogStore:
    """A store with these blocks."""
    store = LogStore(max_lines=max_lines)
    for text in texts:
        store.append(text.encode())
    return store

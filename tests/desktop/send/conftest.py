"""Results to show: of three tasks one waits, one succeeded, one failed."""

import pytest
from pytestqt.qtbot import QtBot

from core.tasks.facts import Failed, Started, Succeeded
from core.tasks.ledger import Ledger
from desktop.send.result_rows import ResultRows

NODE = "worker1@box"


@pytest.fixture
def rows(qtbot: QtBot) -> ResultRows:
    """`waits`, `fails` and `succeeds`, from the top."""
    ledger = Ledger()
    rows = ResultRows(ledger.task, lambda name: int(name[6]), lambda: 9.0)
    ids = ("succeeds", "fails", "waits")
    rows.add(ids)
    ledger.sent(ids, "add", 0.0)
    for task_id in ids[:2]:
        ledger.apply(NODE, 1, Started(1.0, task_id, "add"), 1.0)
    ledger.apply(NODE, 1, Succeeded(2.0, "succeeds", "add", 1.0, "3", None, None, False), 2.0)
    ledger.apply(NODE, 1, Failed(3.0, "fails", "add", 2.0, "ValueError('x')", None, None), 3.0)
    rows.take(ids)
    return rows

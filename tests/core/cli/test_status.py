"""Which workers answer."""

import json

import pytest

from core.bridge.workers import BUSY, WorkerSeen
from core.cli.status import show_status
from core.errors import DONE, UNAVAILABLE, FleetError
from tests.support.screen import Screen

ONLINE = WorkerSeen("w1@box", "box", "here")
SILENT = WorkerSeen("w2@box", "box", "here", silent=BUSY)


def test_who_answers_is_ok_and_who_does_not_is_told_why() -> None:
    screen = Screen()
    assert show_status((ONLINE, SILENT), "proj", screen.terminal, as_document=False) == DONE
    first, second, *why, last = screen.out.splitlines()
    assert (first, second, last) == ("w1@box: OK", "w2@box: silent", "1 worker online")
    assert " ".join(" ".join(why).split()) == BUSY


def test_nobody_is_an_error() -> None:
    screen = Screen()
    with pytest.raises(FleetError, match="no worker answers") as caught:
        show_status((SILENT,), "proj", screen.terminal, as_document=False)
    assert caught.value.exit_code == UNAVAILABLE


@pytest.mark.parametrize(("workers", "code"), [((ONLINE, SILENT), DONE), ((SILENT,), UNAVAILABLE)])
def test_programs_get_one_document_and_the_code(workers: tuple[WorkerSeen, ...], code: int) -> None:
    screen = Screen()
    assert show_status(workers, "proj", screen.terminal, as_document=True) == code
    online = ["w1@box"] if ONLINE in workers else []
    assert json.loads(screen.out) == {
        "kind": "status",
        "online": online,
        "silent": {"w2@box": BUSY},
    }

"""Which rows can be seen in a browser, and where."""

from pathlib import Path

import pytest

from core.rows.address import address_of
from core.rows.readiness import HttpAnswers, PortListens, Readiness, UpFor
from core.rows.row import RowSpec


def row(name: str, command: str, ready: Readiness) -> RowSpec:
    return RowSpec(name, tuple(command.split()), Path(), ready=ready)


@pytest.mark.parametrize(
    ("name", "command", "ready"),
    [
        ("api", "python serve.py", HttpAnswers(8000, "/healthz")),
        ("web", "python serve.py", PortListens(8000)),
        ("api", "uvicorn main:app --port 8000", PortListens(8000)),
        ("api", "python -m uvicorn main:app --port 8000", PortListens(8000)),
        ("api", "python manage.py runserver 8000", PortListens(8000)),
        ("watch", "celery -A shop flower --port=8000", PortListens(8000)),
    ],
)
def test_a_web_server_is_seen_at_its_port(name: str, command: str, ready: Readiness) -> None:
    assert address_of(row(name, command, ready)) == "http://localhost:8000/"


@pytest.mark.parametrize("ready", [PortListens(6379), UpFor()])
def test_what_is_no_web_server_is_seen_nowhere(ready: Readiness) -> None:
    assert address_of(row("cache", "redis-server --port 6379", ready)) is None


def test_one_that_tells_its_address_is_seen_there() -> None:
    url = "http://127.0.0.1:5555/watch/"
    flower = RowSpec("flower", ("celery",), Path(), ready=HttpAnswers(5555, "/x"), url=url)
    assert address_of(flower) == url

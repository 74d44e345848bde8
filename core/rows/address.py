"""Where a row is to be seen in a browser."""

from typing import Final

from core.rows.celery import command_of
from core.rows.readiness import HttpAnswers, PortListens
from core.rows.row import RowSpec

_NAMES: Final = ("web", "flower")
_SERVERS: Final = frozenset(
    {"uvicorn", "gunicorn", "hypercorn", "granian", "daphne", "waitress", "waitress-serve"}
    | {"flask", "fastapi", "runserver", "http.server", "streamlit"}
)


def address_of(row: RowSpec) -> str | None:
    """Its URL on this machine; None for a row that is no web server as far as is known.

    A path that is asked to see whether it is ready is seldom what a person wants to see.
    """
    if row.url is not None:
        return row.url
    match row.ready:
        case HttpAnswers(port=port):
            return _url(port)
        case PortListens(port=port) if _is_web(row):
            return _url(port)
        case _:
            return None


def _is_web(row: RowSpec) -> bool:
    return (
        row.name in _NAMES
        or command_of(row.argv) == "flower"
        or any(word.removesuffix(".exe") in _SERVERS for word in row.argv)
    )


def _url(port: int) -> str:
    return f"http://localhost:{port}/"

"""What is wrong with a value that is deployed as it is written down.

The one place that knows: the list of variables, the Blueprint and the preflight ask it. Pure; no
text of it holds the value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

_ADDRESS: Final = re.compile(r"URL|URI|BROKER|BACKEND|DSN", re.IGNORECASE)
_OF_CELERY: Final = re.compile(r"CELERY|BROKER|RESULT_BACKEND|REDIS_URL", re.IGNORECASE)
_REFERENCE: Final = re.compile(
    r"(?P<braced>\$\{\w+)(?::-[^}]*)?\}|^\s*(?P<whole>\$\w+|%\w+%|\{\{\s*\w+\s*\}\})\s*$"
    r"|(?:://|@|:)(?P<inside>\$\w+|%\w+%)(?=[@:/]|$)"
)
_HERE: Final = re.compile(
    r"(?:^|://|@)(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?=[:/?\s,]|$)"
)
_HOST_OF: Final = re.compile(
    r"(?:REDIS|BROKER|CELERY|RABBIT|AMQP|DB|DATABASE|PG|POSTGRES|MYSQL|MONGO|CACHE)\w*HOST",
    re.IGNORECASE,
)
_WHO_MAY: Final = re.compile(r"ORIGIN|CORS|CSRF|ALLOWED|TRUSTED", re.IGNORECASE)
"""Names of variables that say who may come, and not where to go."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault. `what` goes on after the name of the variable. `sure`: Celery will stumble."""

    rule: Literal["literal", "localhost", "rediss"]
    sure: bool
    what: str
    why: str
    fix: str


def wrongs(name: str, text: str) -> Iterator[Wrong]:
    """All that is wrong with the value of this variable."""
    if reference := reference_in(text):
        yield Wrong(
            "literal",
            _ADDRESS.search(name) is not None,
            f"is written with {reference}",
            "Render expands nothing: the program gets these very letters",
            "write the value itself, take it by fromService, or let the code put it together",
        )
    if host := host_here(name, text):
        yield Wrong(
            "localhost",
            True,
            f"leads to {host}",
            "on Render nothing listens there",
            "there, take the address of the service: fromService, or its internal address",
        )
    if lacks_cert_reqs(text):
        yield Wrong(
            "rediss",
            _OF_CELERY.search(name) is not None,
            "is rediss:// without ssl_cert_reqs",
            "Celery's result backend refuses it with a ValueError; the broker checks nothing",
            "end it with ?ssl_cert_reqs=required: kombu, Celery and redis-py take that",
        )


def reference_in(text: str) -> str | None:
    """A reference such as `${REDIS_URL}`, without the default that may stand in it."""
    if (found := _REFERENCE.search(text)) is None:
        return None
    braced = found["braced"]
    return f"{braced}}}" if braced else found["whole"] or found["inside"]


def host_here(name: str, text: str) -> str | None:
    """The host, where an address leads to the machine that the program runs on.

    A bare name may be what a server listens on, or no address at all: the variable's name tells.
    """
    found = None if _WHO_MAY.search(name) else _HERE.search(text)
    if found and (found.start(1) > 0 or _ADDRESS.search(name) or _HOST_OF.search(name)):
        return found[1]
    return None


def lacks_cert_reqs(text: str) -> bool:
    """Whether it asks for TLS, and does not say how certificates are checked."""
    return text.strip().startswith("rediss://") and "ssl_cert_reqs=" not in text

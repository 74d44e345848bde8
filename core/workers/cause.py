"""The likely cause of a process's end, guessed from its last lines."""

import re
from collections.abc import Callable, Sequence
from typing import Final

_LINES: Final = 30
_TRACEBACK: Final = "Traceback (most recent call last)"
_EXCEPTION: Final = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:: .+)?")


def likely_cause(last_lines: Sequence[str]) -> str | None:
    """The cause that the last of the lines to say something gives; None when none does.

    Errors that are frequent have their own words; else it is the last line of a traceback,
    when nothing came after it.
    """
    lines = [line.rstrip() for line in last_lines[-_LINES:] if line.strip()]
    for line in reversed(lines):
        for pattern, say in _CAUSES:
            if found := pattern.search(line):
                return say(found)
    if lines and _EXCEPTION.fullmatch(lines[-1]) and any(_TRACEBACK in line for line in lines):
        return lines[-1]
    return None


_Say = Callable[[re.Match[str]], str]


def _fixed(text: str) -> _Say:
    return lambda found: text


def _with_group(text: str) -> _Say:
    return lambda found: text.format(found[1])


# Searched in each of the last lines, from the last one upwards; within a line the first that
# fits wins. So the special stands above the general. Messages: CPython 3.8-3.13, Celery
# 5.2-5.7 (`celery/bin/celery.py`, `celery/platforms.py`), redis-py 4-8, POSIX and Winsock.
_CAUSES: Final[tuple[tuple[re.Pattern[str], _Say], ...]] = tuple(
    (re.compile(pattern), say)
    for pattern, say in (
        (
            r"No module named '?([\w.]+)'?",
            _with_group("the module {0} is not installed in its Python, or not on its path"),
        ),
        (
            r"The module ([\w.:]+) was not found",
            _with_group("{0} was not found: not in its working directory, nor installed"),
        ),
        (
            r"Module '([\w.]+)' has no attribute 'celery'",
            _with_group("no Celery app was found in the module {0}: name it as module:attribute"),
        ),
        (
            r"Unable to load celery application",
            _fixed("the Celery app could not be loaded: check its name and the working directory"),
        ),
        (
            r"ImportError: (DLL load failed.*)",
            _with_group("a compiled library does not fit: {0}"),
        ),
        (r"ImportError: (cannot import name .*)", _with_group("an import failed: {0}")),
        (
            r"Received unregistered task of type '?([\w.]+)",
            _with_group("the task {0} is not known to it: not imported, or older code runs"),
        ),
        (
            r"not enough values to unpack \(expected 3, got 0\)|worker task registry is empty",
            _fixed("the prefork pool does not run on Windows with this Celery: use solo"),
        ),
        (
            r"serialized with pickle is a very bad idea|C_FORCE_ROOT",
            _fixed("Celery refuses to run as root while it accepts pickle"),
        ),
        (
            r"(?i)address already in use|WinError 10048|Only one usage of each socket address",
            _fixed("its port is in use by another program"),
        ),
        (
            r"(?i)connection refused|WinError 10061|Error 10061|actively refused",
            _fixed("nothing listens at the address it connects to: is the broker running?"),
        ),
        (
            r"WRONGPASS|NOAUTH|invalid username-password pair|ACCESS_REFUSED",
            _fixed("the broker refused its user name or password"),
        ),
        (
            r"Name or service not known|getaddrinfo failed|nodename nor servname"
            r"|Temporary failure in name resolution",
            _fixed("the name of a host, perhaps the broker's, was not found"),
        ),
        (
            r"KeyError: '([A-Z][A-Z0-9_]+)'",
            _with_group("the variable {0} is not set, it seems"),
        ),
        (
            r"ImproperlyConfigured.*DJANGO_SETTINGS_MODULE",
            _fixed("DJANGO_SETTINGS_MODULE is not set"),
        ),
        (
            r"No such option:? '?(-{1,2}[\w-]+)",
            _with_group("its Celery does not know the option {0}"),
        ),
        (r"No space left on device|WinError 112", _fixed("the disk is full")),
        (r"Too many open files|WinError 10024", _fixed("it had too many files open")),
        (r"MemoryError|Cannot allocate memory|std::bad_alloc", _fixed("it ran out of memory")),
        (r"Fatal Python error: (.*)", _with_group("Python itself failed: {0}")),
    )
)

"""Which versions run together: Celery beside the libraries it stands on.

The rules below are what fails, tried on Linux with Python 3.11 in 84 combinations of Celery
5.2.7 to 5.7.0, kombu 5.2.4 to 5.7.0 and redis-py 3.5 to 8.1: a worker on Redis that runs one
task. Combinations that merely differ from what the makers pin, but work, are let through.
"""

import re
import sys
from dataclasses import dataclass
from typing import Final

from core.errors import UNAVAILABLE, FleetError
from core.project.installing import install_command
from core.project.interpreter import Interpreter
from core.project.versions import Versions
from core.workers.mode import Mode

OLDEST_PYTHON: Final = (3, 8)
NARROW: Final = 32
OLDEST_CELERY: Final = (5, 2)
SPAWNS: Final = (5, 7)
"""The first Celery whose prefork processes know the tasks when they are spawned (#10583)."""
WINDOWS: Final = sys.platform == "win32"
WANTED: Final = "celery[redis]>=5.2"


@dataclass(frozen=True, slots=True)
class _Rule:
    """`who` from version `since` on needs `needs` at `least` (empty: any version)."""

    who: str
    since: tuple[int, ...]
    needs: str
    least: tuple[int, ...]
    symptom: str


_RULES: Final = (
    # celery/app/base.py imports kombu.transport.native_delayed_delivery since 5.5.
    _Rule("celery", (5, 5), "kombu", (5, 5), "No module named kombu.transport.native_delayed…"),
    # celery/app/control.py passes queue_exclusive to kombu's Mailbox since 5.6.
    _Rule("celery", (5, 6), "kombu", (5, 6), "Mailbox() got an unexpected keyword argument"),
    # kombu/transport/redis.py imports packaging since 5.5; only the extra `redis` declares it.
    _Rule("kombu", (5, 5), "packaging", (), "No module named 'packaging'"),
    # kombu/transport/redis.py, Channel._get_client, 5.7.
    _Rule("kombu", (5, 7), "redis", (6, 1), "Redis transport requires redis-py versions 6.1.0"),
)

_SETS: Final[dict[tuple[int, ...], tuple[str, ...]]] = {
    (5, 2): ("kombu==5.2.*", "redis>=3.4.1,<5"),
    (5, 3): ("kombu==5.3.*", "redis>=4.5.2,<5.1"),
    (5, 4): ("kombu==5.4.*", "redis>=4.5.2,<5.3"),
    (5, 5): ("kombu[redis]==5.5.*",),
    (5, 6): ("kombu[redis]==5.6.*",),
}
"""Partners that each older Celery was tried with; a newer one brings its own."""


def check_versions(versions: Versions, interpreter: Interpreter, *, redis: bool = False) -> None:
    """Raise FleetError, with the command that mends it, unless workers can run there.

    `redis` says that the broker is a Redis for certain, and not one that the app alone knows.
    """
    where = f"{interpreter.path} ({interpreter.origin})"
    if numbers(versions.python) < OLDEST_PYTHON:
        raise FleetError(
            f"{where} is Python {versions.python}",
            "Solofleet runs workers on Python 3.8 or newer",
            "Make the project's environment with a newer Python, or name one with --python.",
            exit_code=UNAVAILABLE,
        )
    if versions.platform == "win32" and versions.bits == NARROW:
        raise FleetError(
            f"{where} is a 32-bit Python",
            "a worker has 2 GB at most there and many packages have no build for it, while "
            "production runs 64-bit",
            "Install the 64-bit Python from python.org and make the environment anew.",
            exit_code=UNAVAILABLE,
        )
    if versions.celery is None:
        why = f"there is no Celery in {where}"
        raise _error("Celery is not installed", why, interpreter, WANTED)
    if numbers(versions.celery) < OLDEST_CELERY:
        why = f"Solofleet needs 5.2 or newer in {where}"
        raise _error(f"Celery {versions.celery} is too old", why, interpreter, WANTED)
    if redis and versions.redis is None:
        why = f"Celery speaks to the broker that was asked for through it; it is not in {where}"
        raise _error("redis is not installed", why, interpreter, *_partners(versions.celery))
    for rule in _RULES:
        _check(rule, versions, interpreter)


def check_mode(versions: Versions, mode: Mode, *, windows: bool = WINDOWS) -> None:
    """Raise FleetError when this Celery cannot run in that mode on this system."""
    if mode is not Mode.PREFORK or not windows or numbers(versions.celery or "") >= SPAWNS:
        return
    raise FleetError(
        f"Celery {versions.celery} cannot run prefork on Windows",
        "its processes start without the tasks: not enough values to unpack (expected 3, got 0)",
        "leave out --prefork, or install Celery 5.7 or newer, where it is an experiment",
        exit_code=UNAVAILABLE,
    )


def _check(rule: _Rule, versions: Versions, interpreter: Interpreter) -> None:
    who, has = _version(versions, rule.who), _version(versions, rule.needs)
    # Without redis-py the broker is another one, and kombu's transport for Redis is not used.
    unused = versions.redis is None and rule.who == "kombu"
    if who is None or unused or numbers(who) < rule.since:
        return
    if has is not None and numbers(has) >= rule.least:
        return
    needed = rule.needs + (f" {'.'.join(map(str, rule.least))} or newer" if rule.least else "")
    beside = f"beside {rule.needs} {has}" if has else f"without {rule.needs}"
    raise _error(
        f"Celery {versions.celery} does not run {beside}",
        f"{rule.who} {who} in {interpreter.path} needs {needed}; else: {rule.symptom}",
        interpreter,
        *_partners(versions.celery or ""),
    )


def _version(versions: Versions, name: str) -> str | None:
    return getattr(versions, name)


def _partners(celery: str) -> tuple[str, ...]:
    """Give requirements that keep this Celery and bring partners that go with it."""
    partners = _SETS.get(numbers(celery)[:2])
    if partners is None:
        return (WANTED if celery == "?" else f"celery[redis]>={celery}",)
    return (f"celery[redis]=={celery}", *partners)


def _error(what: str, why: str, interpreter: Interpreter, *requirements: str) -> FleetError:
    fix = install_command(interpreter, *requirements)
    return FleetError(what, why, fix, exit_code=UNAVAILABLE)


def numbers(version: str) -> tuple[int, ...]:
    """Give the numbers of a version; one that says none counts as the newest."""
    if version == "?":
        return (9999,)
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else (9999,)

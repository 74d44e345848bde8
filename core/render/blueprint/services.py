"""The services of a Blueprint, wherever in it they stand, and what each of them runs."""

import shlex
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Final

from core.render.blueprint.node import Table
from core.render.blueprint.schema import KEY_VALUES
from core.rows.celery import arguments, command_of


class Role(StrEnum):
    """What a service is for."""

    WEB = "web"
    WORKER = "worker"
    BEAT = "beat"
    FLOWER = "flower"
    KEY_VALUE = "keyvalue"
    OTHER = "other"


_OF_PYTHON: Final = ("python", "docker", "image", "")
"""Runtimes in which an application of Python may run; a frontend of Node is none of ours."""
_OPERATORS: Final = frozenset(";&|()")


def services_of(root: Table | None) -> tuple[Table, ...]:
    """All services, in the order of the file."""
    return tuple(service for place in _places(root) for service in place.tables("services"))


def groups_of(root: Table | None) -> tuple[Table, ...]:
    """All environment groups, in the order of the file."""
    return tuple(group for place in _places(root) for group in place.tables("envVarGroups"))


def databases_of(root: Table | None) -> tuple[Table, ...]:
    """All databases, in the order of the file."""
    return tuple(database for place in _places(root) for database in place.tables("databases"))


def _places(root: Table | None) -> Iterator[Table]:
    if root is None:
        return
    yield root
    if ungrouped := root.table("ungrouped"):
        yield ungrouped
    for project in root.tables("projects"):
        yield project
        yield from project.tables("environments")


def command_key(service: Table) -> str:
    """The key that holds what the service runs."""
    return "startCommand" if "startCommand" in service else "dockerCommand"


def command_text(service: Table) -> str:
    """What the service runs, for a shell; empty when nothing is said."""
    return service.text(command_key(service))


def runtime_of(service: Table) -> str:
    """Its runtime, be it by the old name `env`; empty where it says none."""
    return service.text("runtime") or service.text("env")


def celery_calls(command: str) -> tuple[tuple[str, ...], ...]:
    """Each call of `celery` in a command for a shell, as its words: `celery -A proj worker`.

    Also behind `uv run`, `cd backend &&`, `exec`; `python -m celery` is one.
    """
    calls: list[tuple[str, ...]] = []
    lines = command.replace("\\\n", " ").splitlines()
    told = (line for line in lines if not line.lstrip().startswith("#"))
    for words in chain.from_iterable(map(_simple_commands, told)):
        for index in range(len(words)):
            if arguments(words[index:]) is not None and command_of(words[index:]):
                calls.append(words[index:])
                break
    return tuple(calls)


def _simple_commands(command: str) -> Iterator[tuple[str, ...]]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        for word in lexer:
            if set(word) <= _OPERATORS:
                yield tuple(words)
                words = []
            else:
                words.append(word)
    except ValueError:  # a quote that has no end
        words = command.split()
    yield tuple(words)


def role_of(service: Table, command: str | None = None) -> Role:
    """What a service is for, by its type and by what it runs.

    `command` is that where more is known of it than the file says.
    """
    kind = service.text("type")
    if kind in KEY_VALUES:
        return Role.KEY_VALUE
    if kind not in ("web", "worker", "pserv"):
        return Role.OTHER
    text = command_text(service) if command is None else command
    commands = {command_of(call) for call in celery_calls(text)}
    for role in (Role.FLOWER, Role.WORKER, Role.BEAT):
        if role.value in commands:
            return role
    is_ours = runtime_of(service) in _OF_PYTHON
    return Role.WEB if kind == "web" and is_ours else Role.OTHER


def queues_of(call: tuple[str, ...]) -> tuple[str, ...]:
    """The queues that a worker is told to take from; none where it takes from all of the app's."""
    told = option_of(call, "--queues", "-Q") or ""
    return tuple(dict.fromkeys(filter(None, map(str.strip, told.split(",")))))


def option_of(call: tuple[str, ...], *names: str) -> str | None:
    """The value of an option, `-c 4`, `-c4`, `--concurrency=4`; None when it is not there."""
    for word, following in zip(call, (*call[1:], ""), strict=True):
        for name in names:
            if word == name:
                return following
            if name.startswith("--") and word.startswith(f"{name}="):
                return word.removeprefix(f"{name}=")
            if not name.startswith("--") and word.startswith(name) and not word.startswith("--"):
                return word.removeprefix(name)
    return None

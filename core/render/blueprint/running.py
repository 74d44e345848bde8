"""What a service of the file runs in truth, behind scripts of the repository and Dockerfiles."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from core.render.blueprint.node import Table
from core.render.blueprint.services import command_text, runtime_of
from core.render.dockerfile import started
from core.render.preflight.command import Call, calls_in, celery_of, is_server, script_of
from core.render.preflight.commit import joined

TextOf = Callable[[str], str | None]
"""The text of a file by its path in the repository; None where it has none."""
_MAX_BYTES: Final = 100_000
"""Larger files are no scripts."""


def files_below(folder: Path) -> TextOf:
    """Reads files of a repository on this disk: scripts, and what Docker reads. Blocks."""

    def text_of(path: str) -> str | None:
        file = folder / path
        try:
            is_small = file.is_file() and file.stat().st_size <= _MAX_BYTES
            return file.read_text("utf-8", "replace") if is_small else None
        except OSError:
            return None

    return text_of


def no_file(path: str) -> None:
    """Nothing is known of the repository's files."""


def whole_command(service: Table, text_of: TextOf) -> str:
    """Its command, else that of its Dockerfile, then the lines of each script that this names.

    Empty where nothing is known: also where a script starts one thing or the other.
    """
    command = command_text(service)
    if not command and (found := docker_start(service, text_of)) is not None:
        command = found[0]
    scripts = tuple(_scripts(command, code_folder(service), text_of))
    return "" if any(map(_is_either, scripts)) else "\n".join((command, *scripts))


def code_folder(service: Table) -> str:
    """The folder of the repository in which its command finds itself; empty for the top."""
    context = service.text("dockerContext") if runtime_of(service) == "docker" else ""
    return joined("", service.text("rootDir") or context)


def docker_start(service: Table, text_of: TextOf) -> tuple[str, str, int] | None:
    """What its Dockerfile starts, with the file and the line; None where nothing is known.

    A Dockerfile is looked for from the top and in the root directory: Render's documentation of
    the Blueprint says the one, its example has the other.
    """
    if runtime_of(service) != "docker":
        return None
    named = service.text("dockerfilePath") or "Dockerfile"
    for path in dict.fromkeys((joined("", named), joined(service.text("rootDir"), named))):
        text = text_of(path)
        if text is not None and (found := started(text)) is not None:
            return found[0], path, found[1]
    return None


def _scripts(command: str, folder: str, text_of: TextOf) -> Iterator[str]:
    for call in calls_in(command):
        name = script_of(call)
        text = text_of(joined(joined(folder, call.folder), name)) if name else None
        if text is not None:
            yield text


_BRANCH: Final = re.compile(r"^\s*(?:if|case)\b", re.MULTILINE)


def _is_either(script: str) -> bool:
    kinds = {"web" if is_server(call) else _does(call) for call in calls_in(script)}
    return _BRANCH.search(script) is not None and len(kinds - {None}) > 1


def _does(call: Call) -> str | None:
    celery = celery_of(call)
    return celery.does if celery else None

"""An error of a task in words: what was raised, and in which try."""

import ast
import re
from typing import Final

from core.tasks.task import Task
from desktop.send.durations import measured

LONGEST: Final = 200
"""Characters of a title; the traceback has all of it."""
_REPR: Final = re.compile(r"(?P<name>[\w.]+)\((?P<arguments>.*)\)$", re.DOTALL)
_ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


def error_title(error: str | None) -> str:
    """`ValueError: no address` of "ValueError('no address')"; of a long one, the beginning."""
    title = _title(error)
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"


def _title(error: str | None) -> str:
    if not error:
        return "It failed; nothing more is known"
    found = _REPR.match(error)
    if found is None:
        return error
    arguments = found["arguments"].strip().removesuffix(",")
    try:
        text: object = ast.literal_eval(arguments) if arguments else ""
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        text = arguments
    return f"{found['name']}: {text}" if text != "" else found["name"]


def error_detail(task: Task, max_retries: int | None) -> str:
    """Which try it was, where, and for how long."""
    number = task.retries
    nth = _ORDINALS[number] if number < len(_ORDINALS) else f"{number + 1}th"
    last = " and last" if number and max_retries is not None and number >= max_retries else ""
    where = "" if task.worker is None else f" on {task.worker.partition('@')[0]}"
    if task.runtime_s is not None:
        return f"{nth}{last} try{where}; it ran for {measured(task.runtime_s)}."
    return f"{nth}{last} try{where}."

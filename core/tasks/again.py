"""The call that sends a known task again."""

import ast
import json
from collections.abc import Mapping
from typing import Final, cast

from core.tasks.call import TaskCall
from core.tasks.task import Task

_CUT: Final = "..."
"""Stands in Celery's reprs for what was too long (`celery/utils/saferepr.py`, from 1,024 on)."""


def call_again(task: Task) -> TaskCall | None:
    """The same task with the same arguments; None where they are not known in full.

    All that a worker tells of arguments are their reprs (`argsrepr` and `kwargsrepr` of the
    message, https://docs.celeryq.dev/en/stable/internals/protocol.html). Those of numbers, texts,
    lists, dictionaries and None can be read back, and JSON takes them.
    """
    args, kwargs = _read(task.args), _read(task.kwargs)
    if not task.name or not isinstance(args, list) or not isinstance(kwargs, dict):
        return None
    return TaskCall(task.name, cast("list[object]", args), cast("Mapping[str, object]", kwargs))


def _read(text: str) -> object:
    """What JSON makes of a repr; None where it cannot be read, or not in full."""
    if _CUT in text:
        return None
    try:
        return json.loads(json.dumps(ast.literal_eval(text), allow_nan=False))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None

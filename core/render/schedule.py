"""Whether a project has scheduled tasks, so that beat has something to do."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.render.routes import parsed
from core.rows.celery import command_of
from core.rows.declared import DeclaredRow

_NAMES: Final = frozenset(("beat_schedule", "CELERY_BEAT_SCHEDULE", "CELERYBEAT_SCHEDULE"))
_WORDS: Final = re.compile(r"beat_schedule|BEAT_SCHEDULE|add_periodic_task|django_celery_beat")
DATABASE: Final = "django_celery_beat.schedulers:DatabaseScheduler"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where it is written; `scheduler` is what beat needs where it lies in a database."""

    where: str
    scheduler: str | None = None


def find_schedule(files: Iterable[Path], rows: Iterable[DeclaredRow]) -> Schedule | None:
    """The schedule of a project: in its code, in its database, or because a row runs beat."""
    found: Schedule | None = None
    for file in files:
        line, in_database = _in_file(file)
        if in_database:
            return Schedule(f"{file}:{line}", DATABASE)
        if line and found is None:
            found = Schedule(f"{file}:{line}")
    for row in rows:
        words = row.command.split() if isinstance(row.command, str) else row.command
        if found is None and command_of(words) == "beat":
            found = Schedule(f"the row {row.name} of {row.where}")
    return found


def _in_file(file: Path) -> tuple[int, bool]:
    """The line of the first schedule, 0 for none, and whether it is that of django_celery_beat."""
    try:
        if not _WORDS.search(file.read_text("utf-8", "replace")):
            return 0, False
    except OSError:
        return 0, False
    tree = parsed(file)
    lines = [line for node in ast.walk(tree) if (line := _line(node))] if tree else []
    database = any(
        isinstance(node, ast.Assign)
        and "INSTALLED_APPS" in ast.unparse(node.targets[0])
        and "'django_celery_beat'" in ast.unparse(node.value)
        for node in (ast.walk(tree) if tree else ())
    )
    return (lines[0] if lines else int(database)), database


def _line(node: ast.AST) -> int:
    match node:
        case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)], value=value):
            return node.lineno if name in _NAMES and _holds(value) else 0
        case ast.keyword(arg=str(name), value=value):
            return value.lineno if name in _NAMES and _holds(value) else 0
        case ast.Call(func=ast.Attribute(attr="add_periodic_task")):
            return node.lineno
        case _:
            return 0


def _holds(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Dict) and not value.keys)

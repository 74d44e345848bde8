"""The check of tasks that run twice: 28 late acknowledgement of what must happen once."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.code import Code, Part, dotted
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.settings_of import settings_of
from core.render.preflight.snapshot import Snapshot
from core.render.preflight.tasks_of import Task, steps, tasks_of

_ONCE: Final = re.compile(
    r"(?:^|\.)(?:send_mail|send_mass_mail|sendmail|send_message|send_email|EmailMessage|charge"
    r"|Charge\.create|PaymentIntent\.create|objects\.create|bulk_create|session\.add|insert_one"
    r"|insert_many)$"
)
_INSERT: Final = re.compile(r"\bINSERT\s+INTO\b", re.IGNORECASE)
_DEDUPES: Final = re.compile(
    r"ON\s+CONFLICT|idempoten|get_or_create|update_or_create", re.IGNORECASE
)
_LATE: Final = {"task_acks_late": "late", "acks_late": "late"}


def not_twice(snapshot: Snapshot) -> Iterator[Seen]:
    """28: tasks with acks_late that send, charge or insert, with nothing that notices a repeat."""
    for root in snapshot.roots:
        all_late = any(
            setting.value is True
            for code in snapshot.worker_code(root)
            for setting in settings_of(code, {"task_acks_late": "late", "celery_acks_late": "late"})
        )
        for code in snapshot.worker_code(root):
            for task in tasks_of(code):
                if not _is_late(task, all_late):
                    continue
                parts = [
                    step.part for step in steps(code, task, snapshot.codes, root.where) if step.own
                ]
                if any(_matches(part, _DEDUPES) for part in parts):
                    continue
                deed = next((deed for part in parts if (deed := _deed(part, code))), None)
                if deed is not None:
                    what = f"the task {task.function.name} has acks_late, and {deed[0]}"
                    why = "a message whose worker was stopped runs again: it would happen twice"
                    fix = "give it a key, and look whether that was done already"
                    yield Seen(Severity.WARN, code.path, deed[1], what, why, fix)


def _is_late(task: Task, all_late: bool) -> bool:
    match task.option("acks_late"):
        case ast.Constant(value=bool(said)):
            return said
        case _:
            return all_late


def _deed(part: Part, code: Code) -> tuple[str, int] | None:
    match part.node:
        case ast.Call() if _ONCE.search(dotted(part.node.func)):
            return f"calls {dotted(part.node.func).lstrip('.')}", part.line
        case ast.Constant(value=str(text)) if _INSERT.search(text):
            return "inserts into a table", part.line
        case _:
            return None


def _matches(part: Part, pattern: re.Pattern[str]) -> bool:
    match part.node:
        case ast.Constant(value=str(text)) | ast.Name(id=text) | ast.Attribute(attr=text):
            return pattern.search(text) is not None
        case ast.keyword(arg=str(text)):
            return pattern.search(text) is not None
        case _:
            return False

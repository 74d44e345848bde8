"""The Celery tasks of a file, and what their bodies come to: through calls of the project's own."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from core.render.preflight.code import Code, Function, Part, dotted
from core.render.preflight.graph import Layout

MAX_DEPTH: Final = 4
"""Calls that are followed from a task."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its function, and the decorator with its options."""

    function: Function
    decorator: ast.expr

    def option(self, name: str) -> ast.expr | None:
        """An option of the decorator, such as `acks_late`."""
        if not isinstance(self.decorator, ast.Call):
            return None
        return next((each.value for each in self.decorator.keywords if each.arg == name), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A part that runs in a task: the file it is in, and whether the task itself has it."""

    code: Code
    part: Part
    own: bool


def tasks_of(code: Code) -> Iterator[Task]:
    """Functions with `@app.task`, `@shared_task` and the like."""
    for function in code.bodies:
        for decorator in function.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            last = dotted(called).rpartition(".")[2]
            if last in ("shared_task", "periodic_task") or (
                last == "task" and isinstance(called, ast.Attribute)
            ):
                yield Task(function, decorator)
                break


def steps(code: Code, task: Task, codes: Mapping[str, Code], where: Layout) -> Iterator[Step]:
    """All that a task runs: its body, then bodies of the project's functions that it calls."""
    seen: set[Function] = {task.function}
    waiting: list[tuple[Code, Function, int]] = [(code, task.function, 0)]
    while waiting:
        here, function, depth = waiting.pop()
        for part in here.bodies.get(function, ()):
            yield Step(here, part, depth == 0)
            if isinstance(part.node, ast.Call) and depth < MAX_DEPTH:
                for found in _function(here, part.node, codes, where):
                    if found[1] not in seen:
                        seen.add(found[1])
                        waiting.append((*found, depth + 1))


def _function(
    code: Code, call: ast.Call, codes: Mapping[str, Code], where: Layout
) -> Iterator[tuple[Code, Function]]:
    """The function of the project that is called by its plain or imported name."""
    name = code.called(call)
    if not name or "()" in name:
        return
    if "." not in name:
        yield from ((code, each) for each in _named(code, name))
        return
    module, _, last = name.rpartition(".")
    folder = None
    if module.startswith("."):
        level = len(module) - len(module.lstrip("."))
        above = code.path.split("/")[:-level]
        folder, module = "/".join(above), module.lstrip(".")
    for path in where.files_of(module, folder)[-1:]:
        if path in codes:
            yield from ((codes[path], each) for each in _named(codes[path], last))


def _named(code: Code, name: str) -> Iterator[Function]:
    return (function for function in code.bodies if function.name == name)

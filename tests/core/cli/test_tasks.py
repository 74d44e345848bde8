"""What can be sent, listed."""

import json
from typing import Any

import pytest

from core.cli.tasks import show_tasks
from tests.support.answers import Answers
from tests.support.screen import Screen

KINDS = ("positional_or_keyword", "var_positional", "keyword_only", "var_keyword")


def described(doc: str = "", params: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"name": "proj.add", "doc": doc, "params": params, "queue": "celery"}


async def shown(task: dict[str, Any], *, as_document: bool = False) -> str:
    screen = Screen()
    answers = Answers(describe={"tasks": [task]})
    await show_tasks(answers.calls, "proj", screen.terminal, as_document=as_document)
    return screen.out


async def test_a_task_is_shown_as_it_is_called() -> None:
    params = [
        {"name": "x", "kind": KINDS[0], "annotation": "int"},
        {"name": "rest", "kind": KINDS[1]},
        {"name": "y", "kind": KINDS[2], "annotation": "float", "default": "2.0"},
        {"name": "z", "kind": KINDS[2], "default": "None"},
        {"name": "more", "kind": KINDS[3]},
    ]
    assert await shown(described("Add.\n\nAnd more.", params)) == (
        "proj.add(x: int, *rest, y: float = 2.0, z=None, **more)\n    Add.\n"
    )


@pytest.mark.parametrize(("params", "call"), [([], "proj.add()"), (None, "proj.add(...)")])
async def test_no_arguments_and_unknown_ones_are_told_apart(
    params: list[dict[str, str]] | None, call: str
) -> None:
    assert await shown(described(params=params)) == f"{call}\n"


async def test_programs_get_one_document() -> None:
    task = described("Grüße", [])
    assert json.loads(await shown(task, as_document=True)) == {
        "kind": "tasks",
        "app": "proj",
        "tasks": [task],
    }

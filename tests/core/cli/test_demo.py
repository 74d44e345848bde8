"""What the demo sends."""

import ast

from core.cli.demo import demo_calls
from core.places import DEMO

TASKS = DEMO / "celery_queue" / "tasks.py"


def test_it_sends_as_many_as_asked_one_kind_after_the_other() -> None:
    calls = demo_calls(8)
    assert len(calls) == 8
    assert len({call.task for call in calls[:6]}) == 6
    assert calls[6] == calls[0]


def test_the_demo_has_these_tasks_and_their_arguments() -> None:
    functions = {
        node.name: {argument.arg for argument in node.args.args}
        for node in ast.parse(TASKS.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    for call in demo_calls(6):
        assert set(call.kwargs) <= functions[call.task.rpartition(".")[2]]

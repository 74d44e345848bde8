"""Tasks, and what they come to."""

import ast

import pytest

from core.render.preflight.code import read_code
from core.render.preflight.graph import layout
from core.render.preflight.tasks_of import steps, tasks_of


@pytest.mark.parametrize(
    ("decorator", "is_task"),
    [
        ("@app.task", True),
        ("@app.task(bind=True)", True),
        ("@shared_task", True),
        ("@celery.shared_task()", True),
        ("@task", False),
        ("@app.route('/')", False),
    ],
)
def test_a_task_is_known_by_its_decorator(decorator: str, is_task: bool) -> None:
    code = read_code("a.py", f"{decorator}\ndef f(): ...\n".encode())
    assert bool(list(tasks_of(code))) is is_task


def test_options_of_the_decorator_are_read() -> None:
    code = read_code("a.py", b"@app.task(acks_late=True)\ndef f(): ...\n@app.task\ndef g(): ...\n")
    first, second = tasks_of(code)
    option = first.option("acks_late")
    assert isinstance(option, ast.Constant)
    assert option.value is True
    assert first.option("bind") is None
    assert second.option("acks_late") is None


def test_calls_of_the_project_s_own_functions_are_followed() -> None:
    files = {
        "p/__init__.py": "",
        "p/a.py": "from p import b\nfrom .c import g\n@app.task\ndef t():\n"
        "    b.f()\n    g()\n    h()\n"
        "def h():\n    t()\n    found_in_a()\ndef unused():\n    never()\n",
        "p/b.py": "def f():\n    found_in_b()\n",
        "p/c.py": "def g():\n    found_in_c()\n",
    }
    codes = {path: read_code(path, text.encode()) for path, text in files.items()}
    (task,) = tasks_of(codes["p/a.py"])
    found = list(steps(codes["p/a.py"], task, codes, layout(files, [""])))
    calls = {
        (step.code.called(step.part.node), step.own)
        for step in found
        if isinstance(step.part.node, ast.Call)
    }
    assert {("found_in_a", False), ("found_in_b", False), ("found_in_c", False)} <= calls
    assert ("p.b.f", True) in calls
    assert not {name for name, _ in calls} & {"never"}

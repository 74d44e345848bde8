"""What a form for a task needs to know."""

from pathlib import Path

import pytest

from tests.support.inside import PROJECTS, Bridge, Record, bridge
from tests.support.venvs import python_with_celery


def described(calls: Bridge, name: str) -> Record:
    return next(t for t in calls.call("describe")["tasks"] if t["name"] == name)


def test_a_task_is_described_with_signature_and_docstring(calls: Bridge) -> None:
    add = described(calls, "tasky.add")
    assert add["doc"] == "Add two numbers."
    assert add["params"] == [
        {"name": "x", "kind": "positional_or_keyword"},
        {"name": "y", "kind": "positional_or_keyword", "default": "2"},
    ]
    assert add["queue"] == "celery"
    assert add["keeps_result"] is True


def test_a_bound_task_is_described_without_self(calls: Bridge) -> None:
    again = described(calls, "tasky.again")
    assert [param["name"] for param in again["params"]] == ["countdown"]
    assert again["options"]["max_retries"] == 2


def test_the_probe_is_among_the_tasks_and_celerys_own_are_not(calls: Bridge) -> None:
    names = [task["name"] for task in calls.call("describe")["tasks"]]
    assert "solofleet.probe" in names
    assert not any(name.startswith("celery.") for name in names)


@pytest.mark.parametrize(("app", "kept"), [("results:rpc", True), ("results:keeps_none", False)])
def test_an_app_without_a_backend_keeps_no_result(app: str, kept: bool) -> None:
    python = python_with_celery("5.7.0")
    with bridge(python, "", app=app, workdir=PROJECTS / "broken") as calls:
        calls.wait("ready")
        assert described(calls, "solofleet.probe")["keeps_result"] is kept


@pytest.mark.parametrize("version", ["5.2.7", "5.7.0"])
def test_annotations_choices_and_the_place_in_the_source_are_told(version: str) -> None:
    python = python_with_celery(version)
    with bridge(python, "", app="typed:app", workdir=PROJECTS / "broken") as calls:
        calls.wait("ready")
        render, quoted = described(calls, "typed.render"), described(calls, "typed.quoted")
    params = {param["name"]: param for param in render["params"]}
    assert [param.get("annotation") for param in params.values()] == [
        "int",
        "Literal['monthly', 'yearly']",
        "Size",
        "List[str]",
        "Optional[datetime]",
        "Optional[Literal['loud', 'low']]",
    ]
    assert params["template"]["choices"] == ["monthly", "yearly"]
    assert params["size"]["choices"] == ["s", "l"]
    assert params["size"]["default"] == "'s'"
    assert params["tone"]["choices"] == ["loud", "low"]
    assert "choices" not in params["regions"]
    file, line = render["source"]
    assert file == str(PROJECTS / "broken" / "typed.py")
    assert "render" in "".join(Path(file).read_text("utf-8").splitlines()[line - 1 : line + 2])
    assert quoted["params"][0]["annotation"] == "Optional[Literal['a', 'b']]"

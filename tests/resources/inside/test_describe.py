"""What a form for a task needs to know."""

from tests.support.inside import Bridge, Record


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


def test_a_bound_task_is_described_without_self(calls: Bridge) -> None:
    again = described(calls, "tasky.again")
    assert [param["name"] for param in again["params"]] == ["countdown"]
    assert again["options"]["max_retries"] == 2


def test_the_probe_is_among_the_tasks_and_celerys_own_are_not(calls: Bridge) -> None:
    names = [task["name"] for task in calls.call("describe")["tasks"]]
    assert "solofleet.probe" in names
    assert not any(name.startswith("celery.") for name in names)

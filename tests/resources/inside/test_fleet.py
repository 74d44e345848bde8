"""The pool: one task at a time, and an answer while it runs."""

from tests.support.inside import Bridge, Inside, send


def test_a_busy_worker_answers_ping_at_once(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.nap", 1.5)
    fleet_worker.wait("started", id=task_id)
    replies = calls.call("inspect", what="ping", destination=["w1@box"], timeout_s=1.0)["replies"]
    assert replies == {"w1@box": {"ok": "pong"}}
    active = calls.call("inspect", what="active", destination=["w1@box"], timeout_s=1.0)
    assert [task["id"] for task in active["replies"]["w1@box"]] == [task_id]
    assert "succeeded" not in fleet_worker.kinds(task_id)
    fleet_worker.wait("succeeded", id=task_id)


def test_tasks_with_an_eta_run_one_at_a_time(fleet_worker: Inside, calls: Bridge) -> None:
    ids = [send(calls, "tasky.nap", 0.4, countdown=0.3) for _ in range(3)]
    for task_id in ids:
        fleet_worker.wait("succeeded", id=task_id)
    runs = [r for r in fleet_worker.records if r.get("id") in ids and r["kind"] != "received"]
    assert [r["kind"] for r in sorted(runs, key=lambda r: r["t"])] == ["started", "succeeded"] * 3

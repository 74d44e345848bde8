"""What the result backend knows."""

from tests.support.inside import Bridge, Inside, send


def test_results_tell_state_and_traceback(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.boom", "no address")
    fleet_worker.wait("failed", id=task_id)
    result = calls.call("results", ids=[task_id, "unknown"])["results"]
    assert list(result) == [task_id]
    assert result[task_id]["state"] == "FAILURE"
    assert "no address" in result[task_id]["result"]
    assert "Traceback" in result[task_id]["traceback"]

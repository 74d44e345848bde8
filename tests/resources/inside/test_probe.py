"""A test task that needs no user code."""

from tests.support.inside import Bridge, Inside, send
from tests.support.waiting import wait_until


def test_the_probe_task_needs_no_user_code(fleet_worker: Inside, calls: Bridge) -> None:
    probe = "solofleet.probe"
    task_id = send(calls, probe, kwargs={"sleep_s": 0.1, "log": "hallo", "allocate_mb": 5})
    fleet_worker.wait("succeeded", id=task_id)
    wait_until(lambda: "hallo" in fleet_worker.log, 5, "the probe's line in the log")
    fleet_worker.wait("failed", id=send(calls, probe, kwargs={"fail": "asked"}))

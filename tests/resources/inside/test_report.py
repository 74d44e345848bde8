"""What telemetry tells of each task, on every Celery."""

import uuid

from tests.support.inside import Bridge, Inside, send


def test_a_task_is_received_started_and_succeeds(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.add", 1, 2)
    fleet_worker.wait("succeeded", id=task_id)
    assert fleet_worker.kinds(task_id) == ["received", "started", "succeeded"]
    received, _, succeeded = (r for r in fleet_worker.records if r.get("id") == task_id)
    assert received["args"] == "(1, 2)" or received["args"] == "[1, 2]"
    assert received["queue"] == "celery"
    assert received["tag"]
    assert "headers" not in received  # a plain task has none that settlement needs
    assert succeeded["result"] == "3"
    assert succeeded["rss_after"] > 10_000_000


def test_a_failure_has_its_exception_and_runtime(fleet_worker: Inside, calls: Bridge) -> None:
    failed = fleet_worker.wait("failed", id=send(calls, "tasky.boom", "no address"))
    assert failed["exception"] == "ValueError('no address')"
    assert failed["runtime"] >= 0


def test_an_exception_without_a_text_does_no_harm(fleet_worker: Inside, calls: Bridge) -> None:
    failed = fleet_worker.wait("failed", id=send(calls, "tasky.unpresentable"))
    assert failed["exception"]
    fleet_worker.wait("succeeded", id=send(calls, "tasky.add", 1))


def test_a_long_result_is_bounded(fleet_worker: Inside, calls: Bridge) -> None:
    succeeded = fleet_worker.wait("succeeded", id=send(calls, "tasky.big", 1_000_000))
    assert len(succeeded["result"]) <= 1024


def test_a_retry_is_told_and_ends_as_a_failure(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.again")
    fleet_worker.wait("failed", id=task_id)
    once = ["received", "started"]
    assert fleet_worker.kinds(task_id) == [*once, "retried", *once, "retried", *once, "failed"]
    received = [r for r in fleet_worker.records if r.get("id") == task_id and "retries" in r]
    assert [r["retries"] for r in received] == [0, 1, 2]
    assert [r.get("headers", {}).get("retries") for r in received] == [None, 1, 2]


def test_a_revoked_task_is_not_run(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.add", 1, countdown=1.0)
    fleet_worker.wait("received", id=task_id)
    calls.call("revoke", ids=[task_id])
    revoked = fleet_worker.wait("revoked", id=task_id)
    assert not revoked["expired"]
    assert "started" not in fleet_worker.kinds(task_id)


def test_an_expired_task_is_told_as_revoked(fleet_worker: Inside, calls: Bridge) -> None:
    blocker = send(calls, "tasky.nap", 1.0)
    fleet_worker.wait("started", id=blocker)
    task_id = send(calls, "tasky.add", 1, expires=0.2)
    assert fleet_worker.wait("revoked", id=task_id)["expired"]


def test_an_unknown_task_is_told_as_failed(fleet_worker: Inside, calls: Bridge) -> None:
    failed = fleet_worker.wait("failed", id=send(calls, "tasky.no_such_task"))
    assert "NotRegistered" in failed["exception"]


def test_a_rate_limited_task_is_told_when_received(fleet_worker: Inside, calls: Bridge) -> None:
    ids = [send(calls, "tasky.limited", number) for number in range(3)]
    for task_id in ids:
        fleet_worker.wait("succeeded", id=task_id)


def test_an_id_may_be_a_number_or_a_uuid(fleet_worker: Inside, calls: Bridge) -> None:
    """Celery takes both, though no result can be kept of such a task."""
    some = uuid.uuid4()
    send(calls, "tasky.send_with_odd_ids", some.hex, some.int % 10**6)
    for task_id in (str(some), str(some.int % 10**6)):
        fleet_worker.wait("succeeded", id=task_id)
        assert fleet_worker.kinds(task_id) == ["received", "started", "succeeded"]

"""The launcher with pool, consumer and report: what a fleet worker does, on every Celery."""

from tests.support.inside import Bridge, Inside, send
from tests.support.waiting import wait_until


def test_it_says_hello_then_how_far_its_start_is(fleet_worker: Inside) -> None:
    kinds = [record["kind"] for record in fleet_worker.records[:4]]
    assert kinds == ["hello", "importing", "connecting", "ready"]
    hello, _, connecting, _ = fleet_worker.records[:4]
    assert hello["pid"] == fleet_worker.process.pid
    assert hello["node"] == "w1@box"
    assert hello["celery"] and hello["kombu"] and hello["redis"]
    assert connecting["queues"] == ["celery"]
    assert connecting["tasks"] > 10


def test_a_task_is_received_started_and_succeeds(fleet_worker: Inside, calls: Bridge) -> None:
    task_id = send(calls, "tasky.add", 1, 2)
    fleet_worker.wait("succeeded", id=task_id)
    assert fleet_worker.kinds(task_id) == ["received", "started", "succeeded"]
    received, _, succeeded = (r for r in fleet_worker.records if r.get("id") == task_id)
    assert received["args"] == "(1, 2)" or received["args"] == "[1, 2]"
    assert received["queue"] == "celery"
    assert received["tag"] and received["headers"]["task"] == "tasky.add"
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


def test_breakpoint_says_what_to_do_and_goes_on(fleet_worker: Inside, calls: Bridge) -> None:
    fleet_worker.wait("succeeded", id=send(calls, "tasky.stop_here"), result="'went on'")
    assert "breakpoint() at" in fleet_worker.wait("note")["text"]


def test_standard_input_of_a_task_is_empty(fleet_worker: Inside, calls: Bridge) -> None:
    fleet_worker.wait("succeeded", id=send(calls, "tasky.read_stdin"), result="''")


def test_the_probe_task_needs_no_user_code(fleet_worker: Inside, calls: Bridge) -> None:
    probe = "solofleet.probe"
    task_id = send(calls, probe, kwargs={"sleep_s": 0.1, "log": "hallo", "allocate_mb": 5})
    fleet_worker.wait("succeeded", id=task_id)
    wait_until(lambda: "hallo" in fleet_worker.log, 5, "the probe's line in the log")
    fleet_worker.wait("failed", id=send(calls, probe, kwargs={"fail": "asked"}))


def test_the_banner_tells_the_true_concurrency(fleet_worker: Inside) -> None:
    assert "concurrency: 1 (fleet)" in fleet_worker.log


def test_a_user_print_lands_in_the_log(fleet_worker: Inside, calls: Bridge) -> None:
    fleet_worker.wait("succeeded", id=send(calls, "tasky.nap", 0))
    assert "napping" in fleet_worker.log

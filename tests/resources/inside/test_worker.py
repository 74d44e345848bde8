"""The launcher with pool, consumer and report: what a fleet worker does, on every Celery."""

from tests.support.inside import Bridge, Inside, send


def test_it_says_hello_then_how_far_its_start_is(fleet_worker: Inside) -> None:
    kinds = [record["kind"] for record in fleet_worker.records[:4]]
    assert kinds == ["hello", "importing", "connecting", "ready"]
    hello, _, connecting, _ = fleet_worker.records[:4]
    assert hello["pid"] == fleet_worker.process.pid
    assert hello["node"] == "w1@box"
    assert hello["celery"] and hello["kombu"] and hello["redis"]
    assert connecting["queues"] == ["celery"]
    assert connecting["tasks"] > 10


def test_breakpoint_says_what_to_do_and_goes_on(fleet_worker: Inside, calls: Bridge) -> None:
    fleet_worker.wait("succeeded", id=send(calls, "tasky.stop_here"), result="'went on'")
    assert "breakpoint() at" in fleet_worker.wait("note")["text"]


def test_standard_input_of_a_task_is_empty(fleet_worker: Inside, calls: Bridge) -> None:
    fleet_worker.wait("succeeded", id=send(calls, "tasky.read_stdin"), result="''")


def test_the_banner_tells_the_true_concurrency(fleet_worker: Inside) -> None:
    assert "concurrency: 1 (fleet)" in fleet_worker.log


def test_a_user_print_lands_in_the_log(fleet_worker: Inside, calls: Bridge) -> None:
    fleet_worker.wait("succeeded", id=send(calls, "tasky.nap", 0))
    assert "napping" in fleet_worker.log

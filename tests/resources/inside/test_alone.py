"""A queue for one worker alone, on every Celery."""

from uuid import uuid4

from tests.support.broker import Server
from tests.support.inside import Bridge, Inside
from tests.support.waiting import wait_until

QUEUE = "solofleet.alone.1"


def traces(server: Server) -> list[bytes]:
    """What the broker keeps of the queue."""
    return list(server.client.scan_iter(f"*{QUEUE}*"))


def test_one_worker_takes_what_lies_in_its_queue_and_nothing_of_it_is_left(
    fleet_worker: Inside, fleet_server: Server, calls: Bridge
) -> None:
    task_id = str(uuid4())
    place = {"queue": QUEUE, "node": "w1@box"}
    wait_until(lambda: calls.call("open_queue", **place)["reads"], 10, "its remote control")
    sent = calls.call("send", task="tasky.add", ids=[task_id], args=[1], queue=QUEUE)
    assert sent["sent"] == 1
    fleet_worker.wait("succeeded", id=task_id)
    calls.call("close_queue", **place)
    wait_until(lambda: not traces(fleet_server), 10, "the queue to be gone")
    assert QUEUE not in calls.call("queues")["queues"]


def test_what_nobody_took_goes_with_the_queue(calls: Bridge, fleet_server: Server) -> None:
    unread = f"{QUEUE}.unread"
    calls.call("send", task="tasky.add", ids=[str(uuid4())], args=[1], queue=unread)
    assert calls.call("queues", names=[unread])["queues"][unread] == 1
    calls.call("close_queue", queue=unread, node="nobody@box")
    assert traces(fleet_server) == []


def test_a_worker_that_is_not_there_reads_nothing(calls: Bridge, fleet_server: Server) -> None:
    answer = calls.call("open_queue", queue=QUEUE, node="nobody@box", timeout_s=0.3)
    assert answer["reads"] is False

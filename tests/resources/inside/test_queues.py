"""Where messages are."""

import uuid

from tests.support.broker import Server
from tests.support.inside import Bridge, Inside, send


def test_priorities_count_as_one_queue(calls: Bridge, fleet_server: Server) -> None:
    fleet_server.empty("own")
    for priority in (0, 3, 9):
        send(calls, "tasky.add", 1, priority=priority, queue="own")
    assert calls.call("queues", names=["own"])["queues"] == {"own": 3}


def test_a_waiting_message_is_found_and_a_purged_one_is_missing(
    calls: Bridge, fleet_server: Server
) -> None:
    fleet_server.empty("own")
    task_id = send(calls, "tasky.add", 1, queue="own")
    where = calls.call("whereabouts", ids=[task_id])
    assert (where["waiting"], where["missing"]) == ([task_id], [])
    fleet_server.empty("own")
    assert calls.call("whereabouts", ids=[task_id])["missing"] == [task_id]


def test_a_held_and_an_ended_message_are_found(fleet_worker: Inside, calls: Bridge) -> None:
    held = send(calls, "tasky.add", 1, countdown=30)
    ended = send(calls, "tasky.add", 1)
    fleet_worker.wait("received", id=held)
    fleet_worker.wait("succeeded", id=ended)
    where = calls.call("whereabouts", ids=[held, ended])
    assert where["out"] == [held]
    assert where["ended"][ended]["state"] == "SUCCESS"
    found = calls.call("queues")
    assert found["unacked"] >= 1
    assert found["oldest_unacked_s"] >= 0
    calls.call("revoke", ids=[held])


def test_a_message_whose_id_is_a_uuid_or_a_number_is_found(
    fleet_worker: Inside, calls: Bridge
) -> None:
    some = uuid.uuid4()
    wanted = [str(some), str(some.int % 10**6)]
    sender = send(calls, "tasky.send_with_odd_ids", some.hex, some.int % 10**6, "unread")
    fleet_worker.wait("succeeded", id=sender)
    where = calls.call("whereabouts", ids=wanted, queues=["unread"])
    assert sorted(where["waiting"]) == sorted(wanted)

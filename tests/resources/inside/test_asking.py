"""Remote control hears every answer."""

from tests.support.inside import Bridge, Inside
from tests.support.waiting import wait_until


def test_no_reply_is_lost_when_the_whole_timeout_is_waited(
    fleet_worker: Inside, calls: Bridge
) -> None:
    def replies() -> object:
        return calls.call("inspect", what="ping", timeout_s=0.2)["replies"]

    wait_until(lambda: replies() != {}, 10, "the worker's remote control")
    assert [replies() for _ in range(3)] == [{"w1@box": {"ok": "pong"}}] * 3

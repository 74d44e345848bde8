"""What a monitor needs, on every Celery."""

from pathlib import Path

from tests.support.broker import Server
from tests.support.inside import Bridge, Inside, bridge
from tests.support.waiting import wait_until


def test_a_monitor_is_told_all_that_it_needs_to_watch_the_workers(
    python: Path, fleet_server: Server
) -> None:
    with bridge(python, f"redis://:sesame@127.0.0.1:{fleet_server.port}/0") as calls:
        settings = calls.call("watched")["settings"]
    assert settings["broker_url"] == f"redis://:sesame@127.0.0.1:{fleet_server.port}/0"
    assert settings["event_exchange"] == "celeryev"
    assert settings["broker_transport_options"] == {}


def test_workers_that_send_events_from_now_on_are_named(
    fleet_worker: Inside, calls: Bridge
) -> None:
    def asked() -> bool:
        return calls.call("enable_events", timeout_s=1.0)["nodes"] == ["w1@box"]

    wait_until(asked, 10, "a reply of the worker")


def test_those_that_send_none_yet_are_told_apart_and_may_stop_again(
    fleet_worker: Inside, calls: Bridge
) -> None:
    def asked(kind: str) -> dict[str, list[str]]:
        return calls.call(kind, timeout_s=1.0, nodes=["w1@box"])

    wait_until(lambda: asked("disable_events")["nodes"] == ["w1@box"], 10, "a reply of the worker")
    assert asked("enable_events")["woken"] == ["w1@box"]
    assert asked("enable_events")["woken"] == []

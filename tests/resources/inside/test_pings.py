"""Round trips of a real app, on every Celery."""

from pathlib import Path

from tests.support.broker import Server
from tests.support.doctor import DEAD, plant
from tests.support.inside import Bridge, bridge


def test_broker_and_result_backend_answer(calls: Bridge, fleet_server: Server) -> None:
    assert 0 < calls.call("ping")["latency_s"] < 1
    assert 0 < calls.call("ping", of="results")["latency_s"] < 1


def test_an_app_that_keeps_no_results_has_no_backend_to_ask(python: Path, tmp_path: Path) -> None:
    code = f"from celery import Celery\napp = Celery('proj', broker='{DEAD}')\n"
    with bridge(python, "", "proj", workdir=plant(tmp_path, proj__py=code)) as calls:
        assert calls.call("ping", of="results")["latency_s"] is None
        assert calls.call("ping")["kind"] == "error"

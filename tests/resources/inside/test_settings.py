"""What the settings of a real app come to, on every Celery."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.doctor import plant
from tests.support.inside import Bridge, Inside, bridge, wait_for_control

SECRET = "h1dden-pw"


def settings(
    python: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, **environ: str
) -> Mapping[str, Any]:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with bridge(python, "", "proj", workdir=folder) as calls:
        answer = calls.call("settings")["settings"]
        assert SECRET not in json.dumps(calls.records)
    return answer


def test_nothing_is_set(python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = settings(python, plant(tmp_path), monkeypatch, REDIS_URL="redis://h:1/0")
    assert told["broker"]["url"] == told["results"]["url"] == "redis://h:1/0"
    assert told["broker"]["variable"] is told["results"]["error"] is None
    assert told["tasks"] == ["proj.add"]
    assert (told["limits"], told["pool"], told["visibility_timeout_s"]) == ({}, None, 3600)


def test_what_is_set_is_told(python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_ = 'worker_pool="solo", worker_concurrency=3, broker_use_ssl={"ssl_cert_reqs": 2}'
    folder = plant(tmp_path, settings=f"{set_}, task_time_limit=7", options="time_limit=9")
    told = settings(python, folder, monkeypatch, REDIS_URL="redis://h:1/0")
    assert (told["pool"], told["concurrency"], told["limits"]) == ("solo", 3, {"proj.add": 9})
    assert (told["broker"]["tls"], told["broker"]["cert_reqs"]) == (True, "required")


def test_a_variable_that_beats_the_code_is_told_with_both_masked(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = settings(
        python,
        plant(tmp_path),
        monkeypatch,
        REDIS_URL=f"redis://:{SECRET}@code:1/0",
        CELERY_BROKER_URL=f"redis://u:{SECRET}@variable:1/0?password={SECRET}",
    )
    assert told["broker"]["variable"] == "CELERY_BROKER_URL"
    assert told["broker"]["code"] == "redis://:***@code:1/0"
    assert told["broker"]["url"] == "redis://u:***@variable:1/0?password=***"
    assert told["results"]["variable"] is None


def test_a_result_backend_that_cannot_be_made_says_why(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = settings(python, plant(tmp_path), monkeypatch, REDIS_URL=f"rediss://:{SECRET}@h:1/0")
    assert "must have parameter ssl_cert_reqs" in told["results"]["error"]


def test_a_node_that_answers_is_listed_once(calls: Bridge, fleet_worker: Inside) -> None:
    wait_for_control(calls, "w1@box")
    assert calls.call("nodes", timeout_s=1.0)["nodes"].count("w1@box") == 1

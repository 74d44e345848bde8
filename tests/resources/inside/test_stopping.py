"""What decides over tasks whose worker is stopped, on every Celery."""

from pathlib import Path

import pytest

from tests.support.doctor import plant
from tests.support.inside import bridge

SETTINGS = "task_time_limit=7, broker_transport_options={'visibility_timeout': 60}"
NEW = "5.7"


def test_an_app_without_settings_has_celerys_own(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://h:1/0")
    with bridge(python, "", "proj", workdir=plant(tmp_path)) as calls:
        told = calls.call("stopping")
    assert (told["broker"], told["visibility_timeout_s"]) == ("redis", 3600)
    assert told["soft_shutdown_s"] == (0.0 if told["celery"].startswith(NEW) else None)
    assert told["tasks"] == [
        {
            "name": "proj.add",
            "acks_late": False,
            "reject_on_worker_lost": False,
            "time_limit_s": None,
            "soft_time_limit_s": None,
        }
    ]


def test_a_task_has_its_own_options_before_those_of_the_app(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "amqp://h:1//")
    options = "acks_late=True, reject_on_worker_lost=True, soft_time_limit=3"
    folder = plant(tmp_path, settings=SETTINGS, options=options)
    with bridge(python, "", "proj", workdir=folder) as calls:
        told = calls.call("stopping")
    assert (told["broker"], told["visibility_timeout_s"]) == ("amqp", 60)
    (task,) = told["tasks"]
    assert (task["acks_late"], task["reject_on_worker_lost"]) == (True, True)
    assert (task["time_limit_s"], task["soft_time_limit_s"]) == (7, 3)

"""A real app and its render.yaml, rehearsed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.blueprint.reading import read_text
from core.render.rehearsing.rehearsal import Rehearsal, rehearse
from core.render.rehearsing.rules import Fate, Stop
from core.render.sizing.measured import Measured
from core.tasks.times import TaskTime
from core.workers.containment import make_containment
from tests.support.projects import project
from tests.support.trees import lay_out

APP = """\
import os

from celery import Celery

app = Celery("shop", broker=os.environ.get("REDIS_URL", "redis://localhost"))
app.conf.worker_soft_shutdown_timeout = float(os.environ.get("SOFT", "0"))


@app.task(name="ship", acks_late=True)
def ship():
    pass


@app.task(name="mail")
def mail():
    pass
"""
YAML = """\
services:
  - {type: web, name: api, runtime: python, startCommand: uvicorn main:app}
  - type: worker
    name: jobs
    runtime: python
    startCommand: celery -A shop worker
    maxShutdownDelaySeconds: 90
    envVars: [{fromGroup: shared}]
envVarGroups:
  - name: shared
    envVars: [{key: REMAP_SIGTERM, value: SIGQUIT}, {key: SOFT, value: "45"}]
"""
AT = datetime(2026, 11, 20, tzinfo=UTC)
TIMED = Measured(AT, "x", times=(TaskTime("mail", 4, 1.0, 2.0), TaskTime("ship", 2, 60.0, 61.0)))


async def rehearsed(
    folder: Path, yaml: str | None = None, measured: Measured | None = None, app: str = APP
) -> Rehearsal:
    shop = project(lay_out(folder / "shop", {"shop.py": app}), "shop", python=Path(sys.executable))
    file = folder / "shop" / "render.yaml"
    document = None if yaml is None else read_text(yaml, file)
    async with make_containment() as containment:
        return await rehearse(shop, document, measured, containment, {})


def fates(rehearsal: Rehearsal) -> dict[str, Fate]:
    (service,) = rehearsal.services
    return {row.task.name: row.outcome.fate for row in service.rows}


async def test_a_worker_that_a_script_starts_is_one(tmp_path: Path) -> None:
    lay_out(tmp_path / "shop", {"run.sh": "exec celery -A shop worker\n"})
    yaml = YAML.replace("celery -A shop worker", "./run.sh")
    (service,) = (await rehearsed(tmp_path, yaml)).services
    assert (service.name, service.stop.delay_s) == ("jobs", 90.0)


async def test_without_a_blueprint_renders_defaults_hold(tmp_path: Path) -> None:
    rehearsal = await rehearsed(tmp_path, measured=TIMED)
    (service,) = rehearsal.services
    assert (service.line, service.stop) == (None, Stop(30.0, visibility_s=3600.0))
    assert fates(rehearsal) == {"mail": Fate.FINISHES, "ship": Fate.AGAIN_LATER}
    assert service.held.fate is Fate.AGAIN_LATER
    assert rehearsal.timed_at == AT
    assert not rehearsal.loses


async def test_the_app_is_read_with_the_values_of_its_service(tmp_path: Path) -> None:
    rehearsal = await rehearsed(tmp_path, YAML, TIMED)
    (service,) = rehearsal.services
    assert (service.name, service.line) == ("jobs", 3)
    assert service.stop == Stop(90.0, quits=True, soft_s=45.0, visibility_s=3600.0)
    assert fates(rehearsal) == {"mail": Fate.FINISHES, "ship": Fate.AGAIN_NOW}


async def test_what_was_never_timed_is_not_known(tmp_path: Path) -> None:
    rehearsal = await rehearsed(tmp_path)
    assert set(fates(rehearsal).values()) == {Fate.UNKNOWN}
    assert rehearsal.timed_at is None


async def test_a_variable_before_the_command_counts(tmp_path: Path) -> None:
    yaml = YAML.replace("celery -A", "REMAP_SIGTERM=SIGQUIT celery -A").replace("fromGroup", "key")
    (service,) = (await rehearsed(tmp_path, yaml)).services
    assert service.stop.quits


async def test_a_broker_that_takes_back_has_no_visibility_timeout(tmp_path: Path) -> None:
    app = APP.replace("redis://localhost", "amqp://localhost")
    rehearsal = await rehearsed(tmp_path, measured=TIMED, app=app)
    assert rehearsal.services[0].stop.visibility_s is None
    assert fates(rehearsal)["ship"] is Fate.AGAIN_NOW


async def test_an_app_that_cannot_be_imported_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="cannot be imported"):
        await rehearsed(tmp_path, app="import nothing_of_that_name")

"""A project that is live on Render with all that its checklist asks for, and changes of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core.errors import FleetError
from core.render.api.answers import Deploy, KeyValue, Service
from core.render.api.log_line import LogLine
from core.render.checklist.answers import answer
from core.render.checklist.box import box
from core.render.checklist.case import Case, case_of
from core.render.checklist.evidence import Answer, State
from core.render.checklist.there import Dashboard, Remote, There, Usage, Visit
from core.render.checklist.ticking import Now
from tests.support.preflight import WORKER, clean, commit_of, picture, planted

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
COMMIT = commit_of({}, Path()).oid
NO_KEY = FleetError("there is no key for Render's API", "nobody made one", "Make a key.")
CONNECTED = "[2026-11-26 03:00:01,000: INFO/MainProcess] Connected to redis://broker:6379//"
READY = "[2026-11-26 03:00:02,000: INFO/MainProcess] worker@srv-a1 ready."
RECEIVED = "[2026-11-26 03:00:03,000: INFO/MainProcess] Task proj.tasks.add[7f-1] received"
SUCCEEDED = "[…: INFO/ForkPoolWorker-1] Task proj.tasks.add[7f-1] succeeded in 0.1s: 3"
FLOWER = """\
  - type: web
    name: flower
    runtime: python
    region: frankfurt
    plan: starter
    buildCommand: pip install -r requirements.txt
    startCommand: celery -A proj.app flower --port=$PORT
    healthCheckPath: /healthcheck
    envVars:
      - fromGroup: shared
      - key: FLOWER_BASIC_AUTH
        sync: false
      - key: REDIS_URL
        fromService: {type: keyvalue, name: broker, property: connectionString}
"""
WITH_FLOWER = {
    "render.yaml": clean("render.yaml", "  - type: keyvalue", f"{FLOWER}  - type: keyvalue"),
    "requirements.txt": "celery[redis]==5.5.3\nfastapi==0.118.0\nuvicorn==0.37.0\nflower==2.0.1\n",
}
NAMES = frozenset({"REDIS_URL", "LOG_LEVEL"})
UVICORN = "uvicorn main:app --host 0.0.0.0 --port $PORT"
FLOWERS = "celery -A proj.app flower --port=$PORT"


def service(name: str, type: str, command: str) -> Service:
    """One as Render tells of it."""
    return Service(
        id=f"srv-{name}",
        name=name,
        owner="tea-shop",
        type=type,
        suspended=False,
        repo="",
        branch="main",
        root="",
        plan="starter",
        region="frankfurt",
        instances=1,
        url=f"https://{name}.onrender.com" if type == "web_service" else "",
        dashboard="",
        trigger="commit",
        runtime="python",
        start_command=command,
        autoscaling=None,
    )


def deploy(id: str = "dep-1", commit: str = COMMIT) -> Deploy:
    """One that is live."""
    return Deploy(id, "live", commit, "Sell more", "api", NOW - timedelta(hours=1), NOW)


def lines(*messages: str) -> tuple[LogLine, ...]:
    """Lines of a log, a second apart."""
    return tuple(
        LogLine(f"log-{n}", NOW - timedelta(minutes=9, seconds=-n), text, "srv", "a1", "", "app")
        for n, text in enumerate(messages)
    )


def _visited(name: str, path: str) -> Visit:
    return Visit(f"https://{name}.onrender.com{path}", NOW, 200)


WEB = There(
    service("web", "web_service", UVICORN), deploy(), NAMES, visit=_visited("web", "/health")
)
JOBS = There(
    service("worker", "background_worker", WORKER),
    deploy("dep-2"),
    NAMES,
    lines(CONNECTED, READY, RECEIVED, SUCCEEDED),
    usage=Usage(NOW, 0.6, 0.2),
)
FLOWER_THERE = There(
    service("flower", "web_service", FLOWERS),
    deploy("dep-3"),
    NAMES | {"FLOWER_BASIC_AUTH"},
    visit=_visited("flower", "/healthcheck"),
    dashboard=Dashboard("https://flower.onrender.com/metrics", NOW, 401, frozenset({"worker@a1"})),
)
KEPT = KeyValue("red-1", "broker", "available", "starter", "frankfurt", "noeviction")


def remote(*services: There, key_value: KeyValue = KEPT) -> Remote:
    """What Render says: these services in place of those that are as they should be."""
    known = {each.service.name: each for each in (WEB, JOBS, FLOWER_THERE, *services)}
    return Remote("Shop", NOW, known, (key_value,))


def without(name: str) -> Remote:
    """All but one service."""
    whole = remote()
    return replace(whole, services={k: v for k, v in whole.services.items() if k != name})


def case(
    top: Path,
    changes: Mapping[str, str | bytes | None] | None = None,
    said: Remote | FleetError | None = None,
    **more: Any,
) -> Case:
    """The clean project with these changes, and what Render says; `more` are of `picture`."""
    return case_of(picture(planted(changes or {}), top, **more), said or remote())


def now(
    top: Path,
    changes: Mapping[str, str | bytes | None] | None = None,
    said: Remote | FleetError | None = None,
    working: Mapping[str, frozenset[str]] | None = None,
) -> Now:
    """The moment in which the list is looked at."""
    return Now(NOW, case(top, changes, said), working or {})


def found(id: str, of: Case) -> Answer:
    """What is found for a box."""
    known = box(id)
    assert known is not None
    return answer(known, of)


def state(id: str, of: Case) -> State:
    """How it stands by that alone."""
    return found(id, of).state

"""Trials of a project, made by hand."""

from pathlib import Path

from core.changes import BrokerKnown
from core.errors import FleetError
from core.groups import worker_groups
from core.project.apps import AppCandidate
from core.project.env_files import EnvValue
from core.project.finding import Found, Part
from core.project.interpreter import Interpreter
from core.project.opening import as_project
from core.project.versions import Versions
from core.secret import Secret
from core.settings import Settings
from core.setup.trial import NEEDED, State, Trial
from core.wishes import Wishes

ROOT = Path("/dev/shop").absolute()
PYTHON = ROOT / ".venv" / "bin" / "python"
OTHER = Path("/usr/bin/python3").absolute()
APPS = (
    AppCandidate(
        "shop.celery", ROOT, ROOT / "shop" / "celery.py", 4, "app is made by Celery(…)", 50
    ),
    AppCandidate("worker", ROOT / "old", None, None, "named by CELERY_APP", 40),
)
VERSIONS = Versions(
    python="3.12.8",
    executable=str(PYTHON),
    prefix=str(ROOT),
    platform="linux",
    celery="5.5.3",
    kombu="5.5.4",
    redis="5.2.1",
)
ENV = (
    EnvValue("API_KEY", Secret("hush"), f"process environment, over {ROOT / '.env'}:9"),
    EnvValue("REDIS_URL", Secret("rediss://:hush@shop.example:6380/0"), f"{ROOT / '.env'}:4"),
)
REFUSED = FleetError("the broker does not answer", "nothing listens", "start the server")


def found(settings: Settings | None = None, env: tuple[EnvValue, ...] = ENV) -> Found:
    return Found(
        root=ROOT,
        workdir=ROOT,
        name="shop-1",
        settings=settings or Settings(),
        candidates=APPS,
        interpreter=Interpreter(PYTHON, f".venv in {ROOT}"),
        env=env,
        production=(),
        notes=(),
        env_notes=(),
    )


def working() -> Trial:
    """All works, on the built-in broker."""
    project = as_project(found())
    return Trial(
        ROOT,
        states=dict.fromkeys((*NEEDED, Part.VARIABLES), State.WORKS),
        found=found(),
        project=project,
        apps=APPS,
        interpreters=(
            Interpreter(PYTHON, f".venv in {ROOT}"),
            Interpreter(OTHER, "python3 on PATH"),
        ),
        versions_of={PYTHON: VERSIONS},
        tasks=("shop.add", "shop.mail"),
        queues=("celery",),
        broker=BrokerKnown("", True, "Valkey 9.1 (built in)", None),
        groups=worker_groups(project, Wishes(name="worker%i@box"), {}),
        size_reason="the default",
    )


def faulty(part: Part = Part.BROKER, error: FleetError = REFUSED) -> Trial:
    """One part does not work."""
    sound = working()
    return Trial(
        **{
            **{name: getattr(sound, name) for name in sound.__slots__},
            "states": {**sound.states, part: State.FAULT},
            "faults": {part: error},
            "broker": None if part is Part.BROKER else sound.broker,
        }
    )

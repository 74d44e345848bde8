"""Makes the services of one project, alike in all that they have in common."""

import math
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from core.groups import WorkerGroup
from core.project.opening import Project
from core.render.blueprint.services import Role
from core.render.blueprint.wanted import Variable, WantedService
from core.render.blueprint.wants import Wants
from core.render.blueprint.yaml_text import Value
from core.render.build import Build
from core.render.choices import Choices
from core.render.plans import known_plans
from core.render.sizing.concurrency import Advice
from core.render.sizing.measured import Measured, advised
from core.render.web import WebApp
from core.workers.spec import WorkerSpec

MAX_SHUTDOWN_S: Final = 300
"""Render's most; a worker without a task goes at once, so it costs nothing."""
_SCHEDULE: Final = "-s /tmp/celerybeat-schedule --pidfile="
"""Beat's files, where a service may write; they are lost with it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of a project, for its services.

    `repository` is the folder that Render checks out. `python` is the version that runs it here,
    as 3.13.5, None when that is not known. `asked` are the keys of `choices` that a person chose.
    `measured` is what its workers were seen to need. `commands` are what the services run that the
    repository's Blueprint has already.
    """

    project: Project
    repository: Path
    choices: Choices
    asked: frozenset[str]
    python: str | None
    measured: Measured | None = None
    commands: tuple[str, ...] = ()


class Making:
    """Each method gives one service; `base` starts all names."""

    def __init__(self, ground: Ground, build: Build, wants: Wants, spec: WorkerSpec) -> None:
        self._choices = ground.choices
        self._asked = ground.asked
        self._ground = ground
        self._build = build
        self._wants = wants
        self._spec = spec
        self.base = ground.choices.name or _slug(ground.project.root.name)
        self.has_key_value = ground.choices.redis != "outside"

    def web(self, app: WebApp) -> WantedService:
        """The web service, with a health check where the application surely answers."""
        more: dict[str, Value] = {"healthCheckPath": app.health} if app.health else {}
        plan = self._choices.web_plan or "starter"
        return self._service(Role.WEB, "web", "web", plan, app.command, more)

    def worker(self, group: WorkerGroup) -> WantedService:
        """The service of one worker group: prefork, each instance a node of its own name."""
        spec = group.spec(self._spec)
        queues = f" -Q {shlex.quote(','.join(spec.queues))}" if spec.queues else ""
        command = (
            f"{self._celery} worker --loglevel={spec.loglevel} --concurrency={self._concurrency}"
            f" -n {group.name or 'worker'}@%h{queues}"
        )
        more: dict[str, Value] = {"maxShutdownDelaySeconds": self._shutdown}
        if self._choices.instances is not None:
            more["numInstances"] = self._choices.instances
        own = tuple(Variable(name, value) for name, value in group.env.items())
        suffix = f"worker-{_slug(group.name)}" if group.name else "worker"
        made = self._service(Role.WORKER, "worker", suffix, self._plan, command, more)
        return replace(made, variables=(*own, *made.variables))

    def beat(self, scheduler: str | None) -> WantedService:
        """Beat, of which there is exactly one; `scheduler` where the schedule is in a database."""
        named = f" --scheduler {scheduler}" if scheduler else f" {_SCHEDULE}"
        command = f"{self._celery} beat --loglevel={self._spec.loglevel}{named}"
        plan = self._choices.web_plan or "starter"
        plan = "starter" if plan == "free" else plan
        return self._service(Role.BEAT, "worker", "beat", plan, command, {"numInstances": 1})

    def flower(self) -> WantedService:
        """Flower, behind a password that is asked for."""
        command = f"{self._celery} flower --address=0.0.0.0 --port=$PORT"
        more: dict[str, Value] = {"healthCheckPath": "/healthcheck"}
        plan = self._choices.web_plan or "starter"
        made = self._service(Role.FLOWER, "web", "flower", plan, command, more)
        return replace(made, variables=(Variable("FLOWER_BASIC_AUTH"), *made.variables))

    def key_value(self) -> WantedService:
        """The broker, which evicts nothing and is reached from within only."""
        name = f"{self.base}-redis"
        fields: dict[str, Value] = {
            "type": "keyvalue",
            "name": name,
            "plan": self._choices.key_value_plan or "starter",
            "region": self._choices.region or "oregon",
            "maxmemoryPolicy": "noeviction",
            "ipAllowList": [],
        }
        asked = self._as_fields({"key_value_plan": "plan", "region": "region"})
        return WantedService(Role.KEY_VALUE, name, fields, asked=asked)

    def group_variables(self) -> tuple[Variable, ...]:
        """What all services have in common and everybody may read."""
        pinned = self._build.python_version is None and self._ground.python
        python = (Variable("PYTHON_VERSION", self._ground.python),) if pinned else ()
        return (*python, Variable("PYTHONUNBUFFERED", "1"))

    def notes(self) -> Iterator[str]:
        """What a person should know of these services."""
        if self._choices.concurrency is None:
            yield f"--concurrency={self._concurrency} on {self._plan} ({self._advice.why})"
        if not self.has_key_value:
            yield "an address rediss://… ends with ?ssl_cert_reqs=required, or results fail"

    @property
    def _celery(self) -> str:
        return f"celery -A {shlex.quote(self._spec.app)}"

    @property
    def _plan(self) -> str:
        return self._choices.plan or "starter"

    @property
    def _concurrency(self) -> int:
        return self._choices.concurrency or max(1, self._advice.concurrency)

    @property
    def _advice(self) -> Advice:
        return advised(known_plans().plan(self._plan), self._ground.measured)

    @property
    def _shutdown(self) -> int:
        grace_s = self._ground.project.settings.grace_s
        wanted = MAX_SHUTDOWN_S if grace_s is None else math.ceil(grace_s)
        return self._choices.shutdown or min(MAX_SHUTDOWN_S, max(1, wanted))

    def _service(
        self,
        role: Role,
        kind: str,
        suffix: str,
        plan: str,
        command: str,
        more: Mapping[str, Value],
    ) -> WantedService:
        root = _relative(self._build.folder, self._ground.repository)
        name = f"{self.base}-{suffix}"
        fields: dict[str, Value] = {
            "type": kind,
            "name": name,
            "runtime": "python",
            "plan": plan,
            "region": self._choices.region or "oregon",
            **({"rootDir": root} if root else {}),
            "buildCommand": self._build.command,
            "startCommand": self._prefixed(command),
            **more,
            "autoDeployTrigger": self._choices.deploy or "commit",
            "buildFilter": {
                "paths": [f"{root}/**" if root else "**"],
                "ignoredPaths": ["**/*.md"],
            },
        }
        chosen = {"region": "region", "deploy": "autoDeployTrigger"}
        if role is Role.WORKER:
            chosen |= {"plan": "plan", "shutdown": "maxShutdownDelaySeconds"}
            chosen |= {"instances": "numInstances", "concurrency": "startCommand"}
        else:
            chosen |= {"web_plan": "plan"}
        asked = self._as_fields(chosen)
        return WantedService(role, name, fields, self._variables(), asked, command)

    def _prefixed(self, command: str) -> str:
        """With what activates the environment, started in the folder of the app."""
        inner = _relative(self._ground.project.workdir, self._build.folder)
        # Not every shell gives its place to the last command by itself, and SIGTERM is for it.
        move = f"cd {shlex.quote(inner)} && exec " if inner else ""
        return f"{move}{self._build.start}{command}"

    def _variables(self) -> tuple[Variable, ...]:
        broker = (Variable(name, of_broker=True) for name in self._broker_names())
        required = self._wants.required
        needed = (Variable(name, required=name in required) for name in self._wants.needed)
        return (*broker, *needed)

    def _broker_names(self) -> tuple[str, ...]:
        """Celery takes the first over all that code says; of the others those that are read."""
        others = ("CELERY_RESULT_BACKEND", "REDIS_URL")
        return ("CELERY_BROKER_URL", *(name for name in others if name in self._wants.read))

    def _as_fields(self, chosen: Mapping[str, str]) -> frozenset[str]:
        return frozenset(field for key, field in chosen.items() if key in self._asked)


def _relative(folder: Path, root: Path) -> str:
    text = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else ""
    return "" if text == "." else text


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "app"

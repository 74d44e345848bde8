"""What is to be proved of a snapshot: its Python services, and what each has on Render."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.render.blueprint.services import services_of
from core.render.preflight.commit import joined
from core.render.preflight.python_pin import DEFAULT
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Root, Snapshot
from core.render.proving.event import Step
from core.render.proving.values import Values, values_of
from core.tasks.call import TaskCall

PIP: Final = "pip install -r requirements.txt"
"""What Render runs where no build command is said (https://render.com/docs/deploys)."""
AFTER_TASK_S: Final = 30
"""A worker that is still there so long after its task stays until it is killed."""
LIMITS: Final[Mapping[Step, float]] = {
    Step.PYTHON: 300,
    Step.BUILD: 1200,
    Step.IMPORT: 60,
    Step.WORKER: 60,
    Step.TASK: 60,
    Step.STOP: AFTER_TASK_S,
    Step.WEB: 90,
}
"""Seconds that each step may take."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One service that is built and run; `app` is None for a web service.

    `root` is where it is built and started, `folder` where `app` is imported. `path` is that of
    the health check. `built_as` is the first service that is built like it. `file` and `line` are
    those of its start command, None where the commit does not have it.
    """

    service: Service
    python: str
    root: str
    folder: str
    build: str
    start: str
    app: str | None
    path: str | None
    values: Values
    built_as: str
    file: str | None
    line: int | None

    @property
    def name(self) -> str:
        """How it is called."""
        return self.service.name


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is proved. `left` are services that are not, each with the reason.

    Python is one for all; `call` in place of the probe.
    """

    python: str
    subjects: tuple[Subject, ...]
    left: tuple[tuple[Service, str], ...] = ()
    call: TaskCall | None = None
    limits: Mapping[Step, float] = field(default_factory=lambda: LIMITS)

    def start(self, broker: tuple[str, ...] | None) -> dict[str, Any]:
        """The start message of `resources/inside/proof/gate.py`: it holds the values.

        `broker` is a command behind which a port is to stand.
        """
        call = self.call
        task = call and {"name": call.task, "args": call.args, "kwargs": call.kwargs}
        return {
            "kind": "start",
            "python": self.python,
            "broker": broker,
            "limits": {step.value: limit for step, limit in self.limits.items()},
            "task": task,
            "services": [_told(subject) for subject in self.subjects],
        }


def _told(subject: Subject) -> dict[str, Any]:
    return {
        "name": subject.name,
        "kind": "web" if subject.app is None else "worker",
        "root": subject.root,
        "folder": subject.folder,
        "build": subject.build,
        "start": subject.start,
        "app": subject.app,
        "path": subject.path,
        "env": {name: value.reveal() for name, value in subject.values.known.items()},
    }


def plan_of(snapshot: Snapshot, call: TaskCall | None = None) -> Plan:
    """What can be proved of it; workers come first."""
    subjects: list[Subject] = []
    left: list[tuple[Service, str]] = []
    builders: dict[tuple[str, str, str], str] = {}
    for root in snapshot.roots:
        for service in sorted(root.services, key=lambda each: not each.works):
            if (reason := _not_proved(service)) is not None:
                if reason:
                    left.append((service, reason))
                continue
            subject = _subject(service, root, snapshot, builders)
            if subject is None:
                left.append((service, "its command does not say which app it starts"))
            else:
                subjects.append(subject)
    python = subjects[0].python if subjects else DEFAULT
    left += [
        (each.service, f"it has Python {each.python}, and the first service {python}")
        for each in subjects
        if each.python != python
    ]
    return Plan(
        python, tuple(each for each in subjects if each.python == python), tuple(left), call
    )


def _not_proved(service: Service) -> str | None:
    """Why it is left out; empty for what has no part in this, None for what is proved."""
    if service.start is None or not (service.works or service.kind == "web"):
        return ""
    if service.runtime != "python":
        return f"it is built by {service.runtime or 'another runtime'}, not by Render's Python"
    return None


def _subject(
    service: Service, root: Root, snapshot: Snapshot, builders: dict[tuple[str, str, str], str]
) -> Subject | None:
    assert service.start is not None, "what starts nothing was left out"
    values = values_of(service, snapshot)
    app, folder = None, root.path
    if service.works:
        placed, celery = next(service.celery("worker"))
        named = values.known.get("CELERY_APP")
        app = celery.app or (named.reveal() if named else None)
        if app is None:
            return None
        folder = joined(
            joined(root.path, placed.call.folder), celery.call.option("--workdir") or ""
        )
    build = service.build.text if service.build else PIP
    python = root.pin.version if root.pin.valid else DEFAULT
    is_there = service.start.file in snapshot.commit.entries
    return Subject(
        service=service,
        python=python,
        root=root.path,
        folder=folder,
        build=build,
        start=service.start.text,
        app=app,
        path=_health(service, snapshot),
        values=values,
        built_as=builders.setdefault((root.path, build, python), service.name),
        file=service.start.file if is_there else None,
        line=service.start.line if is_there else None,
    )


def _health(service: Service, snapshot: Snapshot) -> str | None:
    document = snapshot.blueprint.document
    tables = () if document is None else services_of(document.root)
    texts = (each.text("healthCheckPath") for each in tables if each.text("name") == service.name)
    path = next(texts, "")
    return f"/{path.lstrip('/')}" if path else None

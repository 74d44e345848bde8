"""What Render tells, as far as it is used here. Words that Render may add to stay as they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from core.render.api.lenient import Json, flag, moment, table, tables, text, whole
from core.secret import Secret

UNDER_WAY: Final = frozenset(
    ("created", "queued", "build_in_progress", "pre_deploy_in_progress", "update_in_progress")
)
GOOD: Final = frozenset(("live", "deactivated"))
"""A deploy that was live is `deactivated` once another one is; Render's own tools count both."""
BAD: Final = frozenset(("build_failed", "pre_deploy_failed", "update_failed", "canceled"))


@dataclass(frozen=True, slots=True)
class Owner:
    """A workspace; `type` is team or user."""

    id: str
    name: str
    type: str

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(text(of, "id"), text(of, "name"), text(of, "type"))


@dataclass(frozen=True, slots=True)
class Autoscaling:
    """Render's own scaling, by CPU and memory; percentages of what is to be used, None when not."""

    enabled: bool
    least: int
    most: int
    cpu: int | None
    memory: int | None

    @classmethod
    def read(cls, of: Json) -> "Autoscaling":
        """From JSON."""
        targets = (table(table(of.get("criteria")).get(name)) for name in ("cpu", "memory"))
        cpu, memory = (
            whole(one, "percentage") if flag(one, "enabled") else None for one in targets
        )
        least, most = whole(of, "min") or 1, whole(of, "max") or 1
        return cls(flag(of, "enabled"), least, most, cpu, memory)

    def body(self) -> Json:
        """As Render takes it."""
        criteria = {
            name: {"enabled": percentage is not None, "percentage": percentage or 90}
            for name, percentage in (("cpu", self.cpu), ("memory", self.memory))
        }
        return {
            "enabled": self.enabled,
            "min": self.least,
            "max": self.most,
            "criteria": criteria,
        }


@dataclass(frozen=True, slots=True)
class Service:
    """A service. `type` is Render's word: web_service, background_worker, …

    `instances` is None where there is no such number. `trigger` says what starts a deploy.
    """

    id: str
    name: str
    owner: str
    type: str
    suspended: bool
    repo: str
    branch: str
    root: str
    plan: str
    region: str
    instances: int | None
    url: str
    dashboard: str
    trigger: str
    runtime: str
    start_command: str
    autoscaling: Autoscaling | None

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        details = table(of.get("serviceDetails"))
        commands = table(details.get("envSpecificDetails"))
        scaling = table(details.get("autoscaling"))
        return cls(
            id=text(of, "id"),
            name=text(of, "name"),
            owner=text(of, "ownerId"),
            type=text(of, "type"),
            suspended=text(of, "suspended") == "suspended",
            repo=text(of, "repo"),
            branch=text(of, "branch"),
            root=text(of, "rootDir"),
            plan=text(details, "plan"),
            region=text(details, "region"),
            instances=whole(details, "numInstances"),
            url=text(details, "url"),
            dashboard=text(of, "dashboardUrl"),
            trigger=text(of, "autoDeployTrigger"),
            runtime=text(details, "runtime") or text(details, "env"),
            start_command=text(commands, "startCommand") or text(commands, "dockerCommand"),
            autoscaling=Autoscaling.read(scaling) if scaling else None,
        )


@dataclass(frozen=True, slots=True)
class Deploy:
    """A deploy. `commit` is its whole id, `message` what its author wrote."""

    id: str
    status: str
    commit: str
    message: str
    trigger: str
    created_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(
            id=text(of, "id"),
            status=text(of, "status"),
            commit=text(of, "commit", "id"),
            message=text(of, "commit", "message"),
            trigger=text(of, "trigger"),
            created_at=moment(of, "createdAt"),
            finished_at=moment(of, "finishedAt"),
        )

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen; a status that nobody knows counts by its end."""
        return self.status in GOOD | BAD or (
            self.status not in UNDER_WAY and self.finished_at is not None
        )

    @property
    def good(self) -> bool:
        """Whether it went live."""
        return self.status in GOOD


@dataclass(frozen=True, slots=True)
class Instance:
    """One of the machines that run a service."""

    id: str
    created_at: datetime | None

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(text(of, "id"), moment(of, "createdAt"))


@dataclass(frozen=True, slots=True)
class EnvVar:
    """A variable of a service or a group on Render."""

    key: str
    value: Secret

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(text(of, "key"), Secret(text(of, "value")))


@dataclass(frozen=True, slots=True)
class EnvGroup:
    """Variables that services share; `services` are the ids of those. Lists come without `vars`."""

    id: str
    name: str
    owner: str
    services: tuple[str, ...]
    vars: tuple[EnvVar, ...]

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(
            id=text(of, "id"),
            name=text(of, "name"),
            owner=text(of, "ownerId"),
            services=tuple(text(each, "id") for each in tables(of.get("serviceLinks"))),
            vars=tuple(EnvVar.read(each) for each in tables(of.get("envVars"))),
        )


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A Key Value, which is Redis: `policy` is what it does when its memory is full."""

    id: str
    name: str
    status: str
    plan: str
    region: str
    policy: str

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(
            id=text(of, "id"),
            name=text(of, "name"),
            status=text(of, "status"),
            plan=text(of, "plan"),
            region=text(of, "region"),
            policy=text(of, "options", "maxmemoryPolicy"),
        )


@dataclass(frozen=True, slots=True)
class Connection:
    """The addresses of a Key Value: inside its region, and from elsewhere, with a password."""

    internal: Secret
    external: Secret

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        keys = ("internalConnectionString", "externalConnectionString")
        return cls(*(Secret(text(of, key)) for key in keys))


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A render.yaml that Render knows; `status` says whether the services are as it says."""

    id: str
    name: str
    status: str
    repo: str
    branch: str
    auto_sync: bool

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        return cls(
            id=text(of, "id"),
            name=text(of, "name"),
            status=text(of, "status"),
            repo=text(of, "repo"),
            branch=text(of, "branch"),
            auto_sync=flag(of, "autoSync"),
        )


@dataclass(frozen=True, slots=True)
class BlueprintError:
    """What Render finds wrong in a render.yaml; `line` and `column` count from 1."""

    what: str
    path: str
    line: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Render says of a render.yaml, and how many actions it would take."""

    valid: bool
    errors: tuple[BlueprintError, ...]
    actions: int | None

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        errors = (
            BlueprintError(
                text(each, "error"), text(each, "path"), whole(each, "line"), whole(each, "column")
            )
            for each in tables(of.get("errors"))
        )
        return cls(flag(of, "valid"), tuple(errors), whole(of, "plan", "totalActions"))

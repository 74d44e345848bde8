"""What Render said of a project's services, as far as the checklist asks; no value is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import FleetError
from core.render.api.answers import Deploy, KeyValue, Service
from core.render.api.log_line import LogLine


@dataclass(frozen=True, slots=True)
class Visit:
    """What a service answered to a GET of `url`: a status of HTTP, or why there was none."""

    url: str
    at: datetime
    status: int | None
    trouble: str = ""

    @property
    def good(self) -> bool:
        """Whether Render would take it for healthy."""
        return self.status is not None and 200 <= self.status < 400


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What Flower shows to somebody without a login.

    `front` is the status of its first page, `workers` are those that its `/metrics` has online;
    they ask for no login (flower 2, `flower/urls.py`).
    """

    url: str
    at: datetime
    front: int | None
    workers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """The most that one instance took since the deploy, as a share of what its plan has."""

    at: datetime
    memory: float | None
    cpu: float | None


@dataclass(frozen=True, slots=True)
class There:
    """One service. `live` is the deploy that runs, `lines` are of its log since that deploy.

    `unread` is why the log could not be read. `variables` are the names that it has itself or from
    its groups. `killed`: when an instance was ended for want of memory since then.
    """

    service: Service
    live: Deploy | None
    variables: frozenset[str]
    lines: tuple[LogLine, ...] = ()
    unread: FleetError | None = None
    visit: Visit | None = None
    dashboard: Dashboard | None = None
    usage: Usage | None = None
    killed: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Remote:
    """The services of render.yaml by name, and the Key Values; looked at in a workspace, then."""

    workspace: str
    at: datetime
    services: Mapping[str, There]
    key_values: tuple[KeyValue, ...] = ()

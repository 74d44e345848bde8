"""Render's words, and times, as people read them."""

from datetime import datetime
from typing import Final

from core.render.api.answers import Service

KINDS: Final = {
    "background_worker": "worker",
    "web_service": "web service",
    "private_service": "private service",
    "cron_job": "cron job",
    "static_site": "static site",
}


def kind(type: str) -> str:
    """What a service is."""
    return KINDS.get(type, type.replace("_", " "))


def when(at: datetime | None) -> str:
    """A time of Render's, in the zone of this machine."""
    return "" if at is None else f"{at.astimezone():%d %b, %H:%M}"


def target(service: Service, workspace: str) -> str:
    """A service so that it cannot be mistaken for another."""
    return f"{service.name} ({service.id}, workspace {workspace})"


def lasted(seconds: float) -> str:
    """How long something took or takes."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def counted(count: int, name: str) -> str:
    """How many: 1 commit, 2 commits."""
    return f"{count} {name}{'' if count == 1 else 's'}"

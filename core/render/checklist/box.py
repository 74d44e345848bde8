"""The boxes of the deployment guide's checklist, in its order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Section(StrEnum):
    """The parts of the list."""

    BEFORE = "Before the deployment"
    WEB = "Web service"
    WORKER = "Worker"
    FLOWER = "Flower (optional)"
    AFTER = "After the deployment"


@dataclass(frozen=True, slots=True)
class Box:
    """One box. `how` says what ticks it; `by_hand`: only a person can know."""

    id: str
    section: Section
    words: str
    how: str
    by_hand: bool = False


_FILES: Final = "render.yaml, and what the commit has there"
_VARIABLES: Final = "what the code reads, render.yaml, and the names that Render has"

BOXES: Final[tuple[Box, ...]] = (
    Box("redis", Section.BEFORE, "Redis is set up, and was reached", "a line of the worker's log"),
    Box(
        "documented",
        Section.BEFORE,
        "All variables that the code reads are written down",
        "render.yaml, or an example of a .env file in the commit",
    ),
    Box(
        "packages",
        Section.BEFORE,
        "The list of packages has celery, redis and whatever else is started",
        "the list that the build reads",
    ),
    Box("web-there", Section.WEB, "The web service is on Render", "Render's API"),
    Box("web-root", Section.WEB, "Its root directory is where the app is", _FILES),
    Box("web-start", Section.WEB, "Its start command listens at $PORT", _FILES),
    Box("web-variables", Section.WEB, "It has all its variables", _VARIABLES),
    Box("web-answers", Section.WEB, "Its API answers", "a GET of its health path, or of /"),
    Box("worker-there", Section.WORKER, "The background worker is on Render", "Render's API"),
    Box("worker-root", Section.WORKER, "Its root directory is where the app is", _FILES),
    Box("worker-start", Section.WORKER, "Its start command has a --concurrency that fits", _FILES),
    Box("worker-variables", Section.WORKER, "It has the same variables as the web", _VARIABLES),
    Box("worker-ready", Section.WORKER, "It connects, and is ready", "a line of its log"),
    Box("flower-there", Section.FLOWER, "Flower is a web service on Render", "Render's API"),
    Box(
        "flower-password",
        Section.FLOWER,
        "It asks for a password that is in no file",
        "render.yaml, the names that Render has, and a GET of /",
    ),
    Box("flower-answers", Section.FLOWER, "Its dashboard can be reached", "GET /healthcheck"),
    Box("flower-workers", Section.FLOWER, "The workers show up there", "GET /metrics"),
    Box("sent", Section.AFTER, "A test task was submitted through the API", "you", by_hand=True),
    Box("logged", Section.AFTER, "A task appears in the worker's log", "a line of its log"),
    Box("completed", Section.AFTER, "A task completes", "a line of the worker's log"),
    Box("status", Section.AFTER, "Its status was read through the API", "you", by_hand=True),
    Box("usage", Section.AFTER, "Memory and CPU are within the plan", "Render's metrics, events"),
)
"""Words are those of today: where a service is rented, Redis may be Render's own."""


def box(id: str) -> Box | None:
    """The one of this name."""
    return next((each for each in BOXES if each.id == id), None)

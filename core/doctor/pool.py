"""The check of the pool that the app asks for."""

from core.doctor.case import Case
from core.doctor.finding import Seen, fault, ok, warning
from core.project.compatibility import SPAWNS
from core.project.production import unlike


async def pool(case: Case) -> Seen:
    """Whether the pool that the settings ask for is right for here and for production."""
    asked, concurrency = case.settings["pool"], case.settings["concurrency"]
    at_once = f", worker_concurrency is {concurrency}" if concurrency else ""
    if asked is None:
        return ok(f"the settings name no pool{at_once}")
    if asked == "solo":
        return warning(
            "the settings have worker_pool = solo, so production runs one task at a time too",
            "give --pool=solo on the command line on Windows only",
        )
    if said := unlike(asked, "worker_pool"):
        return warning(said, "see solofleet parity for what differs")
    if case.windows and _numbers(case.versions.celery) < SPAWNS:
        return fault(
            f"the settings have worker_pool = {asked}, which needs fork() before Celery 5.7",
            "take worker_pool out of the settings: on Linux prefork is the default",
        )
    return ok(f"worker_pool is {asked}{at_once}")


def _numbers(version: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in (version or "0").split(".")[:2] if part.isdecimal())

"""What waits in queues, and what workers hold of them, as one number each."""

from collections.abc import Sequence

from core.bridge.calls import Calls
from core.bridge.queues import see_queues
from core.errors import UNAVAILABLE, FleetError
from core.render.api.answers import Service
from core.render.blueprint import services as blueprint
from core.render.blueprint.services import celery_calls
from core.render.remote.backlog import Load
from core.rows.celery import command_of


def queues_of(service: Service) -> tuple[str, ...]:
    """Those that its start command takes from; none where it takes from all of the app's."""
    workers = (each for each in celery_calls(service.start_command) if command_of(each) == "worker")
    return tuple(dict.fromkeys(name for each in workers for name in blueprint.queues_of(each)))


async def queues_to_follow(calls: Calls, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those that were named, else all that the app declares. Raises FleetError for unknown ones."""
    seen = await see_queues(calls, wanted)
    if wanted:
        return tuple(seen.named(name).name for name in wanted)
    return tuple(queue.name for queue in seen.queues if queue.declared)


async def read_load(calls: Calls, names: Sequence[str]) -> Load:
    """The sum over these queues. Raises FleetError where the broker does not tell.

    What workers hold is only told by Redis; elsewhere it counts as nothing.
    """
    told = {queue["name"]: queue for queue in (await calls.survey(names))["queues"]}
    waiting = held = 0
    for name in names:
        queue = told.get(name)
        if queue is None or queue["waiting"] is None:
            raise FleetError(
                f"what waits in {name} is not known",
                "the broker does not tell, or has no such queue",
                "See what it has: solofleet queues.",
                exit_code=UNAVAILABLE,
            )
        waiting += queue["waiting"]
        held += queue["unacked"] or 0
    return Load(waiting, held)

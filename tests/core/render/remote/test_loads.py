"""Loads of queues, as a broker tells them."""

from collections.abc import Mapping
from typing import Any

import pytest

from core.bridge.calls import Calls
from core.errors import FleetError
from core.render.api.answers import Service
from core.render.remote.backlog import Load
from core.render.remote.loads import queues_of, queues_to_follow, read_load


def queue(name: str, waiting: int | None, unacked: int | None = 0) -> dict[str, Any]:
    told = {"name": name, "declared": name != "old", "bound": True, "waiting": waiting}
    rest = {"priorities": None, "oldest_unacked_s": None, "consumers": None}
    return {**told, **rest, "unacked": unacked}


class Host:
    """Tells three queues; no worker answers."""

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        if kind == "inspect":
            return {"replies": {}}
        queues = [
            queue("celery", 5, 2),
            queue("mail", 7, None),
            queue("old", 1),
            queue("odd", None),
        ]
        return {"queues": queues, "unacked": 2, "oldest_unacked_s": None, "set_aside": []}


CALLS = Calls(Host())  # type: ignore[arg-type]


async def test_all_queues_that_are_followed_count() -> None:
    assert await read_load(CALLS, ("celery", "mail")) == Load(12, 2)
    assert await read_load(CALLS, ("celery",)) == Load(5, 2)


@pytest.mark.parametrize("name", ["odd", "nowhere"])
async def test_a_queue_that_is_not_told_of_is_an_error(name: str) -> None:
    with pytest.raises(FleetError, match=f"what waits in {name} is not known"):
        await read_load(CALLS, ("celery", name))


async def test_the_queues_of_the_app_are_followed_when_none_is_named() -> None:
    assert await queues_to_follow(CALLS, ()) == ("celery", "mail", "odd")
    assert await queues_to_follow(CALLS, ("old",)) == ("old",)
    with pytest.raises(FleetError, match="there is no queue 'celeri'"):
        await queues_to_follow(CALLS, ("celeri",))


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("celery -A jobs worker -Q mail,celery", ("mail", "celery")),
        ("cd backend && celery -A jobs worker --queues=mail, -c 2", ("mail",)),
        ("celery -A jobs worker", ()),
        ("celery -A jobs beat", ()),
        ("./start.sh", ()),
    ],
)
def test_the_queues_of_a_command_are_read(command: str, names: tuple[str, ...]) -> None:
    details = {"envSpecificDetails": {"startCommand": command}}
    assert queues_of(Service.read({"serviceDetails": details})) == names

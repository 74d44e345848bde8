"""A change on Render: first words to agree to, then what is sent."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import USAGE, FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the service of this name, or to another thing there.

    Who offers it shows `action`, which names its target in full, and has it agreed to.

    `told` says in the past what Render was asked for, `wanted` the same for programs. `note` has
    sentences that should be known before, empty when there are none. `send` does it, and raises
    what `RenderApi` raises.
    """

    name: str
    action: str
    told: str
    wanted: Mapping[str, Any]
    send: Callable[[RenderApi], Awaitable[object]]
    note: str = ""


async def carry_out(
    api: RenderApi,
    changes: Iterable[Change],
    on_done: Callable[[Change], None] = lambda change: None,
) -> None:
    """Send them in turn. The error of one that fails says which were done before it."""
    done: list[str] = []
    for change in changes:
        try:
            await change.send(api)
        except FleetError as error:
            if done:
                error.fix += f" Done before that: {'; '.join(done)}."
            raise
        done.append(change.told)
        on_done(change)


def named(service: Service, workspace: str) -> str:
    """A service so that nobody takes it for another one."""
    return f"{service.name} ({service.id}, workspace {workspace})"


def needless(service: Service, what: str, why: str, fix: str) -> FleetError:
    """The error for a change that Render would ignore or refuse."""
    return FleetError(f"{service.name} {what}", why, fix, exit_code=USAGE)

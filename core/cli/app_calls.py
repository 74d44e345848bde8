"""The way into a project's app, for commands that start no workers."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.errors import USAGE, FleetError
from core.project.opening import Project
from core.wishes import Wishes, wants_builtin, worker_spec
from core.workers.containment import make_containment


@asynccontextmanager
async def app_calls(
    project: Project,
    wishes: Wishes,
    say: Callable[[str], None],
    environ: Mapping[str, str],
    *,
    need_broker: bool,
) -> AsyncGenerator[Calls]:
    """Calls into the app for the time of the block; `say` gets what people should know.

    Raises FleetError where a broker is needed and the built-in one is wanted, never to reach for
    the app's own.
    """
    if need_broker:
        refuse_builtin(project, wishes)
    async with make_containment(say) as containment:
        host = Host(worker_spec(project, wishes, environ, None), containment)
        try:
            yield Calls(host)
        finally:
            await host.close()


def refuse_builtin(project: Project, wishes: Wishes) -> None:
    """Raise FleetError where the built-in broker is wanted, which nobody runs here."""
    if wants_builtin(project, wishes):
        raise FleetError(
            "there is no built-in broker here",
            "it lives only as long as `solofleet up` does",
            "take the URL that `solofleet up` shows: --broker redis://127.0.0.1:PORT/0",
            exit_code=USAGE,
        )

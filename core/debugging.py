"""One worker under debugpy, while the others go on as they are."""

from typing import Final

from core.broker.builtin import free_port
from core.errors import UNAVAILABLE, USAGE, FleetError
from core.flower.port import is_free
from core.project.installing import install_command
from core.project.versions import read_versions
from core.session import Session
from core.workers.mode import Mode

USUAL_PORT: Final = 5678
"""What debugpy and the editors that attach to it take by default."""


async def debug(session: Session, name: str) -> int:
    """Give a worker a new process under debugpy, after its task; the port where it listens.

    Raises FleetError where that cannot be: another mode than fleet, no debugpy for the project's
    interpreter. Then nothing has changed.
    """
    if session.mode is not Mode.FLEET:
        raise FleetError(
            f"{_short(name)} cannot be run under debugpy in {session.mode} mode",
            "that is the literal celery command, into which nothing of ours is put",
            "open the project in fleet mode",
            exit_code=USAGE,
        )
    interpreter = session.project.interpreter
    if (await read_versions(interpreter)).debugpy is None:
        raise FleetError(
            f"{_short(name)} cannot be run under debugpy",
            f"debugpy is not installed for {interpreter.path}",
            install_command(interpreter, "debugpy"),
            exit_code=UNAVAILABLE,
        )
    port = session.supervisor.debug_port(name) or _port(session)
    session.supervisor.debug(name, port)
    session.restart(name, patient=True)
    return port


def debug_no_more(session: Session, name: str) -> None:
    """Give a worker a new process without debugpy, after its task."""
    session.supervisor.debug(name, None)
    session.restart(name, patient=True)


def _port(session: Session) -> int:
    """One that is free, also of those that will only be listened at."""
    supervisor = session.supervisor
    promised = {supervisor.debug_port(worker.name) for worker in supervisor.workers}
    usual = USUAL_PORT not in promised and is_free(USUAL_PORT)
    return USUAL_PORT if usual else free_port()


def _short(name: str) -> str:
    return name.partition("@")[0]

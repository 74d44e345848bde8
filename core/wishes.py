"""What a person asks of a session, over what the project says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.broker.address import read_address
from core.broker.builtin import env as builtin_variables
from core.errors import USAGE, FleetError
from core.project.opening import Project
from core.secret import Secret
from core.settings import MAX_WORKERS, Settings
from core.settings.keys import DEFAULT_WORKERS
from core.settings.origin import Layer, Origin, Setting
from core.workers.mode import Mode
from core.workers.policy import Policy
from core.workers.spec import WorkerSpec

BUILTIN: Final = "builtin"
REDIS: Final = ("redis://", "rediss://")
CONCURRENCY: Final = "CELERY_WORKER_CONCURRENCY"


@dataclass(frozen=True, slots=True)
class Wishes:
    """None and empty mean: as the project has it.

    `broker` is a URL, or "builtin" for the built-in one. `hoard`, `daemonic`, `spare` and `events`
    are those of a `WorkerSpec`. `groups` are the worker groups to start. `debug_port` runs the
    first worker under debugpy. `rows` are commands to start beside the workers, empty for none.
    `reload`: new processes when source changes. `loop` forces Celery's event loop ("windows"), for
    tests. `watch_others` listens to workers of others even when none is seen at first.
    """

    workers: int | None = None
    broker: Secret | None = None
    loglevel: str | None = None
    queues: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    name: str | None = None
    mode: Mode | None = None
    hoard: bool = False
    daemonic: bool = False
    spare: bool = False
    events: bool = False
    grace_s: float | None = None
    debug_port: int | None = None
    rows: tuple[str, ...] | None = None
    all_rows: bool = False
    reload: bool = False
    loop: str | None = None
    watch_others: bool = False


def effective(project: Project, wishes: Wishes) -> Settings:
    """The settings with what was asked for on top, each value with the place it comes from."""
    asked: dict[str, object] = {
        "workers": wishes.workers,
        "queues": wishes.queues or None,
        "broker": wishes.broker,
        "loglevel": wishes.loglevel,
        "name": wishes.name,
        "grace": wishes.grace_s,
        "mode": wishes.mode,
        "hoard": wishes.hoard or None,
        "daemonic": wishes.daemonic or None,
        "spare": wishes.spare or None,
    }
    origin = Origin(Layer.ASKED)
    return project.settings.over(
        {key: Setting(value, origin) for key, value in asked.items() if value is not None}
    )


def wants_builtin(project: Project, wishes: Wishes) -> bool:
    """Whether the session runs a broker of its own."""
    return _broker(project, wishes) == BUILTIN


def wants_redis(project: Project, wishes: Wishes) -> bool:
    """Whether the broker is known to be a Redis without asking the app."""
    url = _broker(project, wishes) or ""
    return url == BUILTIN or url.startswith(REDIS)


def _broker(project: Project, wishes: Wishes) -> str | None:
    """What was asked for in place of the app's own broker."""
    url = effective(project, wishes).broker
    return None if url is None else url.reveal()


def worker_count(project: Project, wishes: Wishes, environ: Mapping[str, str]) -> tuple[int, str]:
    """How many workers, and where that number comes from.

    A solo worker runs one task at a time, so the concurrency that production asks for becomes
    the number of workers. Raises FleetError when that is no number.
    """
    settings = effective(project, wishes)
    if settings.workers is not None:
        return settings.workers, settings.where("workers")
    text = project.environment(environ).get(CONCURRENCY, "")
    asked = _concurrency(text) if text else 0
    if asked < 1:  # Celery takes 0 for the number of processors
        return DEFAULT_WORKERS, "the default"
    if asked > MAX_WORKERS:
        return MAX_WORKERS, f"the most that one machine gets; {CONCURRENCY}={text}"
    return asked, f"{CONCURRENCY}={text}: one worker for each"


def _concurrency(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise FleetError(
            f"{CONCURRENCY}={text!r} is not a number of workers",
            "it is read as the concurrency that production has",
            f"set {CONCURRENCY} to a whole number, or give the number with -n",
            exit_code=USAGE,
        ) from None


def worker_mode(project: Project, wishes: Wishes) -> Mode:
    """Which of the three ways to run workers."""
    return Mode(effective(project, wishes).mode or Mode.FLEET)


def worker_policy(project: Project, wishes: Wishes) -> Policy:
    """How patient the supervisor is."""
    grace_s = effective(project, wishes).grace_s
    return Policy() if grace_s is None else Policy(grace_s=grace_s)


def worker_spec(
    project: Project,
    wishes: Wishes,
    environ: Mapping[str, str],
    builtin_url: str | None,
    first: str = "",
    count: int = 1,
) -> WorkerSpec:
    """The way to run this project's app as a worker, with this environment of ours.

    `first` is the node name of the worker that `wishes.debug_port` is for, `count` how many tasks
    may run at once. Raises FleetError for what only the fleet can do, asked of another mode, and
    for a broker's address that Celery could not use.
    """
    mode, settings = worker_mode(project, wishes), effective(project, wishes)
    _refuse_beside(mode, wishes)
    fleet = mode is Mode.FLEET
    return WorkerSpec(
        python=project.interpreter.path,
        app=project.app,
        workdir=project.workdir,
        env=project.environment(environ),
        loglevel=settings.loglevel or "info",
        queues=settings.queues,
        broker=_broker_variables(builtin_url or _broker(project, wishes)),
        mode=mode,
        concurrency=count,
        hoards=fleet and settings.hoard,
        daemonic=fleet and settings.daemonic,
        spare=fleet and settings.spare,
        events=wishes.events,
        loop=wishes.loop,
        debug=None if wishes.debug_port is None else (first, wishes.debug_port),
    )


def _refuse_beside(mode: Mode, wishes: Wishes) -> None:
    asked = {
        "--debug": wishes.debug_port is not None,
        "--hoard": wishes.hoard,
        "--daemonic": wishes.daemonic,
        "--spare": wishes.spare,
    }
    option = next((option for option, is_asked in asked.items() if is_asked), None)
    if mode is not Mode.FLEET and option is not None:
        raise FleetError(
            f"{option} cannot be had in {mode} mode",
            "that is the literal celery command, into which nothing of ours is put",
            f"leave out {option}, or --{mode}",
            exit_code=USAGE,
        )


def _broker_variables(url: str | None) -> Mapping[str, str]:
    if url is None or url == BUILTIN:  # without a session there is no built-in broker
        return {}
    read_address(Secret(url))
    variables = builtin_variables(url)
    if url.startswith(REDIS):  # a result backend knows no second address to fall back on
        variables["CELERY_RESULT_BACKEND"] = url.partition(";")[0]
    else:
        del variables["CELERY_RESULT_BACKEND"]  # only Redis is both
    return variables

"""`solofleet up` and `solofleet demo`, as they are typed."""

import asyncio
from functools import partial

from core.cli.command import Command, Here
from core.cli.demo import demo_calls
from core.cli.options import (
    Parser,
    add_call,
    add_mode,
    add_output,
    add_project,
    add_rows,
    add_watching,
    add_workers,
    number,
    seconds,
    typed_call,
)
from core.cli.up import Plan, Up
from core.debugging import USUAL_PORT
from core.frozen.own import OWN_PYTHON
from core.places import DEMO, DEMO_APP
from core.render.sizing.record import remember_session
from core.session import Session
from core.settings import LOG_LEVELS
from core.settings.keys import DEFAULT_WORKERS
from core.tasks.call import MAX_COUNT, TaskCall
from core.wishes import BUILTIN


def _demo_options(parser: Parser) -> None:
    parser.set_defaults(
        project=str(DEMO),
        app=DEMO_APP,
        python=str(OWN_PYTHON),
        broker=BUILTIN,
        exit_when_done=True,
    )
    add_workers(parser, DEFAULT_WORKERS)
    parser.add_argument(
        "--tasks", type=number(1, MAX_COUNT), default=12, metavar="N", help="how many to send"
    )
    parser.add_argument("--headless", action="store_true", help="in the terminal, no window")
    add_watching(parser)
    add_output(parser)


def _up_options(parser: Parser) -> None:
    add_project(parser)
    add_workers(parser, None)
    parser.add_argument("-Q", "--queues", metavar="Q,..", help="queues to consume from")
    parser.add_argument(
        "--group",
        action="append",
        metavar="NAME",
        help="start this worker group only; may be repeated",
    )
    parser.add_argument("--name", metavar="TEMPLATE", help="of node names, such as worker%%i@%%h")
    parser.add_argument(
        "-l",
        "--loglevel",
        type=str.lower,
        choices=LOG_LEVELS,
        metavar="LEVEL",
        help=", ".join(LOG_LEVELS),
    )
    parser.add_argument(
        "--grace", type=seconds, metavar="S", help="how long a stopped worker may finish its task"
    )
    add_mode(parser)
    parser.add_argument(
        "--debug",
        type=number(1, 65535),
        nargs="?",
        const=USUAL_PORT,
        metavar="PORT",
        help=f"run the first worker under debugpy, by default on port {USUAL_PORT}",
    )
    parser.add_argument(
        "-E",
        "--events",
        action="store_true",
        help="send Celery's task events from the start, for Flower and other monitors",
    )
    add_rows(parser)
    parser.add_argument("--yes", action="store_true", help="start beside workers of others")
    parser.add_argument(
        "--watch-others",
        action="store_true",
        help="listen for workers of others from the start, not only when some are there",
    )
    parser.add_argument("--send", dest="task", metavar="TASK", help="send it when all are ready")
    add_call(parser)
    parser.add_argument("--exit-when-done", action="store_true", help="stop when all tasks ended")
    add_watching(parser)
    add_output(parser)


async def _up(here: Here) -> int:
    """A call that is wrong is refused before anything is opened."""
    typed = here.arguments
    return await _run(here, (typed_call(typed, typed.task),) if typed.task else ())


async def _demo(here: Here) -> int:
    return await _run(here, demo_calls(here.arguments.tasks))


async def _run(here: Here, calls: tuple[TaskCall, ...]) -> int:
    typed = here.arguments
    plan = Plan(calls, typed.exit_when_done, typed.timeout, typed.yes)
    project = await here.runnable()
    make_session = partial(Session, project, here.wishes, environ=here.environ)
    up = Up(make_session, plan, here.printer, here.terminal.ask)
    here.terminal.on_broken = up.left_alone
    code = await up.run()
    await asyncio.to_thread(remember_session, up.session)
    return code


UP = Command("up", "start the workers of a project and watch them", _up_options, _up)
DEMO_RUN = Command("demo", "run the bundled demo on the built-in broker", _demo_options, _demo)

"""The options of `solofleet`, and what they are read into."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from core import __version__
from core.errors import USAGE
from core.places import DEMO
from core.settings import LOG_LEVELS, MAX_WORKERS
from core.tasks.call import MAX_COUNT
from core.wishes import BUILTIN, DEFAULT_WORKERS
from core.workers.mode import Mode

DEMO_APP: Final = "celery_queue.celery_app"
DEBUG_PORT: Final = 5678
"""What debugpy and the editors that attach to it take by default."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed. Fields that a command does not have keep these defaults.

    `task` with `args` to `count` is a call to send; `tasks` is how many calls the demo sends.
    Times are in seconds.
    """

    command: str
    project: str = "."
    app: str | None = None
    python: str | None = None
    broker: str | None = None
    workers: int | None = None
    name: str | None = None
    loglevel: str | None = None
    queues: str | None = None
    mode: Mode | None = None
    hoard: bool = False
    daemonic: bool = False
    spare: bool = False
    grace: float | None = None
    debug: int | None = None
    yes: bool = False
    task: str | None = None
    args: str = "[]"
    kwargs: str = "{}"
    count: int = 1
    queue: str | None = None
    countdown: float | None = None
    priority: int | None = None
    expires: float | None = None
    wait: bool = False
    tasks: int = 12
    exit_when_done: bool = False
    timeout: float | None = None
    headless: bool = False
    logs: bool = False
    quiet: bool = False
    json: bool = False


def parse(argv: Sequence[str]) -> Arguments:
    """Read the command line. Exits with `USAGE` and a message when it makes no sense."""
    parser = _Parser(
        prog="solofleet",
        description="Run a fleet of solo Celery workers that stands for one prefork worker.",
        epilog=(
            "Exit codes: 0 done; 1 a task failed or was lost, or a worker crashed for good; "
            "2 the command makes no sense; 69 no broker or no worker; 124 --timeout; "
            "130 interrupted."
        ),
    )
    parser.add_argument("--version", action="version", version=f"solofleet {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _demo(commands.add_parser("demo", help="run the bundled demo on the built-in broker"))
    _up(commands.add_parser("up", help="start the workers of a project and watch them"))
    send = commands.add_parser("send", help="send a task of a project")
    _send(send)
    _shown(commands.add_parser("tasks", help="show the tasks of a project"))
    _shown(commands.add_parser("parity", help="what running here shows of production"))
    if not argv:
        parser.print_help(sys.stderr)
        parser.exit(USAGE)
    known, rest = parser.parse_known_args(argv)
    typed = vars(known)
    if typed["command"] == "send":
        typed |= _project_and_task(send, [*typed.pop("words"), *rest])
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return Arguments(**typed)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"error: {message}\n  see: {self.prog} --help\n")


# --- The commands ---


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(
        project=str(DEMO),
        app=DEMO_APP,
        python=sys.executable,
        broker=BUILTIN,
        exit_when_done=True,
    )
    _add_workers(parser, DEFAULT_WORKERS)
    parser.add_argument(
        "--tasks", type=_number(1, MAX_COUNT), default=12, metavar="N", help="how many to send"
    )
    parser.add_argument("--headless", action="store_true", help="in the terminal, no window")
    _add_watching(parser)
    _add_output(parser)


def _up(parser: argparse.ArgumentParser) -> None:
    _add_project(parser)
    _add_workers(parser, None)
    parser.add_argument("-Q", "--queues", metavar="Q,..", help="queues to consume from")
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
        "--grace", type=_seconds, metavar="S", help="how long a stopped worker may finish its task"
    )
    _add_mode(parser)
    parser.add_argument(
        "--debug",
        type=_number(1, 65535),
        nargs="?",
        const=DEBUG_PORT,
        metavar="PORT",
        help=f"run the first worker under debugpy, by default on port {DEBUG_PORT}",
    )
    parser.add_argument("--yes", action="store_true", help="start beside workers of others")
    parser.add_argument("--send", dest="task", metavar="TASK", help="send it when all are ready")
    _add_call(parser)
    parser.add_argument("--exit-when-done", action="store_true", help="stop when all tasks ended")
    _add_watching(parser)
    _add_output(parser)


def _send(parser: argparse.ArgumentParser) -> None:
    parser.usage = "%(prog)s [options] [PROJECT] TASK"
    parser.add_argument("words", nargs="+", metavar="TASK", help="its full name")
    _add_app(parser)
    _add_call(parser)
    parser.add_argument("--wait", action="store_true", help="wait for the results")
    _add_output(parser)


def _shown(parser: argparse.ArgumentParser) -> None:
    """A command that shows something of a project, and starts nothing."""
    _add_project(parser)
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def _project_and_task(parser: argparse.ArgumentParser, words: list[str]) -> dict[str, str]:
    """Read `[PROJECT] TASK`: the one that may be left out comes first.

    argparse takes words that stand together only, so options between them are no fault here.
    """
    *project, task = words
    if len(project) > 1 or any(word.startswith("-") for word in words):
        parser.error(f"one project and one task, not {' '.join(words)}")
    return {"project": project[0], "task": task} if project else {"task": task}


# --- Options that commands have in common ---


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "project", nargs="?", default=".", metavar="PROJECT", help="a folder, by default this one"
    )
    _add_app(parser)


def _add_app(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-A", "--app", metavar="APP", help="module[:attribute] of the Celery app")
    parser.add_argument("--python", metavar="EXE", help="the interpreter of the project")
    parser.add_argument("--broker", metavar="URL|builtin", help="in place of the app's own")


def _add_workers(parser: argparse.ArgumentParser, default: int | None) -> None:
    parser.add_argument(
        "-n",
        "--workers",
        type=_number(1, MAX_WORKERS),
        default=default,
        metavar="N",
        help="how many workers",
    )


def _add_mode(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how like production", "`solofleet parity` tells more")
    modes = group.add_mutually_exclusive_group()
    for mode, text in (
        (Mode.PLAIN, "the literal celery command with --pool=solo, no fleet"),
        (Mode.PREFORK, "one prefork worker of N processes; on Windows an experiment"),
    ):
        modes.add_argument(f"--{mode}", dest="mode", action="store_const", const=mode, help=text)
    group.add_argument(
        "--hoard",
        action="store_true",
        help="take worker_prefetch_multiplier messages ahead, as each process does there",
    )
    group.add_argument(
        "--daemonic",
        action="store_true",
        help="refuse multiprocessing in tasks, as prefork's daemonic processes are refused it",
    )
    group.add_argument(
        "--spare",
        action="store_true",
        help="keep an imported process ready, so that a replacement takes no start; costs memory",
    )


def _add_call(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the call")
    group.add_argument("--args", default="[]", metavar="JSON", help="a list")
    group.add_argument("--kwargs", default="{}", metavar="JSON", help="an object")
    group.add_argument(
        "--count", type=_number(1, MAX_COUNT), default=1, metavar="N", help="send it N times"
    )
    group.add_argument("--queue", metavar="Q", help="in place of the task's own")
    group.add_argument("--countdown", type=_seconds, metavar="S", help="not before this time")
    group.add_argument("--expires", type=_seconds, metavar="S", help="not after this time")
    group.add_argument("--priority", type=_number(0, 255), metavar="P", help="0 to 255")


def _add_watching(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", help="no log lines")
    parser.add_argument("--logs", action="store_true", help="log lines in --json too")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--timeout", type=_seconds, metavar="S", help="give up after this time")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{value} is not between {least} and {most}")
        return value

    return number


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value

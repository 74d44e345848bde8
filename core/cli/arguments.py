"""The options of `solofleet`, and what they are read into."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final, NoReturn

from core.errors import USAGE

MAX_WORKERS: Final = 64
MAX_COUNT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed. Fields that a command does not have keep their defaults."""

    command: str = ""
    project: str = "."
    app: str | None = None
    python: str | None = None
    broker: str | None = None
    workers: int | None = None
    name: str | None = None
    loglevel: str | None = None
    queues: str | None = None
    plain: bool = False
    grace: float | None = None
    debug: int | None = None
    yes: bool = False
    send: str | None = None
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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n  see: {self.prog} --help\n")


def parse(argv: list[str]) -> Arguments:
    """Read the command line. Exits with `USAGE` and a message when it makes no sense."""
    parser = _Parser(
        prog="solofleet", description="Run a fleet of solo Celery workers as one prefork worker."
    )
    parser.add_argument("--version", action="version", version=f"solofleet {version('solofleet')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    demo = commands.add_parser("demo", help="run the bundled demo on the built-in broker")
    _workers(demo)
    demo.add_argument("--tasks", type=_number(1, MAX_COUNT), default=12, help="how many to send")
    demo.add_argument("--headless", action="store_true", help="in the terminal, without a window")
    _running(demo)
    up = commands.add_parser("up", help="start the workers of a project and watch them")
    _project(up)
    _workers(up)
    _app(up)
    up.add_argument("--plain", action="store_true", help="the literal celery command, no fleet")
    up.add_argument("-Q", "--queues", metavar="Q,..", help="queues to consume from")
    up.add_argument("--name", metavar="TEMPLATE", help="node names, such as worker%%i@%%h")
    up.add_argument("-l", "--loglevel", type=str.lower, choices=_LEVELS)
    up.add_argument("--grace", type=_seconds, metavar="S", help="seconds to finish a task in")
    up.add_argument(
        "--debug", type=_number(1, 65535), nargs="?", const=5678, metavar="PORT",
        help="run one worker under debugpy",
    )  # fmt: skip
    up.add_argument("--yes", action="store_true", help="start beside workers of others")
    up.add_argument("--send", metavar="TASK", help="send this task when the workers are ready")
    _call(up)
    up.add_argument("--exit-when-done", action="store_true", help="stop when all tasks ended")
    _running(up)
    send = commands.add_parser("send", help="send a task of a project")
    _task_and_project(send)
    _app(send)
    _call(send)
    send.add_argument("--wait", action="store_true", help="wait for the results")
    _timeout_and_json(send)
    tasks = commands.add_parser("tasks", help="the tasks of a project and their arguments")
    _project(tasks)
    _app(tasks)
    tasks.add_argument("--json", action="store_true")
    known = vars(parser.parse_args(argv))
    if "words" in known:
        known["project"], known["task"] = _split(send, known.pop("words"))
    return Arguments(**known)


_LEVELS: Final = ("debug", "info", "warning", "error", "critical")


def _project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", nargs="?", default=".", help="folder, by default this one")


def _task_and_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="[PROJECT] TASK")


def _split(parser: argparse.ArgumentParser, words: list[str]) -> tuple[str, str]:
    if len(words) > 2:
        parser.error(f"one project and one task, not {' '.join(words)}")
    return (words[0], words[1]) if len(words) == 2 else (".", words[0])


def _workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-n", "--workers", type=_number(1, MAX_WORKERS), metavar="N", help="how many workers"
    )


def _app(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-A", "--app", metavar="APP", help="module[:attribute] of the Celery app")
    parser.add_argument("--python", metavar="EXE", help="the interpreter of the project")
    parser.add_argument("--broker", metavar="URL|builtin", help="in place of the app's own")


def _call(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--args", default="[]", metavar="JSON", help="a list")
    parser.add_argument("--kwargs", default="{}", metavar="JSON", help="an object")
    parser.add_argument("--count", type=_number(1, MAX_COUNT), default=1, metavar="N")
    parser.add_argument("--queue", metavar="Q")
    parser.add_argument("--countdown", type=_seconds, metavar="S")
    parser.add_argument("--expires", type=_seconds, metavar="S")
    parser.add_argument("--priority", type=_number(0, 255), metavar="0-255")


def _running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--logs", action="store_true", help="log lines in --json too")
    parser.add_argument("-q", "--quiet", action="store_true", help="no log lines")
    _timeout_and_json(parser)


def _timeout_and_json(parser: argparse.ArgumentParser) -> None:
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
    value = float(text)
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value

"""Options that commands have in common."""

import argparse
from collections.abc import Callable

from core.cli.arguments import Arguments
from core.settings import MAX_WORKERS
from core.tasks.call import MAX_COUNT, TaskCall, parse_args, parse_kwargs
from core.workers.mode import Mode

Parser = argparse.ArgumentParser


def add_project(parser: Parser) -> None:
    """A project, and how to run it."""
    parser.add_argument(
        "project", nargs="?", default=".", metavar="PROJECT", help="a folder, by default this one"
    )
    add_app(parser)


def add_app(parser: Parser) -> None:
    """How to run a project: for commands that read the project themselves."""
    parser.add_argument("-A", "--app", metavar="APP", help="module[:attribute] of the Celery app")
    parser.add_argument("--python", metavar="EXE", help="the interpreter of the project")
    parser.add_argument("--broker", metavar="URL|builtin", help="in place of the app's own")


def add_production(parser: Parser) -> None:
    """How to run a project that is led to the broker of production."""
    parser.add_argument("-A", "--app", metavar="APP", help="module[:attribute] of the Celery app")
    parser.add_argument("--python", metavar="EXE", help="the interpreter of the project")
    parser.add_argument(
        "--broker-from",
        metavar="WHERE",
        help="where production's address is: render (the worker's variables there), .env, or the"
        " name of a variable of this machine; by default SOLOFLEET_PRODUCTION_BROKER, then these",
    )


def add_document(parser: Parser) -> None:
    """For a command that shows something of a project, and starts nothing."""
    add_project(parser)
    add_json(parser)


def add_json(parser: Parser) -> None:
    """All there is, for programs."""
    parser.add_argument("--json", action="store_true", help="as one JSON document")


def add_asking(parser: Parser) -> None:
    """For a command that asks workers of others too, and shows one document."""
    add_answer_time(parser)
    add_json(parser)


def add_answer_time(parser: Parser) -> None:
    """How patient to be with workers."""
    parser.add_argument(
        "--timeout", type=seconds, metavar="S", help="how long workers may take to answer"
    )


def add_workers(parser: Parser, default: int | None) -> None:
    """How many."""
    parser.add_argument(
        "-n",
        "--workers",
        type=number(1, MAX_WORKERS),
        default=default,
        metavar="N",
        help="how many workers",
    )


def add_mode(parser: Parser) -> None:
    """How like production."""
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


def add_rows(parser: Parser) -> None:
    """What runs beside the workers."""
    group = parser.add_argument_group("beside the workers")
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--rows",
        metavar="NAME,..",
        help="commands of the settings or the Procfile, such as web,beat; empty for none",
    )
    which.add_argument("--all-rows", action="store_true", help="all of them")
    group.add_argument(
        "--reload",
        action="store_true",
        help="new workers, after their task, when a source file is saved",
    )


def add_call(parser: Parser) -> None:
    """What a task is called with."""
    group = parser.add_argument_group("the call")
    group.add_argument("--args", default="[]", metavar="JSON", help="a list")
    group.add_argument("--kwargs", default="{}", metavar="JSON", help="an object")
    group.add_argument(
        "--count", type=number(1, MAX_COUNT), default=1, metavar="N", help="send it N times"
    )
    group.add_argument("--queue", metavar="Q", help="in place of the task's own")
    group.add_argument("--countdown", type=seconds, metavar="S", help="not before this time")
    group.add_argument("--expires", type=seconds, metavar="S", help="not after this time")
    group.add_argument("--priority", type=number(0, 255), metavar="P", help="0 to 255")


def typed_call(typed: Arguments, task: str) -> TaskCall:
    """The call that `add_call` was about. Raises FleetError for one that makes no sense."""
    return TaskCall(
        task=task,
        args=parse_args(typed.args),
        kwargs=parse_kwargs(typed.kwargs),
        queue=typed.queue,
        countdown_s=typed.countdown,
        priority=typed.priority,
        expires_s=typed.expires,
        count=typed.count,
    )


def add_watching(parser: Parser) -> None:
    """What is shown while workers run."""
    parser.add_argument("-q", "--quiet", action="store_true", help="no log lines")
    parser.add_argument("--logs", action="store_true", help="log lines in --json too")


def add_output(parser: Parser) -> None:
    """When to give up, and in which form to tell."""
    parser.add_argument("--timeout", type=seconds, metavar="S", help="give up after this time")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def number(least: int, most: int) -> Callable[[str], int]:
    """A type: a whole number between two others, both included."""

    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{value} is not between {least} and {most}")
        return value

    return number


def seconds(text: str) -> float:
    """A type: a number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def listed(text: str) -> tuple[str, ...]:
    """What stands between commas, each once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))

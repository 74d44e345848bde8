"""`solofleet revoke`: tasks that are not to run, and what became of each."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from core.bridge.revoking import END_S, Became, Fate, Revoked, Was, revoke
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_app, add_json, listed, seconds
from core.cli.table import span
from core.errors import DONE, FAILED, UNAVAILABLE, USAGE, FleetError

SIGNALS: Final = ("SIGTERM", "SIGKILL", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2")
_WAS: Final[dict[Was, str]] = {
    "running": "was running",
    "reserved": "was next",
    "scheduled": "was waiting for its time",
    "waiting": "was waiting in its queue",
    "held": "is with a worker that does not answer",
    "ended": "had ended",
    "unknown": "is not known",
}
_BECAME: Final[dict[Became, str]] = {
    "terminated": "terminated",
    "runs on": "it runs on",
    "revoked": "revoked, it will not run",
    "unheard": "no worker has confirmed that it will not run",
    "ended": "it ended by itself",
    "unknown": "no message and no result of it was found",
}


def revoke_lines(revoked: Revoked, *, terminate: bool) -> Iterator[str]:
    """A line for each task, in the order asked."""
    for fate in revoked.tasks:
        name = f"{fate.name}[{fate.id}]" if fate.name else fate.id
        yield f"{name} {_was(fate)}: {_became(fate, terminate=terminate)}"
    if not revoked.workers:
        yield "no worker answered; those that are busy will hear of it, those to come will not"


def _was(fate: Fate) -> str:
    where = f" on {fate.worker}" if fate.worker else ""
    since = f" for {span(fate.for_s)}" if fate.for_s is not None else ""
    return f"{_WAS[fate.was]}{where}{since}"


def _became(fate: Fate, *, terminate: bool) -> str:
    if fate.became == "runs on":
        hint = "its pool cannot end tasks, or it takes its time" if terminate else "--terminate"
        return f"{_BECAME['runs on']} ({hint if terminate else f'to end it: {hint}'})"
    if fate.became == "ended" and fate.was == "ended":
        return f"with {fate.state}; nothing to revoke"
    return _BECAME[fate.became]


def exit_code(revoked: Revoked, *, terminate: bool) -> int:
    """0 when each is dealt with; 69 when no worker answered."""
    became = {fate.became for fate in revoked.tasks}
    if "unknown" in became or (terminate and "runs on" in became):
        return FAILED
    return UNAVAILABLE if "unheard" in became else DONE


def _signal(text: str) -> str:
    """A type: one of POSIX by name, also where we run on Windows: the worker may not."""
    name = f"SIG{text.upper().removeprefix('SIG')}"
    if name not in SIGNALS:
        raise argparse.ArgumentTypeError(f"{text} is not one of {', '.join(SIGNALS)}")
    return name


def _options(parser: Parser) -> None:
    parser.description = "Several IDs stand one after the other, or with commas between them."
    add_app(parser)
    parser.add_argument("--terminate", action="store_true", help="end those that run, too")
    parser.add_argument(
        "--signal",
        type=_signal,
        default="SIGTERM",
        metavar="SIG",
        help="with which signal, SIGTERM by default",
    )
    parser.add_argument(
        "--timeout", type=seconds, metavar="S", help="how long to watch those that are to end"
    )
    add_json(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    ids = listed(typed.ids)
    if not ids:
        raise FleetError(
            "there is nothing to revoke", "no id was given", "name tasks by id", exit_code=USAGE
        )
    async with here.calls() as (_, calls):
        revoked = await revoke(
            calls,
            ids,
            terminate=typed.terminate,
            signal=typed.signal,
            timeout_s=typed.timeout or END_S,
        )
    if typed.json:
        fates = [asdict(fate) for fate in revoked.tasks]
        here.terminal.line(as_json("revoke", tasks=fates, workers=revoked.workers))
    else:
        here.terminal.line(*revoke_lines(revoked, terminate=typed.terminate))
    return exit_code(revoked, terminate=typed.terminate)


REVOKE = Command("revoke", "keep tasks from running", _options, _run, takes="ids", takes_many=True)

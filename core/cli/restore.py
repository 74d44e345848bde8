"""`solofleet restore`: puts back what a purge has saved, as if it had never been gone."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from core.bridge.saved import Saved, marked_restored, read_saved
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_app, add_json
from core.cli.ps import counted
from core.errors import DONE, USAGE, FleetError


def consent(saved: Saved, url: str, ask: Callable[[str], bool]) -> None:
    """Let messages go to another broker than they came from when somebody agrees.

    Raises FleetError when nobody does.
    """
    if saved.broker == url:
        return
    whole = f"{saved.queue} was purged on {saved.broker}; this app's broker is {url}."
    if ask(f"{whole} Put its messages there?"):
        return
    raise FleetError(
        f"{saved.file} is from another broker",
        whole,
        "give --yes to put its messages here, or --broker URL for the one they came from",
        exit_code=USAGE,
    )


def _options(parser: Parser) -> None:
    add_app(parser)
    parser.add_argument("--yes", action="store_true", help="also to another broker, without asking")
    parser.add_argument("--again", action="store_true", help="though it was restored before")
    add_json(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    assert typed.file is not None  # argparse has seen to it
    saved = await asyncio.to_thread(read_saved, Path(typed.file).absolute())
    async with here.calls() as (_, calls):
        url = await calls.broker_url()
        if not typed.yes:
            consent(saved, url, here.terminal.ask)
        with marked_restored(saved.file, again=typed.again):
            count, source = await calls.restore(saved.file)
    if typed.json:
        fields = {"broker": url, "queue": saved.queue, "restored": count, "source": source}
        here.terminal.line(as_json("restore", file=str(saved.file), **fields))
        return DONE
    here.terminal.line(
        f"{counted(count, 'message')} put back into {saved.queue}, before what waits there by now"
    )
    if source == "aside":
        here.terminal.line("The purge was broken off: they were still on the broker, set aside.")
    return DONE


RESTORE = Command("restore", "put back what a purge has saved", _options, _run, takes="file")

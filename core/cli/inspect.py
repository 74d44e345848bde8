"""`solofleet inspect`: what workers answer to one question of Celery's remote control."""

from core.bridge.roll_call import ANSWER_S, Roll, call_roll
from core.cli.answers import QUESTIONS, answer_lines, masked
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_app, add_asking, listed
from core.cli.status import nobody
from core.cli.table import indented
from core.cli.terminal import Terminal
from core.errors import DONE, UNAVAILABLE, USAGE, FleetError


def check_question(what: str, ids: tuple[str, ...]) -> None:
    """Raise FleetError for a question that there is not, or that lacks its ids."""
    if what not in QUESTIONS:
        raise FleetError(
            f"there is no `inspect {what}`",
            "workers are asked for what Celery's remote control offers",
            f"ask for one of {', '.join(QUESTIONS)}",
            exit_code=USAGE,
        )
    if (what == "query_task") != bool(ids):
        raise FleetError(
            f"`inspect {what}` {'needs' if what == 'query_task' else 'takes no'} ids of tasks",
            "query_task is about some tasks, and nothing else is",
            "name them with --ids ID,..",
            exit_code=USAGE,
        )


def show_answers(what: str, roll: Roll, app: str, terminal: Terminal, *, as_document: bool) -> int:
    """Print the answers by worker, secrets masked, and who fell silent; the exit code.

    Raises FleetError when nobody answers; a document says so by itself.
    """
    replies = {node: masked(reply) for node, reply in sorted(roll.answers(what).items())}
    if as_document:
        silent = dict(roll.silent)
        terminal.line(as_json("inspect", what=what, replies=replies, silent=silent))
        return DONE if replies else UNAVAILABLE
    for node, reply in replies.items():
        terminal.line(f"{node}:", *answer_lines(what, reply))
    for node, why in roll.silent.items():
        terminal.line(f"{node}: silent", *indented(why))
    if not replies:
        raise nobody(app)
    return DONE


def _options(parser: Parser) -> None:
    parser.description = f"WHAT is one of {', '.join(QUESTIONS)}."
    add_app(parser)
    parser.add_argument("--destination", metavar="NODE,..", help="ask these workers only")
    parser.add_argument("--ids", default="", metavar="ID,..", help="of tasks, for query_task")
    add_asking(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    assert typed.what is not None  # argparse has seen to it
    ids = listed(typed.ids)
    check_question(typed.what, ids)
    nodes = listed(typed.destination or "") or None
    async with here.calls() as (project, calls):
        timeout_s = typed.timeout or ANSWER_S
        roll = await call_roll(calls, (typed.what,), nodes=nodes, timeout_s=timeout_s, ids=ids)
    return show_answers(typed.what, roll, project.app, here.terminal, as_document=typed.json)


INSPECT = Command("inspect", "ask workers what they know", _options, _run, takes="what")

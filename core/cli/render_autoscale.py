"""`solofleet render autoscale`: instances of a worker by what waits in its queues."""

import asyncio
from contextlib import aclosing
from typing import assert_never

from core.bridge.calls import Calls
from core.cli.command import Command, Here
from core.cli.consent import agree
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_production, listed, number, seconds
from core.cli.render_account import OnRender, add_change, add_render, on_render
from core.errors import DONE
from core.render.api.answers import Service
from core.render.choices import MAX_INSTANCES
from core.render.remote.backlog import COOL_DOWN_S, Rule, checked_rule
from core.render.remote.keeping_up import (
    EVERY_S,
    Blind,
    Looked,
    Round,
    autoscale_action,
    keep_up,
    scalable,
)
from core.render.remote.loads import queues_of, queues_to_follow, read_load
from core.render.remote.production_calls import production_calls
from core.render.verifying.production import find_production
from core.workers.containment import make_containment


def _options(parser: Parser) -> None:
    parser.description = (
        "Follows queues in the foreground, and says what it would ask Render for; with --apply it "
        "asks. Render itself scales by CPU and memory only."
    )
    add_render(parser)
    add_production(parser)
    add_change(parser)
    parser.add_argument(
        "--service", action="append", metavar="NAME", help="by default the only worker"
    )
    parser.add_argument(
        "--queue",
        dest="queues",
        metavar="Q,..",
        help="by default those of its command, or all of the app",
    )
    count = number(1, MAX_INSTANCES)
    parser.add_argument("--min", dest="least", type=count, default=1, metavar="N", help="at least")
    parser.add_argument(
        "--max", dest="most", type=count, required=True, metavar="N", help="at most"
    )
    parser.add_argument(
        "--backlog",
        type=number(1, 1_000_000),
        required=True,
        metavar="N",
        help="messages that one instance may have before it",
    )
    parser.add_argument(
        "--cool-down",
        type=seconds,
        default=COOL_DOWN_S,
        metavar="S",
        help=f"no fewer instances before this time, by default {COOL_DOWN_S:.0f}",
    )
    parser.add_argument(
        "--every", type=seconds, default=EVERY_S, metavar="S", help="how often to look"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--apply", action="store_true", help="ask Render, and not only say so")
    what.add_argument(
        "--dry-run", dest="apply", action="store_false", help="only say so, which is the default"
    )


class _Teller:
    """Tells rounds: each of them as JSON, for people those in which something changes."""

    def __init__(self, here: Here, service: Service) -> None:
        self._here = here
        self._name = service.name
        self._blind = ""

    def tell(self, news: Round) -> None:
        terminal, applies = self._here.terminal, self._here.arguments.apply
        match news:
            case Looked(load, instances, decision):
                if self._here.arguments.json:
                    line = as_json(
                        "round",
                        service=self._name,
                        waiting=load.waiting,
                        held=load.held,
                        instances=instances,
                        wanted=decision.instances,
                        applied=applies and decision.instances is not None,
                        why=decision.why,
                    )
                    terminal.line(line)
                elif decision.instances is not None:
                    verb = "scaled" if applies else "would scale"
                    words = f"{self._name}: {verb} from {instances} to {decision.instances}"
                    terminal.line(f"{words}; {decision.why}")
                elif self._blind:
                    terminal.aside(f"{self._name}: can be seen again")
                terminal.progress(f"{self._name}: {decision.why}")
                self._blind = ""
            case Blind(why):
                if self._here.arguments.json:
                    terminal.line(as_json("blind", service=self._name, why=why))
                elif why != self._blind:
                    terminal.aside(f"{self._name}: nothing changes while this lasts: {why}")
                self._blind = why
            case _:
                assert_never(news)


async def _run(here: Here) -> int:
    typed = here.arguments
    assert typed.most is not None and typed.backlog is not None  # argparse has seen to it
    rule = checked_rule(typed.least or 1, typed.most, typed.backlog, typed.cool_down)
    project = await here.runnable()
    async with on_render(here) as there, make_containment(here.terminal.aside) as containment:
        service = there.service(next(iter(typed.service or ()), None))
        scalable(service)
        production = await find_production(
            project, there.api, there.owner, service, here.environ, typed.broker_from
        )
        here.terminal.aside(f"queues: those of the broker that {production.source} names")
        async with production_calls(project, containment, here.environ, production) as calls:
            await _follow(here, there, service, rule, calls)
    return DONE


async def _follow(here: Here, there: OnRender, service: Service, rule: Rule, calls: Calls) -> None:
    typed = here.arguments
    wanted = listed(typed.queues or "") or queues_of(service)
    names = await queues_to_follow(calls, wanted)
    told = ", ".join(names)
    action = autoscale_action(service, there.owner.name, rule, told, await calls.broker_url())
    if typed.apply:
        agree(action, here.ask)
    else:
        here.terminal.aside(f"dry run, nothing is sent; with --apply it would {action}")
    teller = _Teller(here, service)
    rounds = keep_up(
        there.api,
        service,
        lambda: read_load(calls, names),
        rule,
        apply=typed.apply,
        every_s=typed.every,
    )
    try:
        async with aclosing(rounds):
            async for each in rounds:
                teller.tell(each)
    except asyncio.CancelledError:
        here.terminal.progress("")
        here.terminal.aside(f"stopped; {service.name} keeps the instances that it has")
        raise


RENDER_AUTOSCALE = Command(
    "render autoscale", "instances by what waits in the queues", _options, _run
)

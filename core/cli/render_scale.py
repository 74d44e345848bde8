"""`solofleet render scale`: instances, plan and concurrency of a service, or its autoscaling."""

from collections.abc import Iterator
from dataclasses import replace

from core.cli.arguments import Arguments
from core.cli.command import Command, Here
from core.cli.options import Parser, number
from core.cli.render_account import measured_of, on_render
from core.cli.render_change import add_services, carry_out_agreed, services_meant
from core.errors import DONE, USAGE, FleetError
from core.render.api.answers import Service
from core.render.choices import MAX_INSTANCES
from core.render.remote.change import Change
from core.render.remote.resizing import PLANS, Capacity, resize
from core.render.remote.scaling import (
    MOST_PERCENT,
    autoscale,
    autoscaled,
    scale,
    stop_autoscaling,
)
from core.render.sizing.measured import Measured


def _options(parser: Parser) -> None:
    add_services(parser)
    count, percent = number(1, MAX_INSTANCES), number(1, MOST_PERCENT)
    parser.add_argument("--instances", type=count, metavar="N", help="how many")
    parser.add_argument("--plan", choices=PLANS, metavar="PLAN", help="such as standard or 2c-4g")
    parser.add_argument(
        "--concurrency", type=number(1, 64), metavar="N", help="tasks at once in each instance"
    )
    group = parser.add_argument_group("autoscaling", "by Render, between two numbers of instances")
    group.add_argument("--min", dest="least", type=count, metavar="N", help="at least")
    group.add_argument("--max", dest="most", type=count, metavar="N", help="at most")
    group.add_argument("--cpu", type=percent, metavar="%", help="to be used of the processor")
    group.add_argument("--memory", type=percent, metavar="%", help="to be used of the memory")
    group.add_argument("--no-autoscaling", action="store_true", help="keep the number as it is")


def _limits(typed: Arguments) -> bool:
    """Whether autoscaling was asked for."""
    return any(each is not None for each in (typed.least, typed.most, typed.cpu, typed.memory))


def _check(typed: Arguments) -> None:
    """Raise FleetError for options that say nothing together, or contradict each other."""
    limits = _limits(typed)
    why = ""
    if limits and (typed.instances is not None or typed.no_autoscaling):
        why = "a range for autoscaling excludes a number of instances, and --no-autoscaling"
    elif not (limits or typed.no_autoscaling or typed.instances or typed.plan or typed.concurrency):
        why = "none of the options says what shall change"
    if why:
        fix = "Write for example: --instances 2, --plan standard, or --min 1 --max 4 --cpu 60"
        raise FleetError("nothing was scaled", why, fix, exit_code=USAGE)


def changes_for(
    typed: Arguments, service: Service, workspace: str, measured: Measured | None
) -> Iterator[Change]:
    """What was asked for one service, in the order in which it is sent. Raises FleetError."""
    if typed.plan is not None or typed.concurrency is not None:
        wanted = Capacity(typed.plan, typed.concurrency)
        yield resize(service, workspace, wanted, measured)
    service = service if typed.plan is None else replace(service, plan=typed.plan)
    if typed.no_autoscaling:
        yield stop_autoscaling(service, workspace)
        service = replace(service, autoscaling=None)
    if typed.instances is not None:
        yield scale(service, workspace, typed.instances)
    if _limits(typed):
        wanted = autoscaled(
            service, least=typed.least, most=typed.most, cpu=typed.cpu, memory=typed.memory
        )
        yield autoscale(service, workspace, wanted)


async def _run(here: Here) -> int:
    typed = here.arguments
    _check(typed)
    measured = await measured_of(here)
    async with on_render(here) as there:
        changes = [
            change
            for service in services_meant(here, there)
            for change in changes_for(typed, service, there.owner.name, measured)
        ]
        await carry_out_agreed(here, there, changes)
    return DONE


RENDER_SCALE = Command(
    "render scale", "instances, plan, concurrency, autoscaling of a service", _options, _run
)

"""`solofleet render scale`: more or fewer instances of a service."""

from core.cli.command import Command, Here
from core.cli.consent import agree
from core.cli.json_printer import as_json
from core.cli.options import Parser, number
from core.cli.render_account import add_change, add_render, on_render
from core.errors import DONE, USAGE, FleetError
from core.render.api.answers import Service
from core.render.choices import MAX_INSTANCES
from core.render.plans import known_plans


def scale_action(service: Service, workspace: str, instances: int) -> str:
    """What would be done, with its target and its price."""
    now = "?" if service.instances is None else str(service.instances)
    return (
        f"scale {service.name} ({service.id}, workspace {workspace}) from {now} to "
        f"{instances} instances{_price(service, instances)}"
    )


def _price(service: Service, instances: int) -> str:
    try:
        usd = known_plans().plan(service.plan).usd
    except FleetError:  # a plan that is newer than our list
        return ""
    return "" if usd is None else f", ${usd * instances:,.0f} a month in all"


def refuse_autoscaled(service: Service) -> None:
    """Raise FleetError where Render would ignore the number."""
    scaling = service.autoscaling
    if scaling is not None and scaling.enabled:
        raise FleetError(
            f"{service.name} was not scaled",
            f"autoscaling is on, from {scaling.least} to {scaling.most}, and Render then ignores "
            "a number",
            f"Turn it off, or change its limits: {service.dashboard}",
            exit_code=USAGE,
        )


def _options(parser: Parser) -> None:
    add_render(parser)
    add_change(parser)
    parser.add_argument(
        "--service", action="append", metavar="NAME", help="by default the only worker"
    )
    parser.add_argument(
        "--instances", type=number(1, MAX_INSTANCES), metavar="N", required=True, help="how many"
    )


async def _run(here: Here) -> int:
    names, wanted = here.arguments.service or [None], here.arguments.instances
    assert wanted is not None  # argparse has seen to it
    async with on_render(here) as there:
        services = [there.service(name) for name in names]
        for service in services:
            refuse_autoscaled(service)
            agree(scale_action(service, there.owner.name, wanted), here.ask)
        for service in services:
            await there.api.scale(service, wanted)
            if here.arguments.json:
                before = service.instances
                here.terminal.line(
                    as_json("scaled", service=service.name, before=before, instances=wanted)
                )
            else:
                here.terminal.line(f"{service.name}: Render was asked for {wanted} instances")
    return DONE


RENDER_SCALE = Command("render scale", "more or fewer instances of a service", _options, _run)

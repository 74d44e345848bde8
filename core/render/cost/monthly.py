"""The monthly bill of a set-up, line by line; unknown prices stay unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.errors import USAGE, FleetError
from core.render.cost.commands import QUIET_HOW, SECONDS, Traffic
from core.render.cost.setup import Rented, Setup
from core.render.plans import Metered, Plans, Price


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill: `usd` a month, None where it is not known, and who says so."""

    what: str
    plan: str
    instances: int
    usd: float | None
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Bill:
    """A month. `usd` is the sum of what is known: `at_least` that much, when something is not.

    `commands` is what the broker gets in a month. `notes` say what will not go on like that.
    """

    setup: Setup
    lines: tuple[Line, ...]
    commands: int
    notes: tuple[str, ...]

    @property
    def usd(self) -> float:
        """What is known of it, in US dollars."""
        return sum(line.usd or 0.0 for line in self.lines)

    @property
    def at_least(self) -> bool:
        """Whether a price is not known."""
        return any(line.usd is None for line in self.lines)

    @property
    def told(self) -> str:
        """The total in words."""
        return f"at least {dollars(self.usd)}" if self.at_least else dollars(self.usd)


def dollars(usd: float | None) -> str:
    """A price, without cents where there are none."""
    if usd is None:
        return "unknown"
    return f"${usd:,.0f}" if usd == round(usd) else f"${usd:,.2f}"


def bill(setup: Setup, traffic: Traffic, plans: Plans) -> Bill:
    """What a set-up costs with this traffic. Raises FleetError for a plan that is not there."""
    lines = [
        _rented(what, rented, plans)
        for what, rented in (
            ("web", setup.web),
            ("worker", setup.worker),
            ("flower", setup.flower),
        )
        if rented is not None
    ]
    lines.append(_redis(setup, traffic, plans))
    lines.append(_line("workspace", _of(plans.workspace, setup.workspace, "workspace plan")))
    notes = tuple(_notes(setup, traffic, plans))
    return Bill(setup, tuple(lines), traffic.commands, notes)


def _rented(what: str, rented: Rented, plans: Plans) -> Line:
    plan = plans.plan(rented.plan)
    if what == "worker" and plan.web_only:
        raise FleetError(
            f"a worker cannot have the plan {plan.name}",
            "Render gives it to web services only",
            f"take {plans.workers()[0].name}, the cheapest that a worker can have",
            exit_code=USAGE,
        )
    return _line(what, plan, rented.instances)


def _redis(setup: Setup, traffic: Traffic, plans: Plans) -> Line:
    if setup.redis == "key-value":
        return _line("key value", _of(plans.key_value, setup.redis_plan, "Key Value plan"))
    plan = _of(plans.upstash, setup.redis_plan, "Upstash plan")
    return _line("upstash", plan, usd=_metered(plan, traffic.commands))


def _metered(plan: Metered, commands: int) -> float | None:
    if plan.usd is None or plan.per_100k is None:
        return plan.usd
    return plan.usd + round(max(0, commands - plan.included) / 100_000 * plan.per_100k, 2)


def _line(what: str, price: Price, instances: int = 1, usd: float | None = None) -> Line:
    each = price.usd if usd is None else usd
    total = None if each is None else each * instances
    return Line(what, price.name, instances, total, price.source, price.as_of)


def _notes(setup: Setup, traffic: Traffic, plans: Plans) -> Iterator[str]:
    if setup.redis == "upstash":
        plan = plans.upstash[setup.redis_plan]
        if plan.per_100k is None and traffic.commands > plan.included:
            yield (
                f"Upstash {plan.name} refuses after {_span(plan.included, traffic)}:"
                f" {plan.included:,} commands a month are included, this sends"
                f" {traffic.commands:,}, of which {traffic.idle:,} by idle workers alone"
            )
        if not traffic.quiet:
            yield f"fewer commands: {QUIET_HOW}"
    elif setup.redis_plan == "free":
        yield "Key Value free keeps nothing over a restart: waiting tasks are lost with it"
    sites = (one for one in (setup.web, setup.flower) if one is not None)
    if any(plans.plan(one.plan).web_only for one in sites):
        yield "a free web service sleeps after 15 minutes without a request"


def _span(included: int, traffic: Traffic) -> str:
    hours = included / traffic.commands * SECONDS / 3600
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.1f} days"


_P = TypeVar("_P", bound=Price)


def _of(table: Mapping[str, _P], name: str, what: str) -> _P:
    if name in table:
        return table[name]
    raise FleetError(
        f"there is no {what} {name!r}",
        f"these are known: {', '.join(table)}",
        "take one of these",
        exit_code=USAGE,
    )

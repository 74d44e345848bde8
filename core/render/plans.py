"""Render's plans and what they cost, as `resources/plans.toml` has them."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from core.errors import USAGE, FleetError
from core.places import RESOURCES

MB: Final = 2**20
PLANS_FILE: Final = RESOURCES / "plans.toml"
_WEB: Final = "web_service"
_MONTHLY: Final = frozenset((_WEB, "private_service", "background_worker"))


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a month, None where that is not known, with the page that says so and its date."""

    name: str
    usd: float | None
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Plan(Price):
    """A compute plan: processors, bytes of memory. `web_only`: no worker may have it."""

    id: str
    cpu: float
    memory: int
    web_only: bool


@dataclass(frozen=True, slots=True)
class Metered(Price):
    """A price by the command: so many are `included`, and more cost `per_100k`.

    Without `per_100k` more are refused.
    """

    included: int
    per_100k: float | None


@dataclass(frozen=True, slots=True)
class Plans:
    """All of them by name, the smallest first."""

    compute: Mapping[str, Plan]
    key_value: Mapping[str, Price]
    workspace: Mapping[str, Price]
    upstash: Mapping[str, Metered]

    def plan(self, name: str) -> Plan:
        """The compute plan of this name, in the spelling of a blueprint, of the API, or as an id.

        Raises FleetError when there is none.
        """
        wanted = name.strip().lower().replace("_", " ")
        for plan in self.compute.values():
            if wanted in (plan.name, plan.id):
                return plan
        raise FleetError(
            f"there is no plan {name!r}",
            f"of these the prices are known: {', '.join(self._priced())}",
            "take one of these, or an id such as 1c-2g",
            exit_code=USAGE,
        )

    def workers(self) -> tuple[Plan, ...]:
        """Those that a background worker may have and whose price is known, the cheapest first."""
        priced = (self.compute[name] for name in self._priced())
        return tuple(plan for plan in priced if not plan.web_only)

    def fitting(self, type: str) -> tuple[Plan, ...]:
        """Those that a service of Render's `type` may have, whether or not their price is known.

        None for a type that is not billed by the month, such as a cron job.
        """
        if type not in _MONTHLY:
            return ()
        plans = self.compute.values()
        return tuple(each for each in plans if type == _WEB or not each.web_only)

    def _priced(self) -> list[str]:
        known = {name: plan.usd for name, plan in self.compute.items() if plan.usd is not None}
        return sorted(known, key=known.__getitem__)


@cache
def known_plans(file: Path = PLANS_FILE) -> Plans:
    """Read the plans that come with Solofleet."""
    tables = tomllib.loads(file.read_text("utf-8"))
    return Plans(
        compute=_named(tables["compute"], _plan),
        key_value=_named(tables["key_value"], _price),
        workspace=_named(tables["workspace"], _price),
        upstash=_named(tables["upstash"], _metered),
    )


_P = TypeVar("_P", bound=Price)


def _named(
    tables: Mapping[str, Mapping[str, Any]], make: Callable[[str, Mapping[str, Any]], _P]
) -> Mapping[str, _P]:
    return MappingProxyType({name: make(name, table) for name, table in tables.items()})


def _price(name: str, table: Mapping[str, Any]) -> Price:
    return Price(**_common(name, table))


def _plan(name: str, table: Mapping[str, Any]) -> Plan:
    return Plan(
        **_common(name, table),
        id=table["id"],
        cpu=table["cpu"],
        memory=table["memory_mb"] * MB,
        web_only=table.get("web_only", False),
    )


def _metered(name: str, table: Mapping[str, Any]) -> Metered:
    return Metered(
        **_common(name, table), included=table["included"], per_100k=table.get("per_100k")
    )


def _common(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "usd": table.get("usd"),
        "source": table["source"],
        "as_of": table["as_of"],
    }

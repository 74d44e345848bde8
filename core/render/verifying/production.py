"""Which variables lead to production's broker, and where they are known from.

A worker on Render has its own variables and those of its groups; its own win
(https://render.com/docs/configure-environment-variables). Only addresses of brokers and results are
taken from them: what else production has is no business of this machine.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.broker.address import Address, read_address
from core.errors import USAGE, FleetError
from core.project.opening import Project
from core.render.api.answers import Owner, Service
from core.render.api.client import RenderApi
from core.secret import Secret
from core.settings.variables import PRODUCTION_BROKER

RENDER: Final = "render"
ENV_FILE: Final = ".env"
CELERYS: Final[tuple[str, ...]] = (
    "CELERY_BROKER_URL",
    "CELERY_BROKER_READ_URL",
    "CELERY_BROKER_WRITE_URL",
    "CELERY_RESULT_BACKEND",
)
"""Variables that Celery itself reads, over whatever code says."""
_INTERNAL: Final = re.compile(r"(?P<before>rediss?://(?:[^@/]*@)?)(?P<id>red-[a-z0-9]+)(?=[:/]|$)")
"""A Key Value as it is called inside its region; nobody else can reach that name."""


@dataclass(frozen=True, slots=True)
class Production:
    """Variables by name; `source` says in words where they are from, `of_env_file` whether `.env`.

    `addresses` are those of brokers among them.
    """

    variables: Mapping[str, Secret]
    source: str
    addresses: tuple[Address, ...] = ()
    of_env_file: bool = False

    def environment(self, local: Mapping[str, str]) -> dict[str, str]:
        """A whole environment in which the app finds production's broker.

        `load_dotenv` leaves alone what is there already, be it empty; so does Celery take an
        empty variable of its own for none (`celery/app/utils.py`, 5.2-5.7).
        """
        hidden = dict.fromkeys(CELERYS, "") if self.variables else {}
        told = {name: value.reveal() for name, value in self.variables.items()}
        return {**local, **hidden, **told}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of its brokers with their ports, each once; a socket by its path."""
        return tuple(dict.fromkeys(_place(each) for each in self.addresses))

    def is_of(self, shown: str) -> bool:
        """Whether this address (its password masked) is one of those; True where none is known."""
        there = read_address(Secret(shown))
        return not self.addresses or any(_same(there, each) for each in self.addresses)


def _place(address: Address) -> str:
    if address.socket_path is not None:
        return address.socket_path
    return f"{address.host}:{address.port}" if address.kind != "other" else address.shown


def _same(one: Address, other: Address) -> bool:
    return (one.kind, one.host, one.port, one.db) == (other.kind, other.host, other.port, other.db)


async def find_production(
    project: Project,
    api: RenderApi,
    owner: Owner,
    worker: Service | None,
    environ: Mapping[str, str],
    wanted: str | None = None,
) -> Production:
    """Look where a person said: "render", ".env", or the name of a variable of this machine.

    Without a word: the variable SOLOFLEET_PRODUCTION_BROKER, then what the worker has on Render,
    then `.env`. Raises FleetError.
    """
    name = wanted if wanted not in (None, RENDER, ENV_FILE) else PRODUCTION_BROKER
    if wanted in (None, name) and (value := environ.get(name)):
        return _of_variable(name, Secret(value))
    if wanted is not None and wanted == name:
        raise _missing(f"the variable {name} is not set here", "set it in this terminal first")
    if wanted != ENV_FILE and worker is not None:
        found = await _of_render(api, owner, worker)
        if found.variables or wanted == RENDER:
            return _checked(found)
    elif wanted == RENDER:
        raise _missing("no worker of render.yaml is on Render", "see: solofleet render status")
    own = _addresses((each.name, each.secret) for each in project.env)
    if not own:
        raise _missing(
            f"neither {PRODUCTION_BROKER}, nor the variables on Render, nor .env have one",
            f"set {PRODUCTION_BROKER} in this terminal,"
            " or push it: solofleet render env --push REDIS_URL",
        )
    return replace(_made(own, ".env of this machine"), of_env_file=True)


def _of_variable(name: str, url: Secret) -> Production:
    read_address(url)
    taken: dict[str, Secret] = dict.fromkeys(CELERYS[:3], url)
    if url.reveal().startswith(("redis://", "rediss://")):
        taken[CELERYS[3]] = url  # only Redis is both
    return _made(taken, f"the variable {name} of this machine")


async def _of_render(api: RenderApi, owner: Owner, worker: Service) -> Production:
    values: dict[str, Secret] = {}
    places = [f"the service {worker.name}"]
    for group in await api.env_groups(owner.id):
        if worker.id in group.services:
            places.append(f"the group {group.name}")
            for each in (await api.env_group(group.id)).vars:
                values[each.key] = each.value
    for each in await api.env_vars(worker):
        values[each.key] = each.value
    taken = await _from_outside(api, owner, _addresses(values.items()))
    return _made(taken, f"{' and '.join(places)} on Render")


def _addresses(values: Iterable[tuple[str, Secret]]) -> dict[str, Secret]:
    return {name: value for name, value in values if name in CELERYS or _is_broker(value)}


def _is_broker(value: Secret) -> bool:
    try:
        return read_address(value).kind != "other"
    except FleetError:
        return False


async def _from_outside(
    api: RenderApi, owner: Owner, values: Mapping[str, Secret]
) -> dict[str, Secret]:
    """The same, with the names that Key Values have inside replaced by those from outside."""
    found = {name: _INTERNAL.match(value.reveal()) for name, value in values.items()}
    wanted = {each["id"] for each in found.values() if each}
    outside: dict[str, str] = {}
    if wanted:
        for each in await api.key_values(owner.id):
            if each.id in wanted:
                outside[each.id] = (await api.connection(each)).external.reveal()
    return {
        name: Secret(_outside(each, outside, value.reveal())) if (each := found[name]) else value
        for name, value in values.items()
    }


def _outside(inside: re.Match[str], outside: Mapping[str, str], whole: str) -> str:
    url = outside.get(inside["id"])
    if not url:
        return whole
    database = re.search(r"/(\d+)$", whole.partition("?")[0])
    url = url.rstrip("/") + (database[0] if database else "")
    # The one spelling that kombu, Celery and redis-py all take; Celery's results want one.
    return f"{url}?ssl_cert_reqs=required" if url.startswith("rediss://") else url


def _made(values: Mapping[str, Secret], source: str) -> Production:
    addresses = [read_address(each) for each in values.values() if _is_broker(each)]
    return Production(values, source, tuple(addresses))


def _checked(found: Production) -> Production:
    """Raise FleetError for a variable of Celery's that no worker could use."""
    for name in CELERYS[:3]:
        if (value := found.variables.get(name)) and value.reveal():
            try:
                read_address(value)
            except FleetError as error:
                what = f"{name} of {found.source} leads nowhere"
                raise FleetError(what, f"{error.what}: {error.why}", error.fix) from None
    return found


def inner_names(production: Production) -> Sequence[str]:
    """Hosts of it that are known inside Render's network alone."""
    return [each.host for each in production.addresses if each.host.startswith("red-")]


def _missing(why: str, fix: str) -> FleetError:
    return FleetError("production's broker is not known", why, fix, exit_code=USAGE)

"""Asks a broker whether it is there: how fast, what it is, and if not, why."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from core.broker.address import Address, read_address
from core.broker.trouble import explain
from core.errors import FleetError
from core.secret import Secret

# Keys of INFO by which servers that speak the protocol of Redis name themselves.
_PRODUCTS: Final = {
    "valkey_version": "Valkey",
    "dragonfly_version": "Dragonfly",
    "redis_version": "Redis",
}


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found out. `reachable` is None for transports that are not probed.

    `error` says why the broker is not reachable; on one that is, it says what Celery will
    stumble over. `local` means a loopback address, or what never leaves this machine. `server`
    and `version` are None when the broker does not tell.
    """

    reachable: bool | None
    local: bool = False
    latency_ms: float | None = None
    server: str | None = None
    version: str | None = None
    error: FleetError | None = None


async def probe(url: Secret, timeout_s: float = 3.0) -> Probe:
    """Ask the broker at `url`: Redis for a PING, AMQP for a connection, others for nothing.

    Of several addresses (`url;url`) the first one is asked. It takes `timeout_s` at most.
    """
    try:
        address = read_address(url)
    except FleetError as error:
        return Probe(reachable=False, error=error)
    if address.kind == "other":
        return Probe(reachable=None, local=address.local)
    ask = _ask_redis if address.kind == "redis" else _ask_amqp
    try:
        async with asyncio.timeout(timeout_s):
            found = await ask(address)
    except (RedisError, OSError, UnicodeError) as error:
        return Probe(reachable=False, local=address.local, error=explain(error, address, timeout_s))
    return replace(found, local=address.local)


async def _ask_amqp(address: Address) -> Probe:
    start = time.perf_counter()
    _, writer = await asyncio.open_connection(address.host, address.port)
    latency_ms = (time.perf_counter() - start) * 1000
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return Probe(reachable=True, latency_ms=latency_ms, server="AMQP")


async def _ask_redis(address: Address) -> Probe:
    client: Any  # redis-py tells only part of its types
    async with redis.asyncio.Redis(**_options(address)) as client:
        await client.ping()  # connects
        start = time.perf_counter()
        await client.ping()
        latency_ms = (time.perf_counter() - start) * 1000
        info: Mapping[str, Any] = {}
        with suppress(ResponseError):  # not allowed to this user, or not known to the server
            info = await client.info("server")
    key = next((key for key in _PRODUCTS if key in info), "")
    return Probe(
        reachable=True,
        latency_ms=latency_ms,
        server=_PRODUCTS.get(key),
        version=str(info[key]) if key else None,
        error=_without_cert_reqs(address) if address.tls and not address.cert_reqs else None,
    )


def _options(address: Address) -> dict[str, Any]:
    options: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "unix_socket_path": address.socket_path,
        "db": address.db,
        "username": address.username,
        "password": address.password.reveal() if address.password else None,
        "protocol": 2,  # servers before Redis 6 know no other
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": None,  # `probe` keeps the time
        "socket_connect_timeout": None,
    }
    if address.tls:
        # Like kombu, which does not verify unless told so.
        options |= {"ssl": True, "ssl_cert_reqs": address.cert_reqs or "none"}
        options |= dict(address.tls_files)
    return options


def _without_cert_reqs(address: Address) -> FleetError:
    return FleetError(
        f"{address.shown} does not say how certificates are checked",
        "Celery's result backend refuses such an address, and its broker checks nothing",
        "add ?ssl_cert_reqs=required to it, unless the app sets redis_backend_use_ssl",
    )

"""Checks of the way to the broker and the result backend, step by step."""

import asyncio
import ssl
import time
from contextlib import suppress
from typing import Final

from core.broker.address import Address
from core.doctor.case import Case
from core.doctor.finding import Seen, State, fault, ok, skipped, warning
from core.doctor.places import address_of, same_server
from core.errors import FleetError
from core.known.table import diagnose
from core.wishes import wants_builtin

STEP_S: Final = 5.0
SLOW_MS: Final = 150.0
"""Above this a worker that talks to its broker several times a task is slow."""


async def address(case: Case) -> Seen:
    """Whether the app's broker URL can be used at all."""
    if wants_builtin(case.project, case.wishes):
        return skipped("the built-in broker is there as long as solofleet up runs")
    found = address_of(case.settings["broker"])
    if found.kind == "other":
        return skipped(f"{found.shown} is none that can be tried step by step")
    return ok(found.shown)


async def name(case: Case) -> Seen:
    """Find the broker's host."""
    place = address_of(case.settings["broker"])
    return ok(await _find(place))


async def connection(case: Case) -> Seen:
    """Connect to the broker's port."""
    place = address_of(case.settings["broker"])
    return ok(await _connect(place))


async def tls(case: Case) -> Seen:
    """Greet the broker in TLS, if its address says so."""
    place = address_of(case.settings["broker"])
    if not place.tls:
        return skipped("the address asks for no TLS")
    return ok(await _greet(place))


async def login(case: Case) -> Seen:
    """Let the app itself talk to the broker, with its own user and password."""
    try:
        return _answered(await case.calls.ping())
    except FleetError as error:
        return _known(error)


async def results(case: Case) -> Seen:
    """The same steps for the result backend."""
    place = case.settings["results"]
    if place["url"] is None or place["url"].startswith("disabled"):
        return skipped("the app keeps no results")
    if place["error"]:
        return _known(FleetError("the result backend cannot be made", place["error"], ""))
    if not place["url"].startswith(("redis", "rediss")):
        return skipped(f"{place['url'].partition(':')[0]} is none that can be tried step by step")
    found = address_of(place)
    if same_server(found, address_of(case.settings["broker"])):
        if case.findings["broker-login"].state is not State.OK:
            return skipped("it is on the broker's server, which does not answer")
    else:
        await _find(found)
        await _connect(found)
        if found.tls:
            await _greet(found)
    try:
        latency_ms = await case.calls.ping_results()
    except FleetError as error:
        return _known(error)
    if latency_ms is None:
        return skipped("it cannot be asked")
    return ok(f"{found.shown} answers in {latency_ms:.1f} ms")


def _answered(latency_ms: float) -> Seen:
    evidence = f"it answers in {latency_ms:.1f} ms"
    if latency_ms > SLOW_MS:
        return warning(evidence, "take a broker in the region where the workers run")
    return ok(evidence)


def _known(error: FleetError) -> Seen:
    known = diagnose(error.why)
    if known is None:
        return fault(f"{error.what}: {error.why}", error.fix or "correct the address")
    return fault(f"{known.cause} ({error.why})", f"{known.fix}; see {known.link}")


async def _find(place: Address) -> str:
    if place.socket_path:
        return f"a socket file: {place.socket_path}"
    try:
        async with asyncio.timeout(STEP_S):
            found = await asyncio.get_running_loop().getaddrinfo(place.host, place.port)
    except OSError as error:
        raise _explain(error, place) from None
    numbers = dict.fromkeys(str(one[4][0]) for one in found)
    return f"{place.host} is {', '.join(numbers)}"


async def _connect(place: Address) -> str:
    return "a socket file: the login opens it" if place.socket_path else await _open(place, None)


async def _greet(place: Address) -> str:
    context = ssl.create_default_context(cafile=dict(place.tls_files).get("ssl_ca_certs"))
    if place.cert_reqs not in ("required", "optional"):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return await _open(place, context)


async def _open(place: Address, context: ssl.SSLContext | None) -> str:
    start = time.perf_counter()
    try:
        async with asyncio.timeout(STEP_S):
            _, writer = await asyncio.open_connection(place.host, place.port, ssl=context)
    except OSError as error:
        raise _explain(error, place) from None
    took_ms = (time.perf_counter() - start) * 1000
    said = writer.get_extra_info("ssl_object")
    version = f"{said.version()} " if said else ""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    checked = "" if context is None or context.check_hostname else ", nobody's name checked"
    return f"{version}connected to port {place.port} in {took_ms:.1f} ms{checked}"


def _explain(error: OSError, place: Address) -> FleetError:
    # It brings redis-py along, which takes longer to read than all else of the doctor.
    from core.broker.trouble import explain  # noqa: PLC0415

    return explain(error, place, STEP_S)

"""The addresses of an app's settings, as they were read inside."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.broker.address import Address, read_address
from core.secret import Secret


def address_of(place: Mapping[str, Any]) -> Address:
    """The address of `broker` or `results`, with the TLS that a setting adds.

    Its password is a mask. Raises FleetError for one that Celery could not use.
    """
    address = read_address(Secret(place["url"]))
    if not place["tls"]:
        return address
    return replace(address, tls=True, cert_reqs=place["cert_reqs"] or address.cert_reqs)


def same_server(one: Address, other: Address) -> bool:
    """Whether both lead to one server, whichever database of it."""
    return _server(one) == _server(other)


def same_broker(one: Address, other: Address) -> bool:
    """Whether a message that is sent to one can be read from the other."""
    return _server(one) == _server(other) and one.db == other.db


def _server(address: Address) -> tuple[object, ...]:
    host = "localhost" if address.local else address.host
    return (address.kind, host, address.port, address.socket_path)

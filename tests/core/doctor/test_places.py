"""Addresses as the app's settings have them."""

from typing import Any

import pytest

from core.doctor.places import address_of, same_broker, same_server
from core.errors import FleetError


def place(url: str, *, tls: bool = False, cert_reqs: str | None = None) -> dict[str, Any]:
    return {"url": url, "tls": tls, "cert_reqs": cert_reqs}


def test_a_setting_can_add_tls_to_an_address() -> None:
    plain = address_of(place("redis://h:6379/0"))
    added = address_of(place("redis://h:6379/0", tls=True, cert_reqs="required"))
    assert (plain.tls, plain.cert_reqs) == (False, None)
    assert (added.tls, added.cert_reqs) == (True, "required")


def test_one_server_has_several_brokers() -> None:
    one, other = (address_of(place(f"redis://localhost:1/{db}")) for db in (0, 1))
    alias = address_of(place("redis://127.0.0.1:1/0"))
    far = address_of(place("redis://h:1/0"))
    assert same_server(one, other) and not same_broker(one, other)
    assert same_broker(one, alias) and not same_server(one, far)


def test_an_address_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(FleetError, match="scheme"):
        address_of(place("localhost"))

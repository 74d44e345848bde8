"""The way to broker and result backend, step by step."""

import sys
from pathlib import Path

import pytest

from core.doctor.finding import State
from tests.support.doctor import DEAD, plant, visit, wrong

PASSWORD = "h1dden-pw"

if sys.platform != "win32":
    from tests.core.broker.test_probe import tls_in_front_of
    from tests.support.broker import Server

    async def test_a_dead_port(tmp_path: Path) -> None:
        found = await visit(plant(tmp_path / "p"), DEAD)
        assert wrong(found) == {"broker-connection": State.FAULT}
        assert "nothing listens on port 1" in found["broker-connection"].evidence
        assert found["broker-login"].state is State.SKIPPED

    async def test_a_host_that_nobody_knows(tmp_path: Path) -> None:
        found = await visit(plant(tmp_path / "p"), "redis://no-such-host.invalid:6379/0")
        assert wrong(found) == {"broker-name": State.FAULT}

    async def test_a_wrong_password_is_found_and_not_told(
        own_server: Server, tmp_path: Path
    ) -> None:
        own_server.client.config_set("requirepass", "right")
        url = own_server.url.replace("redis://", f"redis://:{PASSWORD}@")
        found = await visit(plant(tmp_path / "p"), url)
        assert wrong(found) == {"broker-login": State.FAULT}
        assert "refused its user name or password" in found["broker-login"].evidence
        assert PASSWORD not in repr(found)

    async def test_a_missing_password(own_server: Server, tmp_path: Path) -> None:
        own_server.client.config_set("requirepass", "right")
        found = await visit(plant(tmp_path / "p"), own_server.url)
        assert wrong(found) == {"broker-login": State.FAULT}
        assert "the address has none" in found["broker-login"].evidence

    async def test_tls_to_a_server_without_it(server: Server, tmp_path: Path) -> None:
        url = server.url.replace("redis://", "rediss://") + "?ssl_cert_reqs=required"
        found = await visit(plant(tmp_path / "p"), url)
        assert wrong(found) == {"broker-tls": State.FAULT}

    async def test_a_certificate_that_is_not_accepted(server: Server, tmp_path: Path) -> None:
        async with tls_in_front_of(server.url) as place:
            url = f"rediss://{place}/0?ssl_cert_reqs=required"
            found = await visit(plant(tmp_path / "p"), url)
        assert wrong(found) == {"broker-tls": State.FAULT}
        assert "certificate is not accepted" in found["broker-tls"].evidence

    @pytest.mark.parametrize(
        ("query", "state"), [("", State.FAULT), ("?ssl_cert_reqs=none", State.WARNING)]
    )
    async def test_tls_that_checks_nothing(
        server: Server, tmp_path: Path, query: str, state: State
    ) -> None:
        async with tls_in_front_of(server.url) as place:
            found = await visit(plant(tmp_path / "p"), f"rediss://{place}/0{query}")
        assert wrong(found) == {"tls-parameters": state}
        assert "?ssl_cert_reqs=required" in found["tls-parameters"].fix

    async def test_a_result_backend_elsewhere_that_is_dead(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p", settings=f'result_backend="{DEAD}"')
        found = await visit(folder, server.url)
        assert wrong(found) == {"results": State.FAULT}

    async def test_an_address_without_a_scheme(tmp_path: Path) -> None:
        found = await visit(plant(tmp_path / "p"), "sqs://", environ={"REDIS_URL": "foo://bar"})
        assert wrong(found) == {"broker-address": State.FAULT}

    async def test_the_built_in_broker_is_not_tried(tmp_path: Path) -> None:
        found = await visit(plant(tmp_path / "p"), DEAD, broker="builtin")
        assert wrong(found) == {}
        assert found["broker-connection"].state is State.SKIPPED

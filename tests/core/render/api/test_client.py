"""Every call, held against Render's description of its API and against its own client."""

import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from core.render.api.answers import Autoscaling, EnvGroup, KeyValue, Service
from core.render.api.client import RenderApi
from core.render.api.log_line import LogQuery
from core.secret import Secret
from tests.render_fake.account import OWNER, Account

SINCE = datetime(2026, 11, 20, 10, tzinfo=UTC)
UNTIL = datetime(2026, 11, 20, 11, tzinfo=UTC)
SCALING = Autoscaling(True, 1, 3, cpu=60, memory=None)
WORKER: Mapping[str, Any] = {
    "type": "background_worker",
    "name": "mail",
    "ownerId": OWNER,
    "repo": "https://github.com/example/shop",
    "branch": "main",
    "autoDeployTrigger": "commit",
    "serviceDetails": {
        "runtime": "python",
        "plan": "starter",
        "region": "oregon",
        "numInstances": 1,
        "envSpecificDetails": {"buildCommand": "pip install .", "startCommand": "celery worker"},
    },
}


class Known:
    """What the calls are about: the ids that the account of `conftest.py` gives."""

    def __init__(self, account: Account) -> None:
        told = next(iter(account.services.values()))
        account.add_deploy(told)
        self.deploy = account.deploys[told["id"]][0]["id"]
        self.service = Service.read(told)
        self.group = EnvGroup.read(account.add_group("shop", {"A": "1"}))
        self.key_value = KeyValue.read(account.add_key_value("queue"))
        self.query = LogQuery(OWNER, (self.service.id,), text="a b", types=("app", "build"))


Call = Callable[[RenderApi, Known], Awaitable[object]]

CALLS: Mapping[str, Call] = {
    "list_owners": lambda api, known: api.owners(),
    "list_services": lambda api, known: api.services(["jobs"], OWNER),
    "retrieve_service": lambda api, known: api.service(known.service.id),
    "create_service": lambda api, known: api.create_service(WORKER),
    "update_service": lambda api, known: api.update_service(
        known.service, {"serviceDetails": {"plan": "standard"}}
    ),
    "scale_service": lambda api, known: api.scale(known.service, 2),
    "autoscale_service": lambda api, known: api.set_autoscaling(known.service, SCALING),
    "delete_autoscaling_config": lambda api, known: api.stop_autoscaling(known.service),
    "suspend_service": lambda api, known: api.suspend(known.service),
    "resume_service": lambda api, known: api.resume(known.service),
    "restart_service": lambda api, known: api.restart(known.service),
    "list_instances": lambda api, known: api.instances(known.service),
    "list_deploys": lambda api, known: api.deploys(known.service),
    "retrieve_deploy": lambda api, known: api.deploy(known.service, known.deploy),
    "create_deploy": lambda api, known: api.start_deploy(known.service, commit="c0ffee"),
    "cancel_deploy": lambda api, known: api.cancel_deploy(known.service, known.deploy),
    "rollback_deploy": lambda api, known: api.roll_back(known.service, known.deploy),
    "list_events": lambda api, known: api.events(known.service, SINCE),
    "get_env_vars_for_service": lambda api, known: api.env_vars(known.service),
    "update_env_var": lambda api, known: api.put_env_var(known.service, "A_B", Secret("x y")),
    "delete_env_var": lambda api, known: api.delete_env_var(known.service, "A_B"),
    "list_env_groups": lambda api, known: api.env_groups(OWNER),
    "retrieve_env_group": lambda api, known: api.env_group(known.group.id),
    "create_env_group": lambda api, known: api.create_env_group(
        "more", OWNER, {"A": Secret("1")}, [known.service.id]
    ),
    "update_env_group_env_var": lambda api, known: api.put_group_var(known.group, "A", Secret("2")),
    "delete_env_group_env_var": lambda api, known: api.delete_group_var(known.group, "A"),
    "link_service_to_env_group": lambda api, known: api.link_group(known.group, known.service),
    "unlink_service_from_env_group": lambda api, known: api.unlink_group(
        known.group, known.service
    ),
    "list_logs": lambda api, known: api.logs(known.query, start=SINCE, end=UNTIL),
    "get_cpu": lambda api, known: api.metric("cpu", known.service, SINCE, UNTIL),
    "get_cpu_limit": lambda api, known: api.metric("cpu-limit", known.service, SINCE, UNTIL),
    "get_memory": lambda api, known: api.metric("memory", known.service, SINCE, UNTIL),
    "get_memory_limit": lambda api, known: api.metric("memory-limit", known.service, SINCE, UNTIL),
    "get_instance_count": lambda api, known: api.metric(
        "instance-count", known.service, SINCE, UNTIL
    ),
    "list_key_value": lambda api, known: api.key_values(OWNER),
    "create_key_value": lambda api, known: api.create_key_value("q", OWNER, "starter", "oregon"),
    "retrieve_key_value_connection_info": lambda api, known: api.connection(known.key_value),
    "list_blueprints": lambda api, known: api.blueprints(OWNER),
    "validate_blueprint": lambda api, known: api.validate(OWNER, "render.yaml", b"services: []"),
}
"""By the name of the operation in Render's own client."""


@pytest.mark.parametrize("name", CALLS)
async def test_each_call_is_as_render_describes_it(
    name: str, api: RenderApi, account: Account
) -> None:
    """The fixture `account` compares, where Render's description is beside the repository."""
    before = len(account.requests)
    await CALLS[name](api, Known(account))
    assert len(account.requests) == before + 1


if sys.platform != "win32":  # it is not among the packages there
    from tests.render_fake.contract import description
    from tests.render_fake.oracle import differences

    @pytest.mark.parametrize("name", CALLS)
    async def test_each_call_is_what_renders_own_client_would_send(
        name: str, api: RenderApi, account: Account
    ) -> None:
        await CALLS[name](api, Known(account))
        assert differences(name, account.requests[-1]) == []

    async def test_what_renders_own_client_would_not_send_is_noticed(
        api: RenderApi, account: Account
    ) -> None:
        await api.start_deploy(Known(account).service)
        asked = account.requests[-1]
        other = httpx.Request("POST", asked.url, headers=asked.headers, json={"clear": "x"})
        with pytest.raises(AssertionError, match="does not know"):
            differences("create_deploy", other)

    @pytest.mark.skipif(description() is None, reason="Render's description of its API is not here")
    async def test_what_render_does_not_describe_is_noticed(account: Account) -> None:
        asked = httpx.Request("GET", "http://x/v1/services?limit=500")
        asked.headers["Authorization"] = f"Bearer {account.key}"
        assert account.handle(asked).status_code == 200
        assert any("limit" in each for each in account.broken)
        account.broken.clear()

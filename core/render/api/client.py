"""Each call of Render's API that Solofleet makes, as a method.

A method does one request, or the pages of one list, and asks nobody: who calls it has asked. All
raise Refused, NetworkLost, or FleetError when a limit of Render is reached. Source:
https://api-docs.render.com/reference.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote

from core.render.api.answers import (
    Autoscaling,
    Blueprint,
    Connection,
    Deploy,
    EnvGroup,
    EnvVar,
    Instance,
    KeyValue,
    Owner,
    Service,
    Verdict,
)
from core.render.api.call import Caller, Params
from core.render.api.event import Event
from core.render.api.lenient import Json, table, tables, text
from core.render.api.log_line import MOST_LINES, LogPage, LogQuery, stamp
from core.render.api.series import Series
from core.secret import Secret

Metric = Literal["cpu", "cpu-limit", "memory", "memory-limit", "instance-count"]


class RenderApi:
    """Render, through an open `Caller`."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    # --- Who ---

    async def owners(self) -> tuple[Owner, ...]:
        """The workspaces that the key may see."""
        return tuple(Owner.read(each) for each in await self._list("owners", "owner"))

    # --- Services ---

    async def services(
        self, names: Sequence[str] = (), owner: str | None = None
    ) -> tuple[Service, ...]:
        """The services of these names, of all names when there are none; no previews."""
        params = {"name": _commas(names), "ownerId": owner, "includePreviews": "false"}
        return tuple(Service.read(each) for each in await self._list("services", "service", params))

    async def service(self, id: str) -> Service:
        """One of them."""
        path = f"/services/{quoted(id)}"
        return Service.read(await self._get(path, f"the service {id} was not read"))

    async def create_service(self, body: Json) -> tuple[Service, str]:
        """Make one; the body is Render's. Gives the id of its first deploy too."""
        failing = f"the service {text(body, 'name')} was not created"
        told = table(await self.caller.call("POST", "/services", failing, body=body))
        return Service.read(table(told.get("service"))), text(told, "deployId")

    async def update_service(self, service: Service, body: Json) -> Service:
        """Change what the body names, and nothing else: a whole one would be refused at times."""
        return Service.read(table(await self._do("PATCH", service, "", "was not changed", body)))

    async def scale(self, service: Service, instances: int) -> None:
        """Ask for so many instances; Render ignores it while autoscaling is on."""
        await self._do("POST", service, "/scale", "was not scaled", {"numInstances": instances})

    async def set_autoscaling(self, service: Service, wanted: Autoscaling) -> Autoscaling:
        """Let Render choose the number of instances."""
        told = await self._do("PUT", service, "/autoscaling", "does not scale", wanted.body())
        return Autoscaling.read(table(told))

    async def stop_autoscaling(self, service: Service) -> None:
        """Keep the number of instances as it is."""
        await self._do("DELETE", service, "/autoscaling", "still scales itself")

    async def suspend(self, service: Service) -> None:
        """Stop it, until it is resumed."""
        await self._do("POST", service, "/suspend", "was not suspended")

    async def resume(self, service: Service) -> None:
        """Start it again."""
        await self._do("POST", service, "/resume", "was not resumed")

    async def restart(self, service: Service) -> None:
        """New processes, same commit."""
        await self._do("POST", service, "/restart", "was not restarted")

    async def instances(self, service: Service) -> tuple[Instance, ...]:
        """What runs of it now."""
        told = await self._do("GET", service, "/instances", "did not tell its instances")
        return tuple(Instance.read(each) for each in tables(told))

    # --- Deploys ---

    async def deploys(self, service: Service, most: int = 20) -> tuple[Deploy, ...]:
        """The latest ones, the newest first; `most` is up to 100."""
        params: Params = {"limit": most}
        path = f"/services/{quoted(service.id)}/deploys"
        told = await self._get(path, f"the deploys of {service.name} were not read", params)
        return tuple(Deploy.read(table(each.get("deploy"))) for each in tables(told))

    async def deploy(self, service: Service, id: str) -> Deploy:
        """One of them."""
        told = await self._do("GET", service, f"/deploys/{quoted(id)}", f"did not tell of {id}")
        return Deploy.read(table(told))

    async def start_deploy(
        self, service: Service, *, commit: str | None = None, clear_cache: bool = False
    ) -> Deploy | None:
        """Deploy the branch's head, or a commit; None: queued, and found in the list later."""
        body = {"clearCache": "clear" if clear_cache else "do_not_clear"}
        body |= {"commitId": commit} if commit else {}
        told = await self._do("POST", service, "/deploys", "was not deployed", body)
        return None if told is None else Deploy.read(table(told))

    async def cancel_deploy(self, service: Service, id: str) -> Deploy:
        """Break one off."""
        path = f"/deploys/{quoted(id)}/cancel"
        return Deploy.read(table(await self._do("POST", service, path, "goes on deploying")))

    async def roll_back(self, service: Service, id: str) -> Deploy:
        """Deploy again what an earlier deploy had; automatic deploys stay on, says Render."""
        body = {"deployId": id}
        told = await self._do("POST", service, "/rollback", "was not rolled back", body)
        return Deploy.read(table(told))

    async def events(
        self, service: Service, since: datetime | None = None, most: int = 100
    ) -> tuple[Event, ...]:
        """What happened to it, the oldest first."""
        path = f"/services/{quoted(service.id)}/events"
        params: Params = {"limit": most, "startTime": None if since is None else stamp(since)}
        told = await self._get(path, f"the events of {service.name} were not read", params)
        return tuple(Event.read(table(each.get("event"))) for each in reversed(tables(told)))

    # --- Variables, one key at a time: the PUT of all of them drops what it does not name ---

    async def env_vars(self, service: Service) -> tuple[EnvVar, ...]:
        """The variables that it has itself; those of its groups are not among them."""
        path = f"services/{quoted(service.id)}/env-vars"
        return tuple(EnvVar.read(each) for each in await self._list(path, "envVar"))

    async def put_env_var(self, service: Service, key: str, value: Secret) -> None:
        """Set one; it holds from the next deploy on."""
        path = f"/env-vars/{quoted(key)}"
        await self._do("PUT", service, path, f"did not get {key}", {"value": value.reveal()})

    async def delete_env_var(self, service: Service, key: str) -> None:
        """Drop one."""
        await self._do("DELETE", service, f"/env-vars/{quoted(key)}", f"still has {key}")

    async def env_groups(self, owner: str | None = None) -> tuple[EnvGroup, ...]:
        """The groups, without their variables."""
        told = await self._list("env-groups", "envGroup", {"ownerId": owner})
        return tuple(EnvGroup.read(each) for each in told)

    async def env_group(self, id: str) -> EnvGroup:
        """One of them, with its variables."""
        path = f"/env-groups/{quoted(id)}"
        return EnvGroup.read(table(await self._get(path, f"the group {id} was not read")))

    async def create_env_group(
        self, name: str, owner: str, values: Mapping[str, Secret], services: Sequence[str] = ()
    ) -> EnvGroup:
        """Make one, and link these services to it."""
        pairs = [{"key": key, "value": value.reveal()} for key, value in values.items()]
        body = {"name": name, "ownerId": owner, "envVars": pairs, "serviceIds": list(services)}
        failing = f"the group {name} was not created"
        told = await self.caller.call("POST", "/env-groups", failing, body=body)
        return EnvGroup.read(table(told))

    async def put_group_var(self, group: EnvGroup, key: str, value: Secret) -> None:
        """Set one variable of a group; its services have it from their next deploy on."""
        path = f"/env-groups/{quoted(group.id)}/env-vars/{quoted(key)}"
        failing = f"the group {group.name} did not get {key}"
        await self.caller.call("PUT", path, failing, body={"value": value.reveal()})

    async def delete_group_var(self, group: EnvGroup, key: str) -> None:
        """Drop one."""
        path = f"/env-groups/{quoted(group.id)}/env-vars/{quoted(key)}"
        await self.caller.call("DELETE", path, f"the group {group.name} still has {key}")

    async def link_group(self, group: EnvGroup, service: Service) -> None:
        """Let a service have a group's variables."""
        path = f"/env-groups/{quoted(group.id)}/services/{quoted(service.id)}"
        failing = f"{service.name} was not linked to the group {group.name}"
        await self.caller.call("POST", path, failing)

    async def unlink_group(self, group: EnvGroup, service: Service) -> None:
        """Let it have them no more."""
        path = f"/env-groups/{quoted(group.id)}/services/{quoted(service.id)}"
        await self.caller.call("DELETE", path, f"{service.name} still has the group {group.name}")

    # --- Watching ---

    async def logs(
        self,
        query: LogQuery,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        forward: bool = False,
        most: int = MOST_LINES,
    ) -> LogPage:
        """One page of up to 100 lines: the newest, or with `forward` the oldest since `start`."""
        direction = "forward" if forward else "backward"
        params = query.params(start=start, end=end, direction=direction, limit=most)
        return LogPage.read(table(await self._get("/logs", "the logs were not read", params)))

    async def metric(
        self, name: Metric, service: Service, start: datetime, end: datetime, every_s: int = 60
    ) -> tuple[Series, ...]:
        """A number over time, for each instance; not more often than every 30 s."""
        params: Params = {
            "resource": service.id,
            "startTime": stamp(start),
            "endTime": stamp(end),
            "resolutionSeconds": max(30, every_s),
        }
        failing = f"{name} of {service.name} was not read"
        told = await self._get(f"/metrics/{name}", failing, params)
        return tuple(Series.read(each) for each in tables(told))

    # --- Redis, and render.yaml ---

    async def key_values(self, owner: str | None = None) -> tuple[KeyValue, ...]:
        """All Key Values."""
        told = await self._list("key-value", "keyValue", {"ownerId": owner})
        return tuple(KeyValue.read(each) for each in told)

    async def create_key_value(
        self, name: str, owner: str, plan: str, region: str, policy: str = "noeviction"
    ) -> KeyValue:
        """Make one that is reached from inside its region only; queues need `noeviction`."""
        body = {"name": name, "ownerId": owner, "plan": plan, "region": region}
        body |= {"maxmemoryPolicy": policy, "ipAllowList": []}
        failing = f"the Key Value {name} was not created"
        return KeyValue.read(
            table(await self.caller.call("POST", "/key-value", failing, body=body))
        )

    async def connection(self, key_value: KeyValue) -> Connection:
        """Where it is reached."""
        path = f"/key-value/{quoted(key_value.id)}/connection-info"
        told = await self._get(path, f"the address of {key_value.name} was not read")
        return Connection.read(table(told))

    async def blueprints(self, owner: str | None = None) -> tuple[Blueprint, ...]:
        """The render.yaml files that Render knows."""
        told = await self._list("blueprints", "blueprint", {"ownerId": owner})
        return tuple(Blueprint.read(each) for each in told)

    async def validate(self, owner: str, name: str, data: bytes) -> Verdict:
        """Let Render judge a render.yaml; it changes nothing there."""
        failing = f"{name} was not judged"
        form = ({"ownerId": owner}, {"file": (name, data)})
        told = await self.caller.call("POST", "/blueprints/validate", failing, form=form)
        return Verdict.read(table(told))

    # --- How ---

    async def _get(self, path: str, failing: str, params: Params | None = None) -> Any:
        return await self.caller.call("GET", path, failing, params=params)

    async def _do(
        self, method: str, service: Service, rest: str, failing: str, body: Json | None = None
    ) -> Any:
        path = f"/services/{quoted(service.id)}{rest}"
        return await self.caller.call(method, path, f"{service.name} {failing}", body=body)

    async def _list(self, path: str, key: str, params: Params | None = None) -> list[Json]:
        failing = f"the {path.rpartition('/')[2]} were not listed"
        pages = self.caller.pages(f"/{path}", key, failing, params)
        return [each async for each in pages]


def quoted(part: str) -> str:
    """One part of a path."""
    return quote(part, safe="")


def _commas(names: Sequence[str]) -> str | None:
    return ",".join(names) or None

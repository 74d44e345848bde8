"""An account on Render that keeps its state.

A deploy moves on by one step each time somebody looks at it, so a test that follows one waits for
nothing. Times are those of a clock that goes on by a second with everything that happens.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

if sys.platform != "win32":
    from tests.render_fake.contract import breaches
else:

    def breaches(request: httpx.Request, response: httpx.Response) -> list[str]:
        """Nothing: what checks it is not among the packages there."""
        return []


KEY = "rnd_correctHorseBatteryStaple0001"
OWNER = "tea-shop"
START = datetime(2026, 11, 20, 10, tzinfo=UTC)
STEPS = ("created", "build_in_progress", "update_in_progress", "live")

Json = dict[str, Any]


@dataclass
class Planned:
    """What the next request to a path is answered with; `cut`: nothing, be it `done` or not."""

    method: str
    path: str
    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: Exception | None = None
    done: bool = False


class Account:
    """The whole account: `handle` answers a request. `broken` has all that the contract forbids."""

    def __init__(self) -> None:
        self.key = KEY
        self.requests: list[httpx.Request] = []
        self.broken: list[str] = []
        self.planned: list[Planned] = []
        self.services: dict[str, Json] = {}
        self.variables: dict[str, dict[str, str]] = {}
        self.groups: dict[str, Json] = {}
        self.deploys: dict[str, list[Json]] = {}
        self.steps: dict[str, list[str]] = {}
        self.events: dict[str, list[Json]] = {}
        self.logs: list[Json] = []
        self.key_values: dict[str, Json] = {}
        self.blueprints: dict[str, Json] = {}
        self.metrics: dict[str, list[Json]] = {}
        self.owners: list[Json] = [owner(OWNER, "Shop")]
        self.on_log: list[Callable[[Json], None]] = []
        self.verdict: Json = {"valid": True, "errors": [], "plan": {"totalActions": 2}}
        self.next_steps: Sequence[str] = STEPS
        self.last_words: Sequence[str] = ("==> Exited with status 1",)
        self.ends_with: Json = {"nonZeroExit": 1}
        self.answers_deploys_with_202 = False
        self.commit = "f00d" * 10
        self._count = 0
        self._now = START

    # --- What a test does to it ---

    def now(self) -> str:
        """The time, a second later than the last one."""
        self._now += timedelta(seconds=1)
        return self._now.isoformat().replace("+00:00", "Z")

    def new_id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}-{self._count:020}"

    def add_service(self, name: str, type: str = "background_worker", **more: Any) -> Json:
        """A service, as the list of services has it; `more` are details of it."""
        id, now = self.new_id("srv"), self.now()
        details: Json = {
            "env": "python",
            "runtime": "python",
            "envSpecificDetails": {
                "buildCommand": "pip install .",
                "startCommand": "celery worker",
            },
            "plan": "starter",
            "region": "oregon",
            "numInstances": 1,
            "buildPlan": "starter",
            "maxShutdownDelaySeconds": 30,
        }
        if type == "web_service":
            details |= {"url": f"https://{name}.onrender.com", "openPorts": []}
            details |= {"healthCheckPath": "/health"}
        service: Json = {
            "id": id,
            "name": name,
            "ownerId": OWNER,
            "type": type,
            "createdAt": now,
            "updatedAt": now,
            "dashboardUrl": f"https://dashboard.render.com/x/{id}",
            "suspended": "not_suspended",
            "suspenders": [],
            "autoDeploy": "yes",
            "autoDeployTrigger": "commit",
            "notifyOnFail": "default",
            "slug": name,
            "repo": "https://github.com/example/shop",
            "branch": "main",
            "rootDir": "",
            "serviceDetails": details | more,
        }
        self.services[id] = service
        self.variables[id], self.deploys[id], self.events[id] = {}, [], []
        return service

    def add_group(self, name: str, values: dict[str, str], *services: Json) -> Json:
        """An environment group."""
        now = self.now()
        links = [link(each) for each in services]
        group: Json = {
            "id": self.new_id("evg"),
            "name": name,
            "ownerId": OWNER,
            "createdAt": now,
            "updatedAt": now,
            "serviceLinks": links,
            "values": dict(values),
        }
        self.groups[group["id"]] = group
        return group

    def add_key_value(self, name: str, plan: str = "starter", region: str = "oregon") -> Json:
        """A Key Value."""
        id, now = self.new_id("red"), self.now()
        self.key_values[id] = {
            "id": id,
            "name": name,
            "createdAt": now,
            "updatedAt": now,
            "status": "available",
            "plan": plan,
            "region": region,
            "owner": self.owners[0],
            "options": {"maxmemoryPolicy": "noeviction"},
            "ipAllowList": [],
            "version": "8",
            "dashboardUrl": f"https://dashboard.render.com/r/{id}",
        }
        return self.key_values[id]

    def add_deploy(self, service: Json, steps: Sequence[str] = STEPS, **more: Any) -> Json:
        """A deploy that goes through these states, one with each look at it."""
        now = self.now()
        deploy: Json = {
            "id": self.new_id("dep"),
            "status": steps[0],
            "commit": {"id": self.commit, "message": "Sell more", "createdAt": now},
            "trigger": "api",
            "createdAt": now,
            "updatedAt": now,
        } | more
        self.deploys[service["id"]].insert(0, deploy)
        self.steps[deploy["id"]] = list(steps[1:])
        trigger = {"firstBuild": False, "envUpdated": False, "manual": True, "clearCache": False}
        trigger |= {"deployedByRender": False, "rollback": False}
        details = {"deployId": deploy["id"], "trigger": trigger}
        self.add_event(service, "deploy_started", details)
        return deploy

    def add_event(self, service: Json, type: str, details: Json) -> None:
        """Something that happened."""
        event = {"id": self.new_id("evt"), "timestamp": self.now(), "serviceId": service["id"]}
        self.events[service["id"]].append(event | {"type": type, "details": details})

    def kill_for_memory(self, service: Json, limit: str = "512Mi") -> None:
        """An instance that took more memory than it may have."""
        reason = {"evicted": False, "oomKilled": {"memoryLimit": limit}}
        details = {"instanceID": f"{service['id']}-a1", "reason": reason}
        self.add_event(service, "server_failed", details)

    def log(
        self,
        service: Json,
        message: str,
        type: str = "app",
        level: str = "info",
        instance: str = "new",
    ) -> Json:
        """A line of a service's log; its present instances are a0, a1, …"""
        labels = {"resource": service["id"], "instance": f"{service['id']}-{instance}"}
        labels |= {"level": level, "type": type}
        line: Json = {
            "id": self.new_id("log"),
            "message": message,
            "timestamp": self.now(),
            "labels": [{"name": name, "value": value} for name, value in labels.items()],
        }
        self.logs.append(line)
        for tell in tuple(self.on_log):
            tell(line)
        return line

    def plan(self, method: str, path: str, status: int, body: Any = "", **headers: str) -> None:
        """Answer the next such request so; a text is plain text."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.planned.append(Planned(method, path, status, body, told))

    def cut(
        self, method: str, path: str, error: Exception, times: int = 1, *, done: bool = False
    ) -> None:
        """Lose the next such requests on the way, or with `done` their answers."""
        self.planned += [Planned(method, path, cut=error, done=done)] * times

    # --- What it does ---

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer one request. Raises what was planned to get lost."""
        self.requests.append(request)
        response = self._planned(request) or self._answer(request)
        for name, value in (("Limit", "400"), ("Remaining", "399"), ("Reset", "1795000000")):
            response.headers.setdefault(f"Ratelimit-{name}", value)
        self.broken += breaches(request, response)
        return response

    def _planned(self, request: httpx.Request) -> httpx.Response | None:
        path = request.url.path.removeprefix("/v1")
        for planned in self.planned:
            if planned.method == request.method and re.fullmatch(planned.path, path):
                self.planned.remove(planned)
                if planned.done:
                    self._answer(request)
                if planned.cut is not None:
                    raise planned.cut
                if isinstance(planned.body, str):
                    return httpx.Response(
                        planned.status, text=planned.body, headers=planned.headers
                    )
                return httpx.Response(planned.status, json=planned.body, headers=planned.headers)
        return None

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return problem(401, "unauthorized")
        path = request.url.path.removeprefix("/v1")
        for method, pattern, answer in self._routes():
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                return answer(request, *found.groups())
        return problem(404, f"not found: {path}")

    def _routes(self) -> Iterator[tuple[str, str, Callable[..., httpx.Response]]]:
        service = r"/services/([^/]+)"
        group = r"/env-groups/([^/]+)"
        yield from (
            ("GET", "/owners", self._owners),
            ("GET", "/services", self._services),
            ("POST", "/services", self._create_service),
            ("GET", service, self._service),
            ("PATCH", service, self._update_service),
            ("POST", f"{service}/scale", self._scale),
            ("PUT", f"{service}/autoscaling", self._autoscaling),
            ("DELETE", f"{service}/autoscaling", self._no_autoscaling),
            ("POST", f"{service}/(suspend|resume)", self._suspend),
            ("POST", f"{service}/restart", self._restart),
            ("GET", f"{service}/instances", self._instances),
            ("GET", f"{service}/deploys", self._deploys),
            ("POST", f"{service}/deploys", self._start_deploy),
            ("GET", f"{service}/deploys/([^/]+)", self._deploy),
            ("POST", f"{service}/deploys/([^/]+)/cancel", self._cancel),
            ("POST", f"{service}/rollback", self._roll_back),
            ("GET", f"{service}/events", self._events),
            ("GET", f"{service}/env-vars", self._variables),
            ("PUT", f"{service}/env-vars/(.+)", self._put_variable),
            ("DELETE", f"{service}/env-vars/(.+)", self._drop_variable),
            ("GET", "/env-groups", self._groups),
            ("POST", "/env-groups", self._create_group),
            ("GET", group, self._group),
            ("PUT", f"{group}/env-vars/(.+)", self._put_group),
            ("DELETE", f"{group}/env-vars/(.+)", self._drop_group),
            ("POST", f"{group}/services/([^/]+)", self._link),
            ("DELETE", f"{group}/services/([^/]+)", self._unlink),
            ("GET", "/logs", self._logs),
            ("GET", "/metrics/([a-z-]+)", self._metric),
            ("GET", "/key-value", self._key_values),
            ("POST", "/key-value", self._create_key_value),
            ("GET", "/key-value/([^/]+)/connection-info", self._connection),
            ("GET", "/blueprints", self._blueprints),
            ("POST", "/blueprints/validate", self._validate),
        )

    def _owners(self, request: httpx.Request) -> httpx.Response:
        return page(request, "owner", self.owners)

    def _services(self, request: httpx.Request) -> httpx.Response:
        names, owners = (request.url.params.get(key, "") for key in ("name", "ownerId"))
        found = [
            each
            for each in self.services.values()
            if (not names or each["name"] in names.split(","))
            and (not owners or each["ownerId"] in owners.split(","))
        ]
        return page(request, "service", found)

    def _create_service(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        if any(each["name"] == body["name"] for each in self.services.values()):
            return problem(409, f"name {body['name']} is already in use")
        service = self.add_service(body["name"], body["type"])
        service["ownerId"] = body["ownerId"]
        deploy = self.add_deploy(service)
        return httpx.Response(201, json={"service": service, "deployId": deploy["id"]})

    def _service(self, request: httpx.Request, id: str) -> httpx.Response:
        found = self.services.get(id)
        return (
            problem(404, "service not found") if found is None else httpx.Response(200, json=found)
        )

    def _update_service(self, request: httpx.Request, id: str) -> httpx.Response:
        details = json.loads(request.content).get("serviceDetails", {})
        has = self.services[id]["serviceDetails"]
        commands = has["envSpecificDetails"] | details.get("envSpecificDetails", {})
        has |= details | {"envSpecificDetails": commands}
        return httpx.Response(200, json=self.services[id])

    def _scale(self, request: httpx.Request, id: str) -> httpx.Response:
        service = self.services[id]
        if service["suspended"] == "suspended":
            return problem(400, "cannot scale a suspended service")
        if not service["serviceDetails"].get("autoscaling", {}).get("enabled"):
            service["serviceDetails"]["numInstances"] = json.loads(request.content)["numInstances"]
        return httpx.Response(202)

    def _autoscaling(self, request: httpx.Request, id: str) -> httpx.Response:
        wanted = json.loads(request.content)
        self.services[id]["serviceDetails"]["autoscaling"] = wanted
        return httpx.Response(200, json=wanted)

    def _no_autoscaling(self, request: httpx.Request, id: str) -> httpx.Response:
        self.services[id]["serviceDetails"].pop("autoscaling", None)
        return httpx.Response(204)

    def _suspend(self, request: httpx.Request, id: str, what: str) -> httpx.Response:
        word = "suspended" if what == "suspend" else "not_suspended"
        self.services[id]["suspended"] = word
        return httpx.Response(202)

    def _restart(self, request: httpx.Request, id: str) -> httpx.Response:
        return httpx.Response(200)

    def _instances(self, request: httpx.Request, id: str) -> httpx.Response:
        count = self.services[id]["serviceDetails"]["numInstances"]
        live = next((each for each in self.deploys[id] if each["status"] == "live"), None)
        began = live["updatedAt"] if live else START.isoformat()
        told = [{"id": f"{id}-a{n}", "createdAt": began} for n in range(count)]
        return httpx.Response(200, json=told)

    def _deploys(self, request: httpx.Request, id: str) -> httpx.Response:
        for deploy in self.deploys[id]:
            self._advance(id, deploy)
        return page(request, "deploy", self.deploys[id])

    def _start_deploy(self, request: httpx.Request, id: str) -> httpx.Response:
        service = self.services[id]
        if service["suspended"] == "suspended":
            return problem(400, "service is suspended")
        body = json.loads(request.content)
        commit = {"id": body.get("commitId", self.commit), "message": "Sell more"}
        deploy = self.add_deploy(service, self.next_steps, commit=commit)
        if self.answers_deploys_with_202:
            return httpx.Response(202)
        return httpx.Response(201, json=deploy)

    def _deploy(self, request: httpx.Request, id: str, deploy_id: str) -> httpx.Response:
        found = next((each for each in self.deploys[id] if each["id"] == deploy_id), None)
        if found is None:
            return problem(404, "deploy not found")
        self._advance(id, found)
        return httpx.Response(200, json=found)

    def _advance(self, id: str, deploy: Json) -> None:
        if not (steps := self.steps[deploy["id"]]):
            return
        service, status = self.services[id], steps.pop(0)
        deploy |= {"status": status, "updatedAt": self.now()}
        if status == "build_in_progress":
            self.log(service, "==> Running build command", "build")
        elif status == "update_in_progress":
            self.log(service, "==> Deploying", "app")
        elif status.endswith("_failed"):
            for words in self.last_words:
                self.log(service, words, "build" if status == "build_failed" else "app", "error")
        if not steps:
            deploy["finishedAt"] = self.now()
            for other in self.deploys[id]:
                if status == "live" and other is not deploy and other["status"] == "live":
                    other["status"] = "deactivated"
            self._deploy_ended(service, deploy["id"], status)

    def _deploy_ended(self, service: Json, deploy_id: str, status: str) -> None:
        good = {"live": "succeeded", "canceled": "canceled"}.get(status, "failed")
        reason: Json = {}
        if good == "failed":
            reason = {"failure": {"evicted": False, **self.ends_with}}
        details = {"deployId": deploy_id, "deployStatus": good, "status": 2, "reason": reason}
        self.add_event(service, "deploy_ended", details)

    def _cancel(self, request: httpx.Request, id: str, deploy_id: str) -> httpx.Response:
        deploy = next(each for each in self.deploys[id] if each["id"] == deploy_id)
        if not self.steps[deploy_id]:
            return problem(409, "deploy has already finished")
        self.steps[deploy_id] = ["canceled"]
        self._advance(id, deploy)
        return httpx.Response(200, json=deploy)

    def _roll_back(self, request: httpx.Request, id: str) -> httpx.Response:
        wanted = json.loads(request.content)["deployId"]
        old = next((each for each in self.deploys[id] if each["id"] == wanted), None)
        if old is None:
            return problem(404, "deploy not found")
        more = {"commit": old["commit"], "trigger": "rollback"}
        deploy = self.add_deploy(self.services[id], STEPS, **more)
        return httpx.Response(201, json=deploy)

    def _events(self, request: httpx.Request, id: str) -> httpx.Response:
        start = request.url.params.get("startTime", "")
        found = [each for each in self.events[id] if not start or at(each) >= read_time(start)]
        return page(request, "event", found[::-1])

    def _variables(self, request: httpx.Request, id: str) -> httpx.Response:
        return page(request, "envVar", pairs(self.variables[id]))

    def _put_variable(self, request: httpx.Request, id: str, key: str) -> httpx.Response:
        self.variables[id][key] = json.loads(request.content)["value"]
        return httpx.Response(200, json={"key": key, "value": self.variables[id][key]})

    def _drop_variable(self, request: httpx.Request, id: str, key: str) -> httpx.Response:
        self.variables[id].pop(key, None)
        return httpx.Response(204)

    def _groups(self, request: httpx.Request) -> httpx.Response:
        told = [shown(group, whole=False) for group in self.groups.values()]
        return httpx.Response(200, json=told)

    def _group(self, request: httpx.Request, id: str) -> httpx.Response:
        return httpx.Response(200, json=shown(self.groups[id]))

    def _create_group(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        services = [self.services[id] for id in body.get("serviceIds", [])]
        values = {each["key"]: each["value"] for each in body["envVars"]}
        group = self.add_group(body["name"], values, *services)
        return httpx.Response(201, json=shown(group))

    def _put_group(self, request: httpx.Request, id: str, key: str) -> httpx.Response:
        self.groups[id]["values"][key] = json.loads(request.content)["value"]
        return httpx.Response(200, json=shown(self.groups[id]))

    def _drop_group(self, request: httpx.Request, id: str, key: str) -> httpx.Response:
        self.groups[id]["values"].pop(key, None)
        return httpx.Response(204)

    def _link(self, request: httpx.Request, id: str, service_id: str) -> httpx.Response:
        self.groups[id]["serviceLinks"].append(link(self.services[service_id]))
        return httpx.Response(200, json=shown(self.groups[id]))

    def _unlink(self, request: httpx.Request, id: str, service_id: str) -> httpx.Response:
        links = self.groups[id]["serviceLinks"]
        self.groups[id]["serviceLinks"] = [each for each in links if each["id"] != service_id]
        return httpx.Response(204)

    def matching(self, params: httpx.QueryParams) -> list[Json]:
        """The lines that a query asks for, the oldest first."""
        start, end = params.get("startTime"), params.get("endTime")
        return [
            line
            for line in self.logs
            if all(
                not params.get_list(name) or label(line, name) in params.get_list(name)
                for name in ("resource", "type", "level")
            )
            and all(text in line["message"] for text in params.get_list("text"))
            and (not start or at(line) >= read_time(start))
            and (not end or at(line) < read_time(end))
        ]

    def _logs(self, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        found, most = self.matching(params), int(params.get("limit", "20"))
        if params.get("direction") == "forward":
            lines, more = found[:most], len(found) > most
            next_start = found[most]["timestamp"] if more else START.isoformat()
            next_end = START.isoformat()
        else:
            lines, more = found[::-1][:most], len(found) > most
            next_start, next_end = START.isoformat(), lines[-1]["timestamp"] if lines else ""
        told = {"hasMore": more, "nextStartTime": next_start, "logs": lines}
        return httpx.Response(200, json=told | {"nextEndTime": next_end or START.isoformat()})

    def _metric(self, request: httpx.Request, name: str) -> httpx.Response:
        resource = request.url.params["resource"]
        told = self.metrics.get(name, [series(f"{resource}-a1", [2.5])])
        return httpx.Response(200, json=told)

    def _key_values(self, request: httpx.Request) -> httpx.Response:
        return page(request, "keyValue", list(self.key_values.values()))

    def _create_key_value(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        made = self.add_key_value(body["name"], body["plan"], body["region"])
        return httpx.Response(201, json=made)

    def _connection(self, request: httpx.Request, id: str) -> httpx.Response:
        told = {
            "internalConnectionString": f"redis://{id}:6379",
            "externalConnectionString": f"rediss://{id}:hunter2@oregon-kv.render.com:6379",
            "cliCommand": "valkey-cli",
        }
        return httpx.Response(200, json=told)

    def _blueprints(self, request: httpx.Request) -> httpx.Response:
        return page(request, "blueprint", list(self.blueprints.values()))

    def _validate(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=self.verdict)


def problem(status: int, message: str) -> httpx.Response:
    """An error as Render writes it."""
    return httpx.Response(status, json={"id": "req-1", "message": message})


def owner(id: str, name: str) -> Json:
    """A workspace."""
    return {"id": id, "name": name, "email": "shop@example.com", "type": "team"}


def page(request: httpx.Request, key: str, items: list[Json]) -> httpx.Response:
    """A page of a list; the cursor is the number of the item."""
    first = int(request.url.params.get("cursor", "0"))
    most = int(request.url.params.get("limit", "20"))
    part = list(enumerate(items, 1))[first : first + most]
    return httpx.Response(200, json=[{key: item, "cursor": str(number)} for number, item in part])


def series(instance: str, values: Sequence[float], unit: str = "MB") -> Json:
    """A metric of one instance, a value a minute."""
    times = (START + timedelta(minutes=number) for number in range(len(values)))
    points = [
        {"timestamp": time.isoformat(), "value": value}
        for time, value in zip(times, values, strict=True)
    ]
    return {"labels": [{"field": "instance", "value": instance}], "values": points, "unit": unit}


def pairs(values: Mapping[str, str]) -> list[Json]:
    """Variables as Render lists them."""
    return [{"key": key, "value": value} for key, value in values.items()]


def link(service: Json) -> Json:
    """A service as a group names it, with the short word for its type."""
    short = {"background_worker": "worker", "web_service": "web"}[service["type"]]
    return {"id": service["id"], "name": service["name"], "type": short}


def shown(group: Json, *, whole: bool = True) -> Json:
    """A group as Render tells it; the list has no variables."""
    told = {key: value for key, value in group.items() if key != "values"}
    return told | ({"envVars": pairs(group["values"]), "secretFiles": []} if whole else {})


def label(line: Json, name: str) -> str:
    """A label of a line."""
    return next((each["value"] for each in line["labels"] if each["name"] == name), "")


def at(of: Json) -> datetime:
    """When something happened."""
    return read_time(of["timestamp"])


def read_time(text: str) -> datetime:
    """A time of Render's."""
    return datetime.fromisoformat(text)

"""Rounds of scaling by queues, on an account of the test."""

import json
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

import httpx
import pytest

from core.errors import FleetError
from core.render.api.answers import Autoscaling, Service
from core.render.api.client import RenderApi
from core.render.remote.backlog import Load, Rule
from core.render.remote.keeping_up import (
    Blind,
    Looked,
    Round,
    autoscale_action,
    keep_up,
    scalable,
)
from tests.render_fake.account import Account

RULE = Rule(1, 5, 10, 60)


@pytest.fixture
def jobs(account: Account) -> Service:
    return Service.read(next(iter(account.services.values())))


@dataclass
class World:
    """Queues and a clock that goes on by 15 s with each nap."""

    loads: Iterator[Load | FleetError]
    now: float = 0.0
    naps: list[float] = field(default_factory=list)

    async def read(self) -> Load:
        told = next(self.loads)
        if isinstance(told, FleetError):
            raise told
        return told

    async def nap(self, seconds: float) -> None:
        self.now += 15
        self.naps.append(seconds)


async def rounds(
    api: RenderApi, jobs: Service, *loads: Load | FleetError, apply: bool = True
) -> list[Round]:
    world = World(iter(loads))
    found: list[Round] = []
    following = keep_up(
        api, jobs, world.read, RULE, apply=apply, clock=lambda: world.now, sleep=world.nap
    )
    async with aclosing(following) as news:
        while len(found) < len(loads):
            found.append(await anext(news))
    return found


def sent(account: Account) -> list[int]:
    return [
        json.loads(each.content)["numInstances"]
        for each in account.requests
        if each.method == "POST"
    ]


def instances(found: list[Round]) -> list[int]:
    return [each.instances for each in found if isinstance(each, Looked)]


async def test_render_is_asked_once_for_each_change(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    found = await rounds(api, jobs, Load(30, 0), Load(30, 0), *[Load(0, 0)] * 6)
    assert sent(account) == [3, 1]
    assert instances(found) == [1, 3, 3, 3, 3, 3, 1, 1]


async def test_a_dry_run_sends_nothing_and_goes_on_as_if_it_had(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    found = await rounds(api, jobs, Load(30, 0), Load(30, 0), Load(50, 0), apply=False)
    assert sent(account) == []
    assert instances(found) == [1, 3, 3]
    decisions = [each.decision.instances for each in found if isinstance(each, Looked)]
    assert decisions == [3, None, 5]


async def test_another_hand_that_scales_it_is_seen(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    account.services[jobs.id]["serviceDetails"]["numInstances"] = 4
    assert instances(await rounds(api, jobs, Load(30, 0))) == [4]
    assert sent(account) == []


async def test_queues_that_cannot_be_read_change_nothing(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    gone = FleetError("the broker is gone", "connection refused", "start it")
    account.services[jobs.id]["serviceDetails"]["numInstances"] = 3
    calm = [Load(0, 0)] * 3
    found = await rounds(api, jobs, *calm, gone, *calm, gone)
    assert [each for each in found if isinstance(each, Blind)] == [
        Blind("the broker is gone: connection refused")
    ] * 2
    assert sent(account) == []


async def test_a_network_that_is_lost_is_waited_for(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    account.cut("POST", ".*/scale", httpx.ReadTimeout("no answer"), done=True)
    account.plan("POST", ".*/scale", 503, "busy")
    found = await rounds(api, jobs, Load(30, 0), Load(30, 0), Load(50, 0), Load(50, 0))
    assert [type(each) for each in found] == [Blind, Looked, Blind, Looked]
    assert sent(account) == [3, 5, 5]
    assert instances(found) == [3, 3]


async def test_what_waiting_cannot_mend_ends_it(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    account.plan("GET", ".*", 401, {"message": "unauthorized"})
    with pytest.raises(FleetError, match="was not read"):
        await rounds(api, jobs, Load(0, 0))
    account.services[jobs.id]["suspended"] = "suspended"
    with pytest.raises(FleetError, match="jobs is not scaled by its queues"):
        await rounds(api, jobs, Load(0, 0))


def test_only_what_has_a_number_of_its_own_is_scaled(account: Account, jobs: Service) -> None:
    scalable(jobs)
    details = account.services[jobs.id]["serviceDetails"]
    details["autoscaling"] = Autoscaling(True, 1, 4, 60, None).body()
    with pytest.raises(FleetError, match="not scaled") as caught:
        scalable(Service.read(account.services[jobs.id]))
    assert "--no-autoscaling" in caught.value.fix
    del details["autoscaling"], details["numInstances"]
    with pytest.raises(FleetError, match="not scaled") as caught:
        scalable(Service.read(account.services[jobs.id]))
    assert "no number of instances" in caught.value.why


def test_the_question_names_service_queues_broker_and_price() -> None:
    jobs = Service.read({"id": "srv-1", "name": "jobs", "serviceDetails": {"plan": "starter"}})
    asked = autoscale_action(jobs, "Shop", Rule(1, 5, 10), "mail, celery", "redis://far:6379//")
    assert asked == (
        "scale jobs (srv-1, workspace Shop) between 1 and 5 instances by what waits in mail, "
        "celery on redis://far:6379//, until this is stopped, $35 a month in all at most"
    )

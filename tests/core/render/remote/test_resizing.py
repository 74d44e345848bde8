"""Another plan, another concurrency, and the deploy that makes them hold."""

import json
from dataclasses import replace

import pytest

from core.errors import USAGE, FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.remote.resizing import (
    Capacity,
    concurrency_of,
    resize,
    takes_concurrency,
    verdict,
)
from tests.render_fake.account import Account

COMMAND = "celery -A jobs worker --loglevel=info --concurrency=2"


@pytest.fixture
def jobs(account: Account) -> Service:
    told = next(iter(account.services.values()))
    told["serviceDetails"]["envSpecificDetails"]["startCommand"] = COMMAND
    return Service.read(told)


async def test_both_are_changed_and_deployed(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    change = resize(jobs, "Shop", Capacity("pro plus", 8))
    asked = f"change jobs ({jobs.id}, workspace Shop) from the plan starter to pro plus"
    assert change.action.startswith(f"{asked} and to --concurrency=8, $175 a month in all")
    assert change.wanted == {"plan": "pro plus", "concurrency": 8}
    await change.send(api)
    patch, deploy = account.requests
    assert json.loads(patch.content) == {
        "serviceDetails": {
            "plan": "pro_plus",
            "envSpecificDetails": {
                "startCommand": "celery -A jobs worker --loglevel=info --concurrency=8"
            },
        }
    }
    assert deploy.url.path == f"/v1/services/{jobs.id}/deploys"


async def test_a_deploy_that_does_not_start_leaves_a_change_that_is_told(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    account.plan("POST", ".*/deploys", 503, "busy")
    with pytest.raises(FleetError, match="jobs was not deployed") as caught:
        await resize(jobs, "Shop", Capacity("standard")).send(api)
    assert "The change itself is made" in caught.value.fix


async def test_a_plan_that_is_refused_deploys_nothing(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    account.plan("PATCH", ".*", 402, {"message": "this plan needs a payment method"})
    with pytest.raises(FleetError, match="jobs was not changed") as caught:
        await resize(jobs, "Shop", Capacity("standard")).send(api)
    assert "payment method" in caught.value.fix
    assert len(account.requests) == 1


def test_memory_and_the_next_sync_are_told_before(jobs: Service) -> None:
    note = resize(jobs, "Shop", Capacity(concurrency=8)).note
    assert "The plan starter with 8 at once (not measured" in note
    assert "too much" in note
    assert "render blueprint --concurrency 8 --write" in note
    unknown = resize(jobs, "Shop", Capacity("9c-99g")).note
    assert "at once" not in unknown


def test_what_it_has_already_is_not_changed(jobs: Service) -> None:
    with pytest.raises(FleetError, match="it has that already") as caught:
        resize(jobs, "Shop", Capacity("Starter", 2))
    assert caught.value.exit_code == USAGE


@pytest.mark.parametrize(
    "command",
    [
        "",
        "./start.sh",
        "celery -A jobs worker -l info; sleep 1",
        "celery -A jobs worker --pool=solo; sleep 1",
        "celery -A jobs worker --concurrency=$N",
    ],
)
def test_a_command_that_takes_no_concurrency_is_told(jobs: Service, command: str) -> None:
    service = replace(jobs, start_command=command)
    assert not takes_concurrency(service)
    with pytest.raises(FleetError, match="no --concurrency can be put") as caught:
        resize(service, "Shop", Capacity(concurrency=4))
    assert "render.yaml" in caught.value.fix


async def test_the_command_of_a_container_is_changed_where_it_is(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    told = account.services[jobs.id]["serviceDetails"]
    told |= {"runtime": "docker", "env": "docker"}
    told["envSpecificDetails"] = {"dockerCommand": COMMAND, "dockerContext": "."}
    told["envSpecificDetails"] |= {"dockerfilePath": "Dockerfile"}
    await resize(await api.service(jobs.id), "Shop", Capacity(concurrency=4)).send(api)
    details = json.loads(account.requests[1].content)["serviceDetails"]["envSpecificDetails"]
    assert details == {"dockerCommand": COMMAND.replace("2", "4")}


@pytest.mark.parametrize(
    ("command", "number"),
    [
        (COMMAND, 2),
        ("cd backend && celery -A jobs worker -c4", 4),
        ("celery -A jobs worker", None),
        ("celery -A jobs worker --concurrency=$N", None),
        ("uvicorn main:app", None),
    ],
)
def test_the_concurrency_of_a_command_is_read(
    jobs: Service, command: str, number: int | None
) -> None:
    assert concurrency_of(replace(jobs, start_command=command)) == number


@pytest.mark.parametrize(
    "command", [COMMAND, "celery -A jobs worker", "celery -A jobs worker -c 4"]
)
def test_a_command_that_takes_a_concurrency_is_known(jobs: Service, command: str) -> None:
    assert takes_concurrency(replace(jobs, start_command=command))


def test_a_capacity_is_told_as_a_shell_takes_it() -> None:
    assert Capacity("pro plus", 8).options == '--plan "pro plus" --concurrency 8'
    assert Capacity(concurrency=2).options == "--concurrency 2"


def test_what_a_concurrency_means_is_told_for_plans_that_are_known() -> None:
    assert verdict("standard", 2, None).startswith("The plan standard with 2 at once (not measured")
    assert verdict("9c-99g", 2, None) == ""

"""Numbers of instances, and limits for Render's own scaling."""

from dataclasses import replace

import pytest

from core.errors import USAGE, FleetError
from core.render.api.answers import Autoscaling, Service
from core.render.api.client import RenderApi
from core.render.remote.scaling import autoscale, autoscaled, price, scale, stop_autoscaling
from tests.render_fake.account import Account

ON = Autoscaling(True, 2, 5, cpu=60, memory=None)


@pytest.fixture
def jobs(account: Account) -> Service:
    return Service.read(next(iter(account.services.values())))


async def test_a_number_is_asked_for_with_its_price(api: RenderApi, jobs: Service) -> None:
    change = scale(jobs, "Shop", 3)
    asked = f"scale jobs ({jobs.id}, workspace Shop) from 1 to 3 instances, $21 a month in all"
    assert change.action == asked
    await change.send(api)
    assert (await api.service(jobs.id)).instances == 3
    assert "from ? to 3" in scale(replace(jobs, instances=None), "Shop", 3).action


def test_a_number_that_render_would_ignore_is_refused(jobs: Service) -> None:
    with pytest.raises(FleetError, match="jobs was not scaled") as caught:
        scale(replace(jobs, autoscaling=ON), "Shop", 3)
    assert "from 2 to 5" in caught.value.why
    assert "--no-autoscaling" in caught.value.fix
    assert scale(replace(jobs, autoscaling=replace(ON, enabled=False)), "Shop", 3)


def test_a_plan_that_nobody_knows_yet_has_no_price() -> None:
    assert price("9c-99g", 2) == ""
    assert price("standard", 2) == ", $50 a month in all"


async def test_limits_are_asked_for_and_taken_back(api: RenderApi, jobs: Service) -> None:
    wanted = autoscaled(jobs, least=1, most=4, cpu=60, memory=70)
    change = autoscale(jobs, "Shop", wanted)
    assert "from 1 to 4 instances, to keep CPU at 60 % and memory at 70 %" in change.action
    assert change.action.endswith(", $28 a month in all at most")
    await change.send(api)
    scaled = await api.service(jobs.id)
    assert scaled.autoscaling == Autoscaling(True, 1, 4, 60, 70)
    await stop_autoscaling(scaled, "Shop").send(api)
    assert (await api.service(jobs.id)).autoscaling is None


def test_what_is_not_said_stays_as_it_is(jobs: Service) -> None:
    assert autoscaled(replace(jobs, autoscaling=ON), most=9) == replace(ON, most=9)
    off = replace(jobs, autoscaling=replace(ON, enabled=False), instances=3)
    assert autoscaled(off, memory=80) == Autoscaling(True, 3, 3, None, 80)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"least": 4, "most": 2, "cpu": 60}, "from 4 to 2 instances is no range"),
        ({"least": 1, "most": 101, "cpu": 60}, "no range between 1 and 100"),
        ({"least": 1, "most": 4}, "neither has a target"),
        ({"least": 1, "most": 4, "cpu": 91}, "from 1 to 90"),
    ],
)
def test_limits_that_make_no_sense_are_refused(
    jobs: Service, limits: dict[str, int], why: str
) -> None:
    with pytest.raises(FleetError, match="jobs does not scale itself") as caught:
        autoscaled(jobs, **limits)
    assert why in caught.value.why
    assert caught.value.exit_code == USAGE


def test_what_is_off_is_not_turned_off(jobs: Service) -> None:
    for scaling in (None, replace(ON, enabled=False)):
        with pytest.raises(FleetError, match="autoscaling is off already"):
            stop_autoscaling(replace(jobs, autoscaling=scaling), "Shop")

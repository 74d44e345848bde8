"""Which deploy is gone back to, and which ones are under way."""

import pytest

from core.errors import FleetError
from core.render.api.answers import Deploy, Service
from core.render.remote.deploys import earlier, under_way

DEPLOYS = [Deploy.read({"id": f"dep-{n}", "status": "live", "commit": {"id": n}}) for n in "ab"]
FAILED = Deploy.read({"id": "dep-c", "status": "build_failed", "commit": {"id": "b"}})
JOBS = Service.read({"name": "jobs"})


def test_a_deploy_to_go_back_to_may_be_named() -> None:
    assert earlier(DEPLOYS, "", JOBS) == DEPLOYS[1]
    assert earlier(DEPLOYS, "dep-a", JOBS) == DEPLOYS[0]
    assert earlier(DEPLOYS, "b", JOBS) == DEPLOYS[1]


def test_of_two_deploys_of_a_commit_the_one_that_was_live_is_taken() -> None:
    assert earlier([FAILED, *DEPLOYS], "b", JOBS) == DEPLOYS[1]


@pytest.mark.parametrize(
    ("deploys", "wanted", "why"),
    [
        (DEPLOYS[:1], "", "no other deploy of it was live"),
        ([], "", "no other deploy of it was live"),
        (DEPLOYS, "x", "there is no deploy x"),
        ([FAILED], "dep-c", "dep-c never was live: build failed"),
    ],
)
def test_without_one_it_is_told_what_there_is(deploys: list[Deploy], wanted: str, why: str) -> None:
    with pytest.raises(FleetError, match="jobs was not rolled back") as caught:
        earlier(deploys, wanted, JOBS)
    assert caught.value.why == why


def test_what_has_not_ended_is_under_way() -> None:
    building = Deploy.read({"id": "dep-d", "status": "build_in_progress"})
    assert under_way([building, *DEPLOYS, FAILED]) == (building,)

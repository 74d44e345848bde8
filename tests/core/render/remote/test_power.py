"""What suspend, resume and restart say and send."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.errors import USAGE, FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.remote.change import Change
from core.render.remote.power import restart, resume, suspend
from tests.render_fake.account import Account


@pytest.fixture
def jobs(account: Account) -> Service:
    return Service.read(next(iter(account.services.values())))


async def test_each_names_its_target_and_does_what_it_says(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    change = suspend(jobs, "Shop")
    assert change.action.startswith(f"suspend jobs ({jobs.id}, workspace Shop)")
    assert "waits in its queues" in change.note
    await change.send(api)
    stopped = await api.service(jobs.id)
    assert stopped.suspended
    await resume(stopped, "Shop").send(api)
    assert not (await api.service(jobs.id)).suspended
    await restart(jobs, "Shop").send(api)
    assert account.requests[-1].url.path == f"/v1/services/{jobs.id}/restart"


@pytest.mark.parametrize(
    ("make", "suspended", "what", "fix"),
    [
        (suspend, True, "was not suspended", "render resume --service jobs"),
        (resume, False, "was not resumed", "render restart --service jobs"),
        (restart, True, "was not restarted", "render resume --service jobs"),
    ],
)
def test_what_would_change_nothing_is_refused_with_what_helps(
    jobs: Service, make: Callable[[Service, str], Change], suspended: bool, what: str, fix: str
) -> None:
    with pytest.raises(FleetError, match=f"jobs {what}") as caught:
        make(replace(jobs, suspended=suspended), "Shop")
    assert fix in caught.value.fix
    assert caught.value.exit_code == USAGE


def test_a_service_that_is_resumed_is_told_with_how_many_instances(jobs: Service) -> None:
    for count, words in ((None, "1 instance"), (1, "1 instance"), (3, "3 instances")):
        asleep = replace(jobs, suspended=True, instances=count)
        assert resume(asleep, "Shop").action.endswith(f"with {words}")


def test_other_services_than_workers_are_spoken_of_as_what_they_are(jobs: Service) -> None:
    web = replace(jobs, type="web_service")
    assert "its address" in suspend(web, "Shop").note
    assert restart(web, "Shop").note == ""

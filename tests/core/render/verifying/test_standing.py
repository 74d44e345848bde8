"""How services stand, and what was pushed."""

import shutil
from pathlib import Path

import pytest

from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.api.matching import Match
from core.render.blueprint.services import Role
from core.render.verifying.standing import Standing, pushed_commit, stand
from tests.render_fake.account import Account, Json
from tests.support.preflight import git, repository


async def standing(api: RenderApi, service: Json) -> Standing:
    match = Match(service["name"], Role.WORKER, service["type"], Service.read(service))
    return (await stand(api, [match]))[0]


async def test_the_live_deploy_counts_and_the_one_under_way(
    api: RenderApi, account: Account
) -> None:
    jobs = account.add_service("jobs")
    account.add_deploy(jobs, ("live",))
    account.kill_for_memory(jobs)
    account.add_deploy(jobs, ("build_in_progress", "build_in_progress"))
    found = await standing(api, jobs)
    assert found.live is not None
    assert found.coming is not None
    assert (found.live.status, found.coming.status) == ("live", "build_in_progress")
    assert [str(each.failure) for each in found.failures] == ["out of memory: more than 512Mi"]
    (instance,) = found.instances
    assert found.of_live(instance.id) is True
    assert found.of_live("other") is None


async def test_a_suspended_service_has_no_instances(api: RenderApi, account: Account) -> None:
    jobs = account.add_service("jobs")
    jobs["suspended"] = "suspended"
    assert (await standing(api, jobs)).instances == ()


async def test_what_is_not_there_is_not_asked_about(api: RenderApi, account: Account) -> None:
    match = Match("jobs", Role.WORKER, "background_worker", None)
    assert await stand(api, [match]) == (Standing(match),)
    assert account.requests == []


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_what_was_pushed_is_what_the_remote_had_last(tmp_path: Path) -> None:
    clone = repository(tmp_path / "p", {"a.txt": "a"})
    assert pushed_commit(clone, "main") == ""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    git(clone, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(clone, "push", "-q", "-u", "origin", "main")
    pushed = git(clone, "rev-parse", "HEAD").strip()
    git(clone, "commit", "-q", "--allow-empty", "-m", "Later")
    assert pushed_commit(clone, "main") == pushed
    git(clone, "branch", "--unset-upstream")
    assert pushed_commit(clone, "main") == pushed
    assert pushed_commit(tmp_path, "main") == ""

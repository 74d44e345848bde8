"""Services of render.yaml, and those of their names on Render."""

from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.render.api.answers import Owner, Service
from core.render.api.matching import Match, choose_owner, choose_service, match
from core.render.blueprint.reading import read_text
from core.render.blueprint.services import Role
from tests.render_fake.account import Account

TEXT = """
services:
  - {type: web, name: api, runtime: python, startCommand: uvicorn main:app}
  - {type: worker, name: jobs, runtime: python, startCommand: celery -A jobs worker}
  - {type: web, name: site, runtime: static}
  - {type: pserv, name: inner, runtime: docker}
  - {type: keyvalue, name: queue, ipAllowList: []}
"""


@pytest.fixture
def matches() -> tuple[Match, ...]:
    account = Account()
    services = [
        account.add_service("jobs"),
        account.add_service("api", "web_service"),
        account.add_service("inner"),
        account.add_service("of-another-project"),
    ]
    return match(read_text(TEXT, Path("render.yaml")), [Service.read(each) for each in services])


def test_services_are_matched_by_name_and_type(matches: tuple[Match, ...]) -> None:
    assert [(each.name, each.type, each.service is not None) for each in matches] == [
        ("api", "web_service", True),
        ("jobs", "background_worker", True),
        ("site", "static_site", False),
        ("inner", "private_service", False),
    ]


def test_a_worker_of_docker_is_known_by_its_dockerfile() -> None:
    jobs, site = "{type: worker, name: jobs, env: docker}", "{type: web, name: s, env: static}"
    text = f"services:\n- {jobs}\n- {site}\n"
    files = {"Dockerfile": "FROM python\nCMD celery -A jobs worker\n"}
    worker, static = match(read_text(text, Path("render.yaml")), [], files.get)
    assert (worker.role, static.type) == (Role.WORKER, "static_site")
    (unknown, _) = match(read_text(text, Path("render.yaml")), [])
    assert unknown.role is Role.OTHER


def test_the_only_worker_needs_no_name(matches: tuple[Match, ...]) -> None:
    assert choose_service(matches, None, Role.WORKER).name == "jobs"
    assert choose_service(matches, "api", Role.WORKER).name == "api"


@pytest.mark.parametrize(
    ("name", "role", "what"),
    [
        ("nobody", Role.WORKER, "render.yaml has no service 'nobody'"),
        (None, Role.BEAT, "which beat is meant?"),
        ("inner", Role.WORKER, "inner is not on Render"),
    ],
)
def test_a_service_that_is_not_there_is_told(
    matches: tuple[Match, ...], name: str | None, role: Role, what: str
) -> None:
    with pytest.raises(FleetError) as caught:
        choose_service(matches, name, role)
    assert (caught.value.what, caught.value.exit_code) == (what, USAGE)


SHOP, OTHER = Owner("tea-1", "Shop", "team"), Owner("tea-2", "Other", "team")


def test_a_workspace_is_chosen_by_name_or_id_or_for_being_the_only_one() -> None:
    assert choose_owner([SHOP], None) == SHOP
    assert choose_owner([SHOP, OTHER], "Other") == choose_owner([SHOP, OTHER], "tea-2") == OTHER


@pytest.mark.parametrize(("owners", "wanted"), [((SHOP, OTHER), None), ((SHOP,), "x"), ((), None)])
def test_a_doubtful_workspace_is_asked_for(owners: tuple[Owner, ...], wanted: str | None) -> None:
    with pytest.raises(FleetError) as caught:
        choose_owner(owners, wanted)
    assert "--owner" in caught.value.fix
    assert all(owner.id in caught.value.why for owner in owners)

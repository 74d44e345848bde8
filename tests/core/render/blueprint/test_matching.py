"""Which service of a file is which of those that are wanted."""

import pytest

from core.render.blueprint.matching import match_services
from core.render.blueprint.services import Role
from core.render.blueprint.wanted import WantedService
from tests.support.blueprints import document


def wanted(name: str, command: str, role: Role = Role.WORKER, folder: str = "") -> WantedService:
    return WantedService(role, name, {"startCommand": command, "rootDir": folder})


JOBS = wanted("jobs", "celery -A a:app worker")
MAIL = wanted("mail", "celery -A a:app worker -Q mail")


def matched(text: str, *services: WantedService) -> list[str | None]:
    found = match_services(document(text).root, services)
    return [one and one.text("name") for one in found]


def worker(name: str, command: str = "celery -A a worker", more: str = "") -> str:
    return f"  - {{type: worker, name: {name}, startCommand: '{command}'{more}}}\n"


def test_the_name_counts_first_then_the_queues() -> None:
    text = "services:\n" + worker("x", "celery -A a worker -Q mail") + worker("jobs")
    assert matched(text, JOBS, MAIL) == ["jobs", "x"]


def test_the_only_one_of_its_kind_is_meant_whatever_its_name() -> None:
    assert matched("services:\n" + worker("x", "celery -A a worker -Q q"), JOBS) == ["x"]


def test_one_of_several_is_not_guessed() -> None:
    text = "services:\n" + worker("x", "celery -A a worker -Q x")
    assert matched(text, JOBS, MAIL) == [None, None]


@pytest.mark.parametrize(
    "other",
    [
        worker("jobs", "celery -A other worker"),
        worker("jobs", more=", rootDir: elsewhere"),
        worker("jobs", more=", repo: https://example.org/x"),
        worker("jobs", "celery -A a beat"),
    ],
)
def test_a_service_of_another_app_is_another_one(other: str) -> None:
    assert matched("services:\n" + other, JOBS) == [None]


def test_another_module_of_the_same_package_may_be_the_same_app() -> None:
    wanted_one = wanted("jobs", "celery -A shop.celery_app worker")
    other = worker("x", "celery -A shop.tasks worker")
    assert matched(f"services:\n{other}", wanted_one) == ["x"]
    same = worker("y", "celery -A shop.celery_app worker")
    assert matched(f"services:\n{other}{same}", wanted_one) == ["y"]


def test_a_context_of_docker_is_the_folder_of_a_service() -> None:
    text = f"services:\n{worker('x', more=', runtime: docker, dockerContext: ./elsewhere')}"
    assert matched(text, JOBS) == [None]


def test_a_command_that_names_no_app_may_be_meant() -> None:
    assert matched("services:\n" + worker("jobs", "celery worker"), JOBS) == ["jobs"]


def test_web_services_are_told_apart_by_their_module() -> None:
    web = wanted("web", "uvicorn main:app --port $PORT", Role.WEB)
    one = "  - {type: web, name: a, startCommand: 'uvicorn other:app'}\n"
    assert matched(f"services:\n{one}", web) == [None]
    assert matched(f"services:\n{one.replace('other', 'main')}", web) == ["a"]


def test_each_service_of_the_file_is_one_at_most() -> None:
    assert matched("services:\n" + worker("jobs"), JOBS, JOBS) == ["jobs", None]

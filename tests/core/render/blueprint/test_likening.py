"""A new service beside its twin of the file."""

from collections.abc import Mapping
from typing import Any, cast

from core.render.blueprint.likening import alike
from core.render.blueprint.services import Role, services_of
from core.render.blueprint.wanted import WantedService
from tests.support.blueprints import document

FIELDS: dict[str, Any] = {
    "type": "worker",
    "name": "new",
    "runtime": "python",
    "rootDir": "back",
    "buildCommand": "pip install -r requirements.txt",
    "startCommand": "uv run celery -A a worker",
    "envVars": [{"fromGroup": "g"}, {"key": "A", "value": "1"}],
}


def beside(
    twin: str, role: Role = Role.WORKER, of: Mapping[str, Any] = FIELDS
) -> Mapping[str, Any]:
    (table,) = services_of(document(f"services:\n- {{type: web, name: old, {twin}}}\n").root)
    service = WantedService(role, "new", FIELDS, bare="celery -A a worker")
    return cast("Mapping[str, Any]", alike(of, service, table))


def test_the_build_is_taken_over_in_the_same_folder_only() -> None:
    assert beside("runtime: python, rootDir: back, buildCommand: make")["buildCommand"] == "make"
    assert beside("runtime: python, buildCommand: make") == FIELDS
    assert beside("runtime: node, rootDir: back, buildCommand: make") == FIELDS


def test_docker_builds_the_same_image_and_starts_another_command() -> None:
    made = beside("runtime: docker, dockerfilePath: ./D, dockerCommand: serve, plan: pro")
    assert list(made) == ["type", "name", "runtime", "dockerfilePath", "dockerCommand", "envVars"]
    assert (made["dockerfilePath"], made["dockerCommand"]) == ("./D", "celery -A a worker")
    image = beside("env: image, image: {url: a/b, creds: {fromRegistryCreds: {name: r}}}")
    assert image["image"] == {"url": "a/b", "creds": {"fromRegistryCreds": {"name": "r"}}}


def test_a_variable_that_both_want_is_the_new_ones() -> None:
    made = beside(
        "runtime: python, envVars: [{key: A, value: other}, {key: B, value: 2}, {fromGroup: g}]"
    )
    assert made["envVars"] == [*FIELDS["envVars"], {"key": "B", "value": "2"}]


def test_what_would_be_asked_for_is_taken_as_the_twin_has_it() -> None:
    source = "fromDatabase: {name: db, property: host}"
    asked = {"key": "A", "sync": False}
    fields = {**FIELDS, "envVars": [asked, {"key": "B", "sync": False}]}
    made = beside(f"runtime: python, envVars: [{{key: A, {source}}}]", of=fields)
    assert made["envVars"] == [
        {"key": "A", "fromDatabase": {"name": "db", "property": "host"}},
        {"key": "B", "sync": False},
    ]


def test_what_says_what_the_twin_is_stays_there() -> None:
    names = ("PORT", "HOST", "FLOWER_BASIC_AUTH", "PORTAL", "HOSTS")
    items = ", ".join(f"{{key: {name}, value: x}}" for name in names)
    made = beside(f"runtime: python, envVars: [{items}]")
    assert [one.get("key") for one in made["envVars"]][2:] == ["PORTAL", "HOSTS"]


def test_a_key_value_has_no_twin() -> None:
    assert beside("runtime: docker, branch: main", Role.KEY_VALUE) == FIELDS

"""An existing Blueprint is changed, not replaced, and a second time not at all."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import FleetError
from core.render.blueprint.changing import mended
from core.render.blueprint.validating import schema_faults
from tests.support.blueprints import BAD, GOOD, document, plain
from tests.support.wanted import QUEUE, SHOP, drafted, opened

THEIRS = """\
# Our services
services:
  # the site
  - type: web
    name:   api          # aligned
    env: python
    plan: "standard"
    buildCommand: "make build"
    startCommand: 'uvicorn main:app --host 0.0.0.0 --port $PORT --workers 2'
    healthCheckPath: /health
    futureKey: {stays:  1}
    envVars:
      - key: SECRET_KEY
        sync: false

  - type: worker
    name: jobs
    runtime: python
    region: oregon
    startCommand: celery -A tasks worker --pool=solo -n w@%computername%   # from Windows
    envVars: [{key: CELERY_BROKER_URL, value: "redis://elsewhere:6379"}]

databases: [ ]  # none
"""


def after(folder: Path, text: str, files: dict[str, str] | None = None, **asked: object) -> str:
    """The text that becomes of this one; once more, and nothing else does."""
    project = opened(folder, files or SHOP)
    file = folder / "render.yaml"
    file.write_bytes(text.encode())
    draft = drafted(project, **asked)
    file.write_bytes(draft.after.text.encode())
    assert not drafted(project, **asked).changes
    return draft.after.text


def services(text: str) -> dict[str, Any]:
    return {service["name"]: service for service in plain(text)["services"]}


def test_what_a_person_wrote_stays_line_by_line(tmp_path: Path) -> None:
    text = after(tmp_path, THEIRS)
    changed = {
        "    env: python": "    runtime: python",
        THEIRS.splitlines()[19]: (
            "    startCommand: celery -A tasks worker -n w@%h --concurrency=1   # from Windows"
        ),
    }
    before = [changed.get(line, line) for line in THEIRS.splitlines()]
    rest = iter(text.splitlines())
    for line in before:
        if "envVars: [" not in line:
            assert line in rest, line


def test_services_are_known_by_what_they_run_and_get_what_they_lack(tmp_path: Path) -> None:
    found = services(after(tmp_path, THEIRS))
    assert list(found) == ["api", "jobs"]
    api, jobs = found["api"], found["jobs"]
    assert (api["plan"], api["buildCommand"]) == ("standard", "make build")
    assert api["startCommand"].endswith("--workers 2")
    assert (jobs["plan"], jobs["maxShutdownDelaySeconds"]) == ("starter", 300)
    assert api["autoDeployTrigger"] == jobs["autoDeployTrigger"] == "commit"
    assert jobs["envVars"][0]["value"] == "redis://elsewhere:6379"
    assert {"fromGroup": f"{tmp_path.name.replace('_', '-')}-env"} in api["envVars"]


def test_what_is_asked_for_replaces_what_stands_there(tmp_path: Path) -> None:
    text = after(tmp_path, THEIRS, plan="pro", web_plan="starter", concurrency=3, region="ohio")
    found = services(text)
    assert (found["api"]["plan"], found["jobs"]["plan"]) == ("starter", "pro")
    assert {one["region"] for one in found.values()} == {"ohio"}
    assert "-n w@%h --concurrency=3" in found["jobs"]["startCommand"]


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    text = after(tmp_path, THEIRS.replace("\n", "\r\n"), flower=True)
    assert text.count("\n") == text.count("\r\n")
    assert len(services(text)) == 3


def test_lists_without_indent_stay_so(tmp_path: Path) -> None:
    text = "services:\n- type: worker\n  name: jobs\n  runtime: python\n"
    text = after(tmp_path, text, QUEUE)
    assert "\n\n- type: keyvalue\n  name: " in text
    assert services(text)["jobs"]["startCommand"].startswith("celery -A tasks worker")


@pytest.mark.parametrize("text", ["", "# mine\n", "services: []\n", "services:\n", "{}\n", "---\n"])
def test_a_file_that_has_no_service_gets_all_of_them(text: str, tmp_path: Path) -> None:
    result = after(tmp_path, text)
    assert [one["type"] for one in plain(result)["services"]] == ["web", "worker", "keyvalue"]
    assert ("# mine" in text) == ("# mine" in result)


def test_services_of_an_environment_get_new_ones_beside_them(tmp_path: Path) -> None:
    text = """\
projects:
  - name: p
    environments:
      - name: production
        services:
          - {type: worker, name: jobs, runtime: python, startCommand: celery -A tasks worker -c 2}
"""
    values = plain(after(tmp_path, text))
    (environment,) = values["projects"][0]["environments"]
    types = [one["type"] for one in environment["services"]]
    assert types == ["worker", "web", "keyvalue"] and "services" not in values


def test_the_key_value_and_the_group_that_are_there_are_used(tmp_path: Path) -> None:
    text = """\
services:
  - {type: redis, name: cache, ipAllowList: []}
  - type: worker
    name: jobs
    runtime: python
    envVars:
      - fromGroup: common
envVarGroups:
  - name: common
    envVars:
      - {key: PYTHON_VERSION, value: "3.12.1"}
"""
    result = after(tmp_path, text, {**SHOP, "s.py": "import os\nos.environ['A']\n"})
    found = services(result)
    assert list(found)[:2] == ["cache", "jobs"] and len(found) == 3
    assert found["cache"]["maxmemoryPolicy"] == "noeviction"
    source = {"type": "redis", "name": "cache", "property": "connectionString"}
    assert {"key": "CELERY_BROKER_URL", "fromService": source} in found["jobs"]["envVars"]
    (group,) = plain(result)["envVarGroups"]
    assert [one["key"] for one in group["envVars"]] == ["PYTHON_VERSION", "PYTHONUNBUFFERED"]


def test_a_group_of_the_dashboard_may_hold_the_variables(tmp_path: Path) -> None:
    text = """\
services:
  - {type: worker, name: jobs, runtime: python, envVars: [{fromGroup: made-there}]}
"""
    jobs = services(after(tmp_path, text))["jobs"]
    assert [list(one) for one in jobs["envVars"]] == [["fromGroup"], ["fromGroup"]]


def test_a_docker_service_gets_no_commands_of_python(tmp_path: Path) -> None:
    text = """\
services:
  - type: worker
    name: jobs
    runtime: docker
    dockerCommand: celery -A tasks worker -l INFO
    scaling: {minInstances: 1, maxInstances: 3}
"""
    jobs = services(after(tmp_path, text, instances=2))["jobs"]
    assert not {"buildCommand", "startCommand", "numInstances"} & set(jobs)
    assert jobs["dockerCommand"].endswith("--concurrency=1")
    assert jobs["maxShutdownDelaySeconds"] == 300


@pytest.mark.parametrize("text", [*GOOD.values(), *(text for text, _ in BAD.values())])
def test_whatever_a_file_holds_is_changed_once_or_refused(text: str, tmp_path: Path) -> None:
    before = len(schema_faults(document(text)))
    try:
        result = after(tmp_path, text, flower=True, plan="pro")
    except FleetError as error:
        assert error.why in ("it is no list", "other places use the same through an alias")
    else:
        assert len(schema_faults(document(result))) <= before


def test_the_example_of_render_is_left_as_it_is_but_for_what_it_lacks(tmp_path: Path) -> None:
    text = """\
services:
  - type: keyvalue
    name: broker
    region: ohio
    maxmemoryPolicy: noeviction
    ipAllowList: [] # only allow internal connections
  - type: worker
    name: celery
    runtime: python
    region: ohio
    buildCommand: "pip install -r requirements.txt"
    startCommand: "celery --app tasks worker --loglevel info --concurrency 4"
    autoDeploy: false
    envVars:
      - key: CELERY_BROKER_URL
        fromService:
          type: keyvalue
          name: broker
          property: connectionString
  - type: web
    name: flower
    runtime: python
    region: ohio
    buildCommand: "pip install -r requirements.txt"
    startCommand: "celery flower --app tasks"
"""
    found = services(after(tmp_path, text, QUEUE))
    assert list(found) == ["broker", "celery", "flower"]
    celery, flower = found["celery"], found["flower"]
    assert celery["startCommand"].endswith("--concurrency 4") and "numInstances" not in celery
    assert "autoDeployTrigger" not in celery
    assert flower["healthCheckPath"] == "/healthcheck"
    assert {"key": "FLOWER_BASIC_AUTH", "sync": False} in flower["envVars"]
    assert {one["region"] for one in found.values()} == {"ohio"}


def test_an_alias_that_several_services_share_is_not_changed(tmp_path: Path) -> None:
    text = """\
services:
  - {type: web, name: api, runtime: python, envVars: &vars [{key: A, sync: false}]}
  - {type: worker, name: jobs, runtime: python, envVars: *vars}
"""
    with pytest.raises(FleetError, match="alias"):
        after(tmp_path, text)


WANTED = "celery -A a worker --loglevel=info --concurrency=2 -n worker@%h"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("celery -A a worker", "celery -A a worker --concurrency=2"),
        ("celery -A a worker -P solo -c 8", "celery -A a worker -c 8"),
        ("celery -A a worker --pool solo", "celery -A a worker --concurrency=2"),
        (
            "cd b && celery -A a worker -l info",
            "cd b && celery -A a worker -l info --concurrency=2",
        ),
        ("celery -A a worker & exec uvicorn b:c", "celery -A a worker & exec uvicorn b:c"),
        ("celery -A a worker -c4 -n x@%COMPUTERNAME%", "celery -A a worker -c4 -n x@%h"),
        ("./start.sh", "./start.sh"),
        ("celery -A a beat", "celery -A a beat"),
    ],
)
def test_a_command_loses_what_is_for_windows_and_gets_a_concurrency(
    command: str, expected: str
) -> None:
    assert mended(command, WANTED, asked=False) == expected
    assert mended(expected, WANTED, asked=False) == expected


@pytest.mark.parametrize("written", ["-c 8", "-c8", "--concurrency=8", "--concurrency 8"])
def test_a_concurrency_is_replaced_when_it_is_asked_for(written: str) -> None:
    command = f"celery -A a worker {written} -n w@%h"
    expected = command.replace("8", "2")
    assert mended(command, WANTED, asked=True) == expected

"""An existing Blueprint is changed, not replaced, and a second time not at all."""

from pathlib import Path
from typing import Any

import pytest

from core.errors import FleetError
from core.render.blueprint.changing import mended
from core.render.blueprint.validating import schema_faults
from tests.support.blueprints import BAD, GOOD, document, plain
from tests.support.trees import lay_out
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
    assert jobs["maxShutdownDelaySeconds"] == 300
    assert jobs["envVars"][0]["value"] == "redis://elsewhere:6379"
    assert {"fromGroup": f"{tmp_path.name.replace('_', '-')}-env"} in api["envVars"]


def test_what_the_dashboard_may_have_set_is_left_to_it_unless_it_is_asked_for(
    tmp_path: Path,
) -> None:
    kept = {"plan", "autoDeployTrigger", "numInstances"}
    assert not kept & set(services(after(tmp_path, THEIRS))["jobs"])
    asked = services(after(tmp_path, THEIRS, plan="pro", deploy="off", instances=3))["jobs"]
    assert [asked[key] for key in sorted(kept)] == ["off", 3, "pro"]


def test_a_plan_that_render_refuses_is_replaced(tmp_path: Path) -> None:
    text = """\
services:
  - {type: web, name: api, runtime: python, plan: free, startCommand: "uvicorn main:app"}
  - {type: worker, name: jobs, runtime: python, plan: free}
  - {type: keyvalue, name: kv, plan: free, ipAllowList: []}
"""
    found = services(after(tmp_path, text))
    plans = {name: one["plan"] for name, one in found.items()}
    assert plans == {"api": "free", "jobs": "starter", "kv": "free"}


def test_a_service_that_is_there_gets_those_variables_alone_that_its_code_needs(
    tmp_path: Path,
) -> None:
    text = """\
services:
  - {type: worker, name: jobs, runtime: python, startCommand: celery -A tasks worker -c 1}
"""
    files = {**SHOP, "s.py": "import os\nos.environ['NEEDED']\n", ".env": "LEVEL=debug\n"}
    found = services(after(tmp_path, text, files))
    assert {"NEEDED", "CELERY_BROKER_URL"} == {
        one["key"] for one in found["jobs"]["envVars"] if "key" in one
    }
    (web,) = (one for one in found.values() if one["type"] == "web")
    assert {"NEEDED", "LEVEL"} <= {one.get("key") for one in web["envVars"]}


def test_a_docker_service_is_not_moved_to_another_folder(tmp_path: Path) -> None:
    lay_out(tmp_path, {f"backend/{name}": text for name, text in SHOP.items()})
    (tmp_path / ".git").mkdir()
    file = tmp_path / "render.yaml"
    file.write_text("""\
services:
  - type: web
    name: api
    runtime: docker
    dockerfilePath: ./backend/Dockerfile
    dockerContext: ./backend
    dockerCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
""")
    draft = drafted(opened(tmp_path / "backend"))
    found = services(draft.after.text)
    assert "rootDir" not in found["api"] and next(iter(found)) == "api" and len(found) == 3
    worker = found["backend-worker"]
    assert worker["runtime"] == "docker" and "rootDir" not in worker
    assert worker["dockerContext"] == "./backend"
    assert worker["dockerCommand"].startswith("celery -A tasks worker")
    file.write_text(draft.after.text)
    assert not drafted(opened(tmp_path / "backend")).changes


def test_a_new_service_is_built_like_its_twin_and_gets_its_variables(tmp_path: Path) -> None:
    text = """\
services:
  - type: web
    name: api
    runtime: python
    branch: main
    buildCommand: pip install -r requirements.txt && python -m spacy download en
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    envVars:
      - {key: DATABASE_URL, fromDatabase: {name: db, property: connectionString}}
      - {key: SECRET_KEY, generateValue: true}
      - {key: API_TOKEN, value: s3cr3t}
      - {key: STRIPE_API_KEY, sync: false}
      - {key: MODE, value: production}
      - {key: PORT, value: "8000"}
      - fromGroup: made-in-the-dashboard
databases:
  - name: db
"""
    found = services(after(tmp_path, text))
    worker = next(one for name, one in found.items() if name.endswith("-worker"))
    assert (worker["buildCommand"], worker["branch"]) == (
        found["api"]["buildCommand"],
        "main",
    )
    variables = {one["key"]: one for one in worker["envVars"] if "key" in one}
    assert variables["DATABASE_URL"]["fromDatabase"]["name"] == "db"
    for secret in ("SECRET_KEY", "API_TOKEN"):
        source = {"type": "web", "name": "api", "envVarKey": secret}
        assert variables[secret]["fromService"] == source
    assert variables["STRIPE_API_KEY"]["sync"] is False
    assert variables["MODE"]["value"] == "production" and "PORT" not in variables
    assert {"fromGroup": "made-in-the-dashboard"} in worker["envVars"]


def test_a_variable_that_render_would_refuse_is_not_copied(tmp_path: Path) -> None:
    text = """\
services:
  - type: web
    name: api
    runtime: python
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    envVars: [{key: DEBUG, value: true}]
"""
    found = services(after(tmp_path, text))
    worker = next(one for name, one in found.items() if name.endswith("-worker"))
    assert "DEBUG" not in [one.get("key") for one in worker["envVars"]]


def test_services_that_run_scripts_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    script = "#!/bin/bash\n# celery -A tasks beat was here\nexec celery -A tasks worker -c 1\n"
    text = """\
services:
  - {type: worker, name: jobs, runtime: docker, dockerCommand: ./docker/run.sh}
  - {type: web, name: api, runtime: docker, dockerfilePath: ./docker/Dockerfile}
"""
    dockerfile = 'FROM python\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n'
    files = {**SHOP, "docker/run.sh": script, "docker/Dockerfile": dockerfile}
    found = services(after(tmp_path, text, files))
    assert list(found)[:2] == ["jobs", "api"] and len(found) == 3


def test_a_script_that_starts_one_or_the_other_says_nothing(tmp_path: Path) -> None:
    script = "if [ $WORK ]; then exec celery -A tasks worker; else exec uvicorn main:app; fi\n"
    text = """\
services:
  - {type: web, name: api, runtime: docker, dockerCommand: ./run.sh}
  - {type: worker, name: jobs, runtime: docker, dockerCommand: ./run.sh}
"""
    found = services(after(tmp_path, text, {**SHOP, "run.sh": script}))
    assert list(found)[:2] == ["api", "jobs"] and len(found) == 3
    assert found["api"]["healthCheckPath"] == "/health"
    assert "healthCheckPath" not in found["jobs"]


def test_the_web_application_is_the_one_that_the_file_serves(tmp_path: Path) -> None:
    text = """\
services:
  - type: web
    name: api
    runtime: python
    startCommand: python -m gunicorn shop.api:app -k uvicorn.workers.UvicornWorker
"""
    files = {**SHOP, "shop/__init__.py": "", "shop/api.py": SHOP["main.py"]}
    assert len(services(after(tmp_path, text, files))) == 3


def test_a_version_of_python_that_each_service_has_is_not_said_again(tmp_path: Path) -> None:
    own = "envVars: [{key: PYTHON_VERSION, value: 3.12.1}]"
    web = "{type: web, name: api, runtime: python, startCommand: 'uvicorn main:app', "
    worker = "{type: worker, name: jobs, runtime: python"
    for both, expected in (
        (True, ["PYTHONUNBUFFERED"]),
        (False, ["PYTHON_VERSION", "PYTHONUNBUFFERED"]),
    ):
        text = f"services:\n  - {web}{own}}}\n  - {worker}{', ' + own if both else ''}}}\n"
        (group,) = plain(after(tmp_path, text))["envVarGroups"]
        assert [one["key"] for one in group["envVars"]] == expected


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
        ("celery -A a worker\necho over", "celery -A a worker\necho over"),
        ("echo on\ncelery -A a worker\n", "echo on\ncelery -A a worker --concurrency=2"),
        ("celery -A a \\\n  worker\n", "celery -A a \\\n  worker --concurrency=2"),
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

"""Services of a render.yaml in the API's words."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.blueprint.node import Table
from core.render.blueprint.reading import read_text
from core.render.blueprint.services import services_of
from core.render.remote.service_body import service_body

FILE = Path("render.yaml")
REPO = "https://github.com/example/shop"


def table(lines: str) -> Table:
    (found,) = services_of(read_text(f"services:\n  - {lines}", FILE).root)
    return found


def test_a_worker_is_told_as_the_api_takes_it() -> None:
    worker = table(
        """type: worker
    name: jobs
    runtime: python
    plan: pro plus
    region: frankfurt
    rootDir: backend
    buildCommand: pip install .
    startCommand: celery -A jobs worker --concurrency=4
    preDeployCommand: python migrate.py
    numInstances: 2
    maxShutdownDelaySeconds: 120
    autoDeployTrigger: checksPass
    buildFilter: {paths: [backend/**]}
    scaling: {minInstances: 1, maxInstances: 4, targetCPUPercent: 60}
    envVars: [{fromGroup: shop}]
"""
    )
    assert service_body(worker, REPO, "main") == {
        "type": "background_worker",
        "name": "jobs",
        "repo": REPO,
        "branch": "main",
        "rootDir": "backend",
        "autoDeployTrigger": "checksPass",
        "buildFilter": {"paths": ["backend/**"], "ignoredPaths": []},
        "serviceDetails": {
            "runtime": "python",
            "plan": "pro_plus",
            "region": "frankfurt",
            "preDeployCommand": "python migrate.py",
            "numInstances": 2,
            "maxShutdownDelaySeconds": 120,
            "envSpecificDetails": {
                "buildCommand": "pip install .",
                "startCommand": "celery -A jobs worker --concurrency=4",
            },
            "autoscaling": {
                "enabled": True,
                "min": 1,
                "max": 4,
                "criteria": {
                    "cpu": {"enabled": True, "percentage": 60},
                    "memory": {"enabled": False, "percentage": 90},
                },
            },
        },
    }


def test_what_the_file_does_not_say_is_renders_default() -> None:
    body = service_body(table("{type: web, name: api, env: docker}"), REPO, "main")
    assert body["type"] == "web_service"
    assert body["serviceDetails"] == {
        "runtime": "docker",
        "plan": "starter",
        "region": "oregon",
        "envSpecificDetails": {},
    }


def test_its_own_repository_and_branch_win() -> None:
    body = service_body(
        table("{type: web, name: api, runtime: docker, repo: R, branch: B}"), REPO, "main"
    )
    assert (body["repo"], body["branch"]) == ("R", "B")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{type: web, name: x, runtime: static}", "web of the runtime static"),
        ("{type: job, name: x, runtime: python}", "job of the runtime python"),
        ("{type: worker, name: x, runtime: python, disk: {name: d}, previews: {}}", "disk, previ"),
        ("{type: web, name: x, runtime: python, envVars: [{key: A, fromDatabase: {}}]}", "databa"),
        (
            "{type: web, name: x, runtime: python, envVars: [{key: A, fromService: "
            "{type: web, name: y, property: host}}]}",
            "another service",
        ),
    ],
)
def test_what_the_api_takes_in_another_way_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(FleetError, match="x is not made by the API") as caught:
        service_body(table(text), REPO, "main")
    assert why in caught.value.why
    assert "solofleet render create" in caught.value.fix

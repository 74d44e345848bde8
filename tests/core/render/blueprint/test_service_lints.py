"""Each lint of services fires where its fault is planted, and not on a healthy file."""

import pytest

from core.render.blueprint.service_lints import SERVICE_LINTS
from tests.support.blueprints import document
from tests.support.lints import HEALTHY, found

WEB = "- {type: web, name: web, runtime: python, startCommand: uvicorn a:b"
WORKER = "- {type: worker, name: w, runtime: python, startCommand: celery -A a worker"


def test_a_healthy_file_has_no_fault() -> None:
    assert found(SERVICE_LINTS, HEALTHY) == []


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("redis: []\n", "root-redis", 1),
        ("services:\n- type: web\n  name: a\n  env: python\n", "env-for-runtime", 4),
        ("services:\n- {type: web, runtime: python-3.11.11}\n", "runtime-version", 2),
        ("services:\n- {type: web, runtime: docker, startCommand: a}\n", "docker-command", 2),
        ("services:\n- {type: web, runtime: image, buildCommand: a}\n", "docker-command", 2),
        (f"services:\n{WORKER}, plan: free}}\n", "free-plan", 2),
        ("services:\n- {type: keyvalue, maxmemoryPolicy: allkeys-lru}\n", "eviction", 2),
        ("services:\n- {type: keyvalue, name: a}\n", "eviction", 2),
        (f"services:\n{WEB},\n  healthCheck: {{path: /}}}}\n", "health-check-block", 3),
        (f"services:\n{WORKER}, healthCheckPath: /}}\n", "health-check-of-worker", 2),
        (f"services:\n{WEB}, previews: {{generation: off}}}}\n", "previews-off", 2),
        (f"services:\n{WEB}, buildFilter: {{paths: [a]}}}}\n", "build-filter", 2),
        (f"services:\n{WEB}, buildFilter: {{ignoredPaths: [a]}}}}\n", "build-filter", 2),
        (f"services:\n{WEB}, autoDeploy: true}}\n", "auto-deploy", 2),
        (f"services:\n{WEB}}}\n{WEB}}}\n", "same-name", 3),
        (f"services:\n{WEB}}}\n{WORKER}, region: ohio}}\n", "unlike-region", 3),
        (f"services:\n{WEB}, branch: a}}\n{WORKER}}}\n", "unlike-branch", 3),
        (
            f"services:\n{WEB}}}\n{WORKER}, autoDeployTrigger: checksPass}}\n",
            "unlike-autoDeployTrigger",
            3,
        ),
    ],
)
def test_a_fault_is_found_at_its_line(text: str, rule: str, line: int) -> None:
    assert found(SERVICE_LINTS, text) == [(rule, line)]


def test_the_old_type_of_key_value_is_told() -> None:
    text = "services:\n- {type: redis, name: a, maxmemoryPolicy: noeviction}\n"
    assert found(SERVICE_LINTS, text) == [("type-redis", 2)]


def test_free_is_fine_for_web_and_key_value() -> None:
    cache = "- {type: keyvalue, name: a, plan: free, maxmemoryPolicy: noeviction}"
    text = f"services:\n{WEB}, plan: free}}\n{cache}\n"
    assert found(SERVICE_LINTS, text) == []


def test_services_of_another_folder_may_have_another_branch() -> None:
    text = f"services:\n{WEB}, rootDir: a, branch: x}}\n{WORKER}, rootDir: b}}\n"
    assert found(SERVICE_LINTS, text) == []


def test_what_a_person_reads_has_three_parts() -> None:
    text = document(f"services:\n{WORKER}, plan: free}}\n")
    (fault,) = (fault for lint in SERVICE_LINTS for fault in lint(text))
    assert fault.what == "w has the plan free"
    assert "only web services" in fault.why and "plan: starter" in fault.fix

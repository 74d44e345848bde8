"""What would run on Render."""

from core.render.preflight.command import script_lines
from core.render.preflight.services import Blueprint, read_blueprint, read_procfile

FILES = {
    "backend/start.sh": "#!/bin/sh\n\nexec celery -A proj \\\n  worker -c 2\n",
}
TEXT = """\
services:
  - type: worker
    name: w
    runtime: python
    rootDir: ./backend
    plan: standard
    region: oregon
    maxShutdownDelaySeconds: 90
    scaling: {minInstances: 1, maxInstances: 4}
    buildCommand: |
      pip install -r requirements.txt
      pip install -e .
    startCommand: ./start.sh
    envVars:
      - fromGroup: all
      - fromGroup: dashboard
      - {key: A, value: "1"}
      - {key: B, sync: false}
      - {key: C, generateValue: true}
      - {key: D, fromDatabase: {name: d, property: connectionString}}
envVarGroups:
  - name: all
    envVars: [{key: E, value: "2"}]
"""


def read(text: str) -> Blueprint:
    return read_blueprint(text, FILES.get)


def test_a_service_is_read_with_its_scripts_and_the_variables_of_its_groups() -> None:
    (service,) = read(TEXT).services
    assert (service.root, service.plan, service.region) == ("backend", "standard", "oregon")
    assert (service.instances, service.scales, service.delay_s) == (4, True, 90)
    assert service.groups == ("all", "dashboard")
    sources = {value.name: value.kind for value in service.values}
    assert sources == {
        "A": "value",
        "B": "asked",
        "C": "generated",
        "D": "reference",
        "E": "value",
    }
    assert service.runs_python
    assert service.works
    assert not service.serves
    ((placed, celery),) = service.celery("worker")
    assert (placed.file, placed.line, placed.script) == ("backend/start.sh", 3, "backend/start.sh")
    assert celery.app == "proj"


def test_lines_of_a_block_keep_their_numbers() -> None:
    (service,) = read(TEXT).services
    assert service.build is not None
    assert [placed.line for placed in service.build.calls] == [11, 12]


def test_services_of_projects_and_ungrouped_ones_count_too() -> None:
    text = """\
projects:
  - name: p
    environments:
      - name: e
        services: [{type: web, name: a, runtime: python, startCommand: "uvicorn m:a"}]
ungrouped:
  services: [{type: web, name: b, runtime: python, startCommand: "gunicorn m:a"}]
"""
    assert sorted(service.name for service in read(text).services) == ["a", "b"]


def test_a_file_that_cannot_be_read_is_a_problem_with_its_line() -> None:
    problem = read("services:\n  - a: [\n").problem
    assert problem is not None
    assert "render.yaml:" in problem.what
    assert read("").services == ()


def test_a_procfile_is_read_by_its_names() -> None:
    text = "# all\nweb: uvicorn main:app\nworker: celery -A proj worker\nnot a line\n"
    web, worker = read_procfile("app/Procfile", text, FILES.get)
    assert (web.kind, web.line, web.root, web.certain) == ("web", 2, "app", False)
    assert (worker.kind, worker.line, worker.works) == ("worker", 3, True)


def test_continued_lines_of_a_script_are_one() -> None:
    assert list(script_lines("a \\\n b\nc\n")) == [(1, "a   b"), (3, "c")]


def test_a_service_of_docker_starts_what_its_dockerfile_says() -> None:
    text = """\
services:
  - type: worker
    name: w
    env: docker
    dockerContext: ./back
    dockerfilePath: ./back/worker.Dockerfile
"""
    files = {
        "back/worker.Dockerfile": 'FROM python\nWORKDIR /app\nENTRYPOINT ["/app/run.sh"]\n',
        "back/run.sh": "#!/bin/sh\ncelery -A shop worker --pool=solo\n",
    }
    (service,) = read_blueprint(text, files.get).services
    assert (service.runtime, service.root, service.works) == ("docker", "back", True)
    ((placed, celery),) = service.celery("worker")
    assert (placed.file, placed.line, celery.app) == ("back/run.sh", 2, "shop")


def test_a_docker_command_stands_in_the_place_of_the_dockerfiles() -> None:
    text = "services:\n- {type: worker, runtime: docker, dockerCommand: celery -A a worker}\n"
    (service,) = read_blueprint(text, {"Dockerfile": "CMD celery -A b worker"}.get).services
    assert [celery.app for _, celery in service.celery("worker")] == ["a"]

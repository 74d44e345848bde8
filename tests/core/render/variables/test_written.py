"""Variables where they are written down."""

from pathlib import Path
from textwrap import dedent

from core.render.blueprint.reading import read_text
from core.render.blueprint.services import Role
from core.render.variables.written import Kind, Service, Written, in_blueprint, in_env_files

BLUEPRINT = """
    services:
      - type: web
        name: api
        runtime: python
        startCommand: uvicorn main:app
        envVars:
          - fromGroup: shared
          - key: DEBUG
            value: "false"
          - key: TOKEN
            sync: false
          - key: SALT
            generateValue: true
      - type: worker
        name: jobs
        runtime: python
        startCommand: celery -A shop worker --concurrency=2
        envVars:
          - fromGroup: dashboard
          - key: REDIS_URL
            fromService: {type: keyvalue, name: queue, property: connectionString}
    envVarGroups:
      - name: shared
        envVars:
          - key: Region
            value: eu
          - key: DEBUG
            value: "true"
"""


def services() -> tuple[Service, Service]:
    api, jobs = in_blueprint(read_text(dedent(BLUEPRINT), Path("render.yaml")), "render.yaml")
    return api, jobs


def test_a_service_has_its_own_variables_and_those_of_its_groups():
    api, jobs = services()
    assert (api.role, jobs.role) == (Role.WEB, Role.WORKER)
    assert {(each.name, each.kind, each.owner) for each in api.held} == {
        ("DEBUG", Kind.VALUE, "api"),
        ("TOKEN", Kind.ASKED, "api"),
        ("SALT", Kind.GENERATED, "api"),
        ("Region", Kind.VALUE, "shared"),
        ("DEBUG", Kind.VALUE, "shared"),
    }
    assert "worker" in jobs.command


def test_its_own_variable_comes_before_that_of_a_group_and_case_does_not_matter():
    api, _ = services()
    debug, region = api.get(["DEBUG"]), api.get(["NOT_THERE", "REGION"])
    assert debug is not None and (debug.text, debug.line) == ("false", 10)
    assert region is not None and region.owner == "shared"
    assert api.get(["NOT_THERE"]) is None


def test_a_group_that_the_file_does_not_have_is_named():
    api, jobs = services()
    assert (api.elsewhere, jobs.elsewhere) == ((), ("dashboard",))


def test_a_reference_tells_what_it_leads_to():
    _, jobs = services()
    assert jobs.held[0].refers_to == "fromService:queue:connectionString"


def test_env_files_are_read_as_they_stand_and_their_values_do_not_show(tmp_path: Path):
    (tmp_path / ".env").write_text("A=${B}\n# no\nTOKEN=correct-horse\n", "utf-8")
    files = [tmp_path / ".env", tmp_path / ".env.production", tmp_path / ".env"]
    a, token = in_env_files(files, tmp_path)
    assert (a.text, a.file, a.line, token.line) == ("${B}", ".env", 1, 3)
    assert "horse" not in repr(token)


def test_files_for_production_and_services_are_deployed_and_others_are_not():
    def written(file: str, owner: str | None = None) -> Written:
        return Written("A", Kind.ASKED, None, file, 1, owner)

    assert written("backend/.env.production").deployed
    assert written("render.yaml", "api").deployed
    assert not written(".env").deployed


def test_a_service_is_what_its_script_starts():
    text = "services:\n- {type: worker, name: w, startCommand: ./run.sh, rootDir: back}\n"
    files = {"back/run.sh": "exec celery -A shop worker\n"}
    (worker,) = in_blueprint(read_text(text, Path("render.yaml")), "render.yaml", files.get)
    assert (worker.role, worker.folder) == ("worker", "back")

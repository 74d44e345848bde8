"""Faults of variables, each where it is planted and nowhere else."""

from dataclasses import replace

import pytest

from core.render.blueprint.services import Role
from core.render.variables.contract import Picture
from core.render.variables.digests import Digests
from core.render.variables.finding import Finding
from core.render.variables.lints import lints
from core.render.variables.read import Read
from core.render.variables.written import Kind, Service, Written
from core.secret import Secret
from tests.core.render.variables.test_contract import USERS, read, service, value

SECRET = "correct-horse-battery"


def found(picture: Picture) -> list[tuple[str, str, str]]:
    return [(each.check, each.severity.value, each.name) for each in lints(picture, Digests())]


def of_env(name: str, text: str, file: str = ".env") -> list[tuple[str, str, str]]:
    return found(Picture(env=(Written(name, Kind.VALUE, Secret(text), file, 1),)))


def of_service(name: str, text: str) -> list[tuple[str, str, str]]:
    return found(Picture(services=(service(Role.WORKER, value(name, text, "worker")),)))


@pytest.mark.parametrize("text", ["${REDIS_URL}", "$REDIS_URL", "%REDIS_URL%", "{{ REDIS_URL }}"])
def test_a_reference_that_nobody_expands(text: str):
    assert of_service("CELERY_BROKER_URL", text) == [("literal", "block", "CELERY_BROKER_URL")]
    assert of_env("CELERY_BROKER_URL", text) == [("literal", "block", "CELERY_BROKER_URL")]
    assert of_env("GREETING", text) == [("literal", "warn", "GREETING")]


def test_a_reference_is_told_by_its_name_alone():
    (one,) = lints(
        Picture(env=(value("A_URL", f"redis://:{SECRET}@h/${{DB:-{SECRET}}}"),)), Digests()
    )
    assert "${DB}" in one.what
    assert SECRET not in repr(one)


@pytest.mark.parametrize("text", ["redis://localhost:6379/0", "http://127.0.0.1", "localhost"])
def test_localhost_where_it_is_deployed(text: str):
    assert of_service("A_URL", text) == [("localhost", "block", "A_URL")]
    assert of_env("A_URL", text, ".env.production") == [("localhost", "block", "A_URL")]
    assert of_env("A_URL", text) == [("localhost", "warn", "A_URL")]


def test_an_address_to_listen_on_is_none_to_go_to():
    assert of_service("HOST", "0.0.0.0") == []
    assert of_service("BIND_HOST", "localhost") == []
    assert of_service("REDIS_HOST", "localhost") == [("localhost", "block", "REDIS_HOST")]


def test_a_reference_within_an_address():
    assert of_service("A_URL", "redis://u:$PW@h/0") == [("literal", "block", "A_URL")]
    assert of_service("GREETING", "a$word") == []


def test_tls_without_ssl_cert_reqs():
    assert of_env("REDIS_URL", "rediss://h:6379") == [("rediss", "block", "REDIS_URL")]
    assert of_env("OTHER", "rediss://h:6379") == [("rediss", "warn", "OTHER")]
    assert of_env("REDIS_URL", "rediss://h:6379?ssl_cert_reqs=required") == []


def test_what_render_yaml_sets_otherwise_is_no_fault_of_the_env_file():
    asked = Written("A_URL", Kind.ASKED, None, "render.yaml", 1, "web")
    env = (value("A_URL", "redis://localhost"),)
    assert found(Picture(env=env, services=(service(Role.WEB, asked),))) == []


def reference(name: str, target: str) -> Written:
    return Written(name, Kind.REFERENCE, None, "render.yaml", 9, "x", f"fromService:{target}:url")


@pytest.mark.parametrize(
    ("web", "worker", "faults"),
    [
        (value("REDIS_URL", "redis://a", "x"), value("REDIS_URL", "redis://b", "y"), 1),
        (value("REDIS_URL", "redis://a", "x"), value("CELERY_BROKER_URL", "redis://b", "y"), 1),
        (reference("REDIS_URL", "one"), reference("REDIS_URL", "two"), 1),
        (reference("REDIS_URL", "one"), reference("CELERY_BROKER_URL", "one"), 0),
        (value("REDIS_URL", "redis://a", "x"), value("REDIS_URL", "redis://a", "y"), 0),
        (Written("REDIS_URL", Kind.ASKED, None, "r", 1, "x"), reference("REDIS_URL", "one"), 0),
        (value("OTHER", "1", "x"), value("REDIS_URL", "redis://b", "y"), 0),
    ],
)
def test_web_and_worker_on_different_brokers(web: Written, worker: Written, faults: int):
    picture = Picture(services=(service(Role.WEB, web), service(Role.WORKER, worker)))
    assert [check for check, *_ in found(picture)] == ["brokers"] * faults


def test_secrets_in_render_yaml():
    assert of_service("API_TOKEN", SECRET) == [("secret", "block", "API_TOKEN")]
    assert of_service("DATABASE_URL", f"postgres://u:{SECRET}@h/d") == [
        ("secret", "block", "DATABASE_URL")
    ]
    assert of_service("API_TOKEN", "your-token") == of_service("NAME", "shop") == []


def test_secrets_in_an_env_file_only_when_git_has_it():
    env = (value("API_TOKEN", SECRET),)
    assert found(Picture(env=env, tracked=frozenset({".env"}))) == [
        ("secret", "block", "API_TOKEN")
    ]
    assert found(Picture(env=env, tracked=frozenset())) == []
    assert found(Picture(env=env)) == []
    sample = (replace(env[0], file=".env.example"),)
    assert found(Picture(env=sample, tracked=frozenset({".env.example"}))) == []


@pytest.mark.parametrize(
    ("command", "faults"),
    [
        (f"celery flower --basic_auth=admin:{SECRET}", 1),
        (f"celery -A shop -b redis://:{SECRET}@h worker", 1),
        ("celery flower --basic_auth=admin:$PASSWORD", 0),
        ("celery -A shop worker", 0),
    ],
)
def test_passwords_in_a_start_command(command: str, faults: int):
    one = Service("flower", Role.FLOWER, "render.yaml", 3, command, (), ())
    findings = lints(Picture(services=(one,)), Digests())
    assert [(each.check, each.line) for each in findings] == [("secret", 3)] * faults


def lacking(*reads: Read, **more: object) -> list[Finding]:
    services = (service(Role.WEB, value("A", "1", "web")), service(Role.WORKER))
    picture = Picture(reads=reads, users=USERS, services=services)
    return list(lints(replace(picture, **more), Digests()))  # pyright: ignore[reportArgumentType]


def test_a_required_variable_that_a_service_will_not_have():
    (one,) = lacking(read("A"))
    assert (one.check, one.severity, one.file, one.line) == ("missing", "block", "a.py", 1)
    assert one.what == "worker will not have A"
    (both,) = lacking(read("B"))
    assert both.what == "web and worker will not have B"


def test_a_service_of_another_folder_runs_other_code():
    frontend = replace(service(Role.WEB), folder="frontend")
    assert lacking(read("B"), services=(frontend,)) == []
    (one,) = lacking(read("B"), services=(replace(frontend, folder=""),))
    assert one.what == "web will not have B"


def test_a_read_behind_a_condition_warns():
    (one,) = lacking(replace(read("B"), maybe=True))
    assert (one.severity, one.what) == ("warn", "web and worker will not have B")
    assert one.why.endswith("where the code comes to that line")


def test_a_default_of_those_who_may_come_leads_nowhere():
    default = Read(("CORS_ORIGINS",), "b.py", 1, False, "os.getenv", "http://localhost:3000")
    assert lacking(default) == []


def test_who_does_not_run_the_code_needs_no_variable():
    assert lacking(read("B", file="tool.py")) == []
    (one,) = lacking(read("B", file="b.py"))
    assert one.what == "worker will not have B"


def test_what_has_a_default_or_is_given_by_render_is_not_missing():
    assert lacking(read("B", required=False), read("PORT"), read("RENDER_CPU_COUNT")) == []


def test_a_default_that_leads_to_localhost_is_told():
    default = Read(("B",), "b.py", 1, False, "os.getenv", "redis://localhost:6379/0")
    (one,) = lacking(default)
    assert (one.severity, one.what) == ("warn", "without B, worker goes to localhost")
    assert lacking(replace(default, maybe=True)) == []


def test_a_group_that_is_known_by_its_hashes_has_it():
    assert lacking(read("B"), remote={"b": "digest"}) == []


def test_a_group_that_nobody_can_look_into_is_given_the_benefit_of_the_doubt():
    unknown = (service(Role.WORKER, elsewhere=("shared",)),)
    assert lacking(read("B"), services=unknown) == []
    (one,) = lacking(read("B"), services=unknown, remote={})
    assert one.what == "worker will not have B"


def test_without_render_yaml_what_is_written_nowhere_is_told():
    (one,) = lacking(read("B"), services=None)
    assert (one.severity, one.what) == ("warn", "B is written down nowhere")
    assert lacking(read("B"), services=None, env=(value("B", "1"),)) == []


def test_those_that_block_come_first():
    env = (value("A_URL", "redis://localhost"), value("B_URL", "${X}"))
    assert [severity for _, severity, _ in found(Picture(env=env))] == ["block", "warn"]

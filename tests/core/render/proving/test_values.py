"""The variables that a service has on Render."""

from pathlib import Path

from core.render.proving.values import Values, values_of
from tests.support.preflight import clean, picture, planted

SERVICE = """\
    envVars:
      - key: LOG_LEVEL
        value: DEBUG
      - key: API_KEY
        sync: false
      - key: STRIPE
        sync: false
      - key: SALT
        generateValue: true
      - key: DATABASE_URL
        fromDatabase: {name: db, property: connectionString}
      - key: WEB
        fromService: {type: web, name: web, property: hostport}
      - fromGroup: shared
      - key: REDIS_URL
        fromService: {type: keyvalue, name: broker, property: connectionString}
  - type: keyvalue
"""
ENV = "API_KEY=typed-there\nPYTHON_VERSION=3.12.1\nLOG_LEVEL=WARNING\nOTHER=mine\n"


def values(tmp_path: Path, yaml: str, name: str = "worker") -> Values:
    (tmp_path / ".env").write_text(ENV, "utf-8")
    snapshot = picture(planted({"render.yaml": yaml}), tmp_path)
    (service,) = (each for each in snapshot.services if each.name == name)
    return values_of(service, snapshot)


def worker_with(items: str) -> str:
    head, tail = clean("render.yaml", "maxShutdown", "maxShutdown").split("  - type: keyvalue\n")
    start = head.rindex("    envVars:")
    return head[:start] + items + tail


def test_each_kind_has_its_value_and_what_nobody_knows_is_named(tmp_path: Path) -> None:
    found = values(tmp_path, worker_with(SERVICE))
    known = {name: value.reveal() for name, value in found.known.items()}
    assert known["LOG_LEVEL"] == "DEBUG"
    assert known["API_KEY"] == "typed-there"
    assert known["REDIS_URL"] == "redis://broker:6379"
    assert known["WEB"] == "web:10000"
    assert len(known["SALT"]) > 30
    assert found.lacking == ("STRIPE", "DATABASE_URL")
    assert found.asked == {"API_KEY", "STRIPE", "DATABASE_URL"}
    assert "OTHER" not in known
    assert (known["RENDER"], known["RENDER_SERVICE_NAME"]) == ("true", "worker")
    assert known["RENDER_CPU_COUNT"] == "0.5"


def test_a_variable_of_another_service_has_a_value_as_it_has_there(tmp_path: Path) -> None:
    yaml = """\
services:
  - type: web
    name: web
    runtime: python
    envVars:
      - {key: SALT, generateValue: true}
      - {key: REDIS_URL, fromService: {type: keyvalue, name: kv, property: connectionString}}
      - {key: ROUND, fromService: {type: worker, name: worker, envVarKey: ROUND}}
  - type: worker
    name: worker
    runtime: python
    envVars:
      - {key: SALT, fromService: {type: web, name: web, envVarKey: SALT}}
      - {key: BROKER, fromService: {type: web, name: web, envVarKey: REDIS_URL}}
      - {key: ROUND, fromService: {type: web, name: web, envVarKey: ROUND}}
      - {key: GONE, fromService: {type: web, name: web, envVarKey: GONE}}
  - {type: keyvalue, name: kv, ipAllowList: []}
"""
    found = values(tmp_path, yaml)
    assert len(found.known["SALT"].reveal()) > 30
    assert found.known["BROKER"].reveal() == "redis://kv:6379"
    assert found.lacking == ("ROUND", "GONE")


def test_for_a_group_that_render_alone_knows_the_env_file_stands(tmp_path: Path) -> None:
    yaml = worker_with(SERVICE.replace("fromGroup: shared", "fromGroup: elsewhere"))
    found = values(tmp_path, yaml)
    known = {name: value.reveal() for name, value in found.known.items()}
    assert known["OTHER"] == "mine"
    assert known["LOG_LEVEL"] == "DEBUG"
    assert "PYTHON_VERSION" not in known


def test_no_value_is_in_its_repr(tmp_path: Path) -> None:
    assert "typed-there" not in repr(values(tmp_path, worker_with(SERVICE)))

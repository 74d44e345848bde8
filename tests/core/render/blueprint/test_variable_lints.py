"""Each lint of variables fires where its fault is planted, and tells no value."""

import pytest

from core.render.blueprint.fault import Severity
from core.render.blueprint.variable_lints import VARIABLE_LINTS
from tests.support.blueprints import document, services
from tests.support.lints import HEALTHY, found


def test_a_healthy_file_has_no_fault() -> None:
    assert found(VARIABLE_LINTS, HEALTHY) == []


@pytest.mark.parametrize(
    ("variable", "rule"),
    [
        ("key: API_TOKEN, value: s3cr3t", "secret-value"),
        ("key: DATABASE, value: 'postgres://me:s3cr3t@db/x'", "secret-value"),
        ("key: CELERY_BROKER_URL, value: '${REDIS_URL}'", "reference"),
        ("key: A, value: $REDIS_URL", "reference"),
        ("key: A, value: '%REDIS_URL%'", "reference"),
        ("key: REDIS_URL, value: 'redis://localhost:6379/0'", "localhost"),
        ("key: DB_HOST, value: 127.0.0.1", "localhost"),
        ("key: REDIS_URL, value: 'rediss://me.upstash.io:6379'", "rediss"),
        ("key: DEBUG, value: True", "bare-value"),
        ("key: A, value: 3.10", "bare-value"),
        ("key: A, value: yes", "bare-value"),
        ("key: PYTHON_VERSION, value: '3.12'", "python-version"),
        ("key: A, fromService: {type: web, name: gone, property: host}", "dangling"),
        ("key: A, fromDatabase: {name: gone, property: connectionString}", "dangling"),
        ("key: A, value: x, sync: false", "value-and-sync"),
    ],
)
def test_a_fault_is_found_at_its_line(variable: str, rule: str) -> None:
    assert found(VARIABLE_LINTS, services(f", envVars: [{{{variable}}}]")) == [(rule, 2)]


@pytest.mark.parametrize(
    "variable",
    [
        "key: A, value: '3.10'",
        "key: A, value: 'yes'",
        "key: HOST, value: '0.0.0.0'",
        "key: REDIS_URL, value: 'rediss://x:6379?ssl_cert_reqs=required'",
        "key: PYTHON_VERSION, value: 3.12.1",
        "key: PRICE, value: '5$'",
        "key: ROUTING_KEY, value: mail",
        "key: API_TOKEN, value: ''",
    ],
)
def test_what_is_fine_is_left_alone(variable: str) -> None:
    assert found(VARIABLE_LINTS, services(f", envVars: [{{{variable}}}]")) == []


def test_sync_in_a_group_is_told() -> None:
    text = "envVarGroups:\n- name: g\n  envVars:\n  - {key: A, sync: false}\n"
    assert found(VARIABLE_LINTS, text) == [("sync-in-group", 4)]


def test_a_reference_to_a_service_of_another_type_leads_nowhere() -> None:
    text = services(", envVars: [{key: A, fromService: {type: web, name: w, property: host}}]")
    assert found(VARIABLE_LINTS, text) == [("dangling", 2)]


def test_what_is_not_in_the_file_may_be_in_the_workspace() -> None:
    source = (
        "{key: A, fromService: {type: keyvalue, name: made-by-hand, property: connectionString}}"
    )
    text = document(services(f", envVars: [{source}]"))
    (fault,) = (fault for lint in VARIABLE_LINTS for fault in lint(text))
    assert fault.severity is Severity.WARN and "workspace" in fault.why


def test_what_is_not_in_the_file_is_told_once() -> None:
    source = "fromService: {type: redis, name: gone, property: connectionString}"
    one = f", envVars: [{{key: A, {source}}}, {{key: B, {source}}}]"
    text = document(services(one, one))
    (fault,) = (fault for lint in VARIABLE_LINTS for fault in lint(text))
    assert fault.what == ("A of w refers to redis gone, which is not here, as do 3 more variables")


def test_databases_and_their_replicas_are_there() -> None:
    variables = ", ".join(
        f"{{key: {name}, fromDatabase: {{name: {name}, property: host}}}}"
        for name in ("db", "copy")
    )
    text = services(f", envVars: [{variables}]")
    text += "databases:\n- {name: db, readReplicas: [{name: copy}]}\n"
    assert found(VARIABLE_LINTS, text) == []


def test_a_fault_says_what_is_written_without_quotes() -> None:
    text = document(services(", envVars: [{key: A, value: 1}, {key: B, value: yes}]"))
    told = [fault.what for lint in VARIABLE_LINTS for fault in lint(text)]
    assert told == ["A of w is a number without quotes", "B of w is a word without quotes"]


def test_a_bare_flag_blocks_and_a_bare_number_warns() -> None:
    text = services(", envVars: [{key: A, value: True}, {key: B, value: 1}]")
    severities = [fault.severity for lint in VARIABLE_LINTS for fault in lint(document(text))]
    assert severities == [Severity.BLOCK, Severity.WARN]


def test_no_fault_holds_a_value() -> None:
    values = ("postgres://u:s3cr3t@localhost/x", "s3cr3t", "rediss://:s3cr3t@h")
    text = services(*(f", envVars: [{{key: A_TOKEN, value: '{value}'}}]" for value in values))
    faults = [fault for lint in VARIABLE_LINTS for fault in lint(document(text))]
    assert len(faults) >= 3
    assert "s3cr3t" not in repr(faults)

"""Variables that are written down, and those that are not."""

from pathlib import Path

import pytest

from tests.support.preflight import (
    CLEAN,
    clean,
    found,
    in_app,
    in_group,
    lay_out,
    picture,
    planted,
    seen_by,
)


@pytest.mark.parametrize(
    ("name", "value", "severity", "reference"),
    [
        ("CELERY_BROKER_URL", "${REDIS_URL}", "block", "${REDIS_URL}"),
        ("CELERY_BROKER_URL", "${REDIS_URL:-redis://u:pw@h}", "block", "${REDIS_URL}"),
        ("CELERY_BROKER_URL", "$REDIS_URL", "block", "$REDIS_URL"),
        ("CELERY_BROKER_URL", '"%REDIS_URL%"', "block", "%REDIS_URL%"),
        ("DB_URL", "postgres://u:$PASSWORD@h/x", "block", "$PASSWORD"),
        ("GREETING", "${NAME}", "warn", "${NAME}"),
        ("DB_PASSWORD", "pa$word", None, ""),
        ("PATTERN", '"100%"', None, ""),
        ("CELERY_BROKER_URL", '""', "warn", "is empty"),
        ("OTHER", '""', None, ""),
    ],
)
def test_references_that_nobody_replaces(
    name: str, value: str, severity: str | None, reference: str, tmp_path: Path
) -> None:
    files = planted(in_group(name, value))
    findings = [
        each for each in found(picture(files, tmp_path)) if each.check == "literal-variables"
    ]
    assert [each.seen.severity for each in findings] == ([severity] if severity else [])
    for finding in findings:
        assert finding.seen.what.endswith(reference)
        assert "pw" not in finding.seen.what


def test_env_files_stand_for_the_group_that_would_be_made_of_them(tmp_path: Path) -> None:
    lay_out(tmp_path, {".env": "REDIS_URL=redis://h\nCELERY_BROKER_URL=${REDIS_URL}\n"})
    seen = seen_by("literal-variables", {"render.yaml": None}, tmp_path)
    assert seen == [("block", ".env", 2)]


def test_a_group_that_no_service_has_is_looked_at_too(tmp_path: Path) -> None:
    text = (
        "envVarGroups:\n  - name: shared\n    envVars:\n"
        "      - {key: CELERY_BROKER_URL, value: '${REDIS_URL}'}\n"
    )
    seen = seen_by("literal-variables", {"render.yaml": text}, tmp_path)
    assert seen == [("block", "render.yaml", 4)]


def test_a_variable_that_code_must_have_and_services_do_not_get(tmp_path: Path) -> None:
    assert seen_by("environment", {}, tmp_path) == []
    code = in_app('secret = os.environ["SECRET"]\nmode = os.getenv("MODE", "x")\n')
    assert seen_by("environment", code, tmp_path) == [("block", "proj/app.py", 8)]
    assert seen_by("environment", {**code, **in_group("SECRET", "x")}, tmp_path) == []
    other = CLEAN["render.yaml"].replace("fromGroup: shared", "fromGroup: of-the-dashboard")
    assert seen_by("environment", {**code, "render.yaml": other}, tmp_path) == []


def test_code_that_nothing_starts_needs_no_variables(tmp_path: Path) -> None:
    changes = {"tool.py": 'import os\nx = os.environ["SECRET"]\n'}
    assert seen_by("environment", changes, tmp_path) == []


def test_web_and_worker_have_one_broker(tmp_path: Path) -> None:
    text = CLEAN["render.yaml"]
    second = text.replace(
        "  - type: keyvalue\n",
        "  - type: keyvalue\n    name: other\n"
        "    ipAllowList: []\n    maxmemoryPolicy: noeviction\n  - type: keyvalue\n",
    )
    changes = {"render.yaml": second.replace("name: broker, property", "name: other, property", 1)}
    assert [place[0] for place in seen_by("environment", changes, tmp_path)] == ["block"]


def test_an_empty_value_of_a_laptop_is_not_what_render_yaml_takes_from_elsewhere(
    tmp_path: Path,
) -> None:
    lay_out(tmp_path, {".env": "REDIS_URL=\n"})
    assert seen_by("literal-variables", {}, tmp_path) == []
    lay_out(tmp_path, {".env": "CELERY_BROKER_URL=\n"})
    assert seen_by("literal-variables", {}, tmp_path) == [("warn", ".env", 1)]


def test_a_frontend_of_another_language_needs_no_variable_of_the_backend(tmp_path: Path) -> None:
    front = (
        "  - {type: web, name: front, runtime: node, startCommand: npm start}\n  - type: keyvalue"
    )
    changes = {
        **in_app('import os\nKEY = os.environ["LOG_LEVEL"]\n'),
        "render.yaml": clean("render.yaml", "  - type: keyvalue", front),
    }
    assert seen_by("environment", changes, tmp_path) == []

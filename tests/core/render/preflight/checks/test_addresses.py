"""Addresses in variables and code."""

from pathlib import Path

import pytest

from core.render.preflight.mend import ReplaceLine
from tests.support.preflight import (
    CLEAN,
    clean,
    found,
    in_app,
    in_group,
    lay_out,
    picture,
    seen_by,
)

GROUP = ("render.yaml", 38)


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("CELERY_BROKER_URL", "rediss://h:1", "block"),
        ("CELERY_RESULT_BACKEND", "rediss://h:1/0?x=1", "block"),
        ("CACHE_URL", "rediss://h:1", "warn"),
        ("CELERY_BROKER_URL", "rediss://h:1?ssl_cert_reqs=required", None),
        ("CELERY_BROKER_URL", "redis://h:1", None),
    ],
)
def test_tls_says_how_certificates_are_checked(
    name: str, value: str, severity: str | None, tmp_path: Path
) -> None:
    seen = seen_by("tls", in_group(name, value), tmp_path)
    assert seen == ([(severity, *GROUP)] if severity else [])


def test_a_variable_that_the_app_reads_is_one_of_celery(tmp_path: Path) -> None:
    text = clean("render.yaml", "- key: REDIS_URL\n        fromService", "- key: OTHER\n        x")
    lay_out(tmp_path, {".env": "REDIS_URL=rediss://u:pw@h:1\n"})
    changes = {"render.yaml": text}
    assert seen_by("tls", changes, tmp_path) == [("block", ".env", 1)]


@pytest.mark.parametrize(
    "code",
    [
        'app.conf.redis_backend_use_ssl = {"x": 1}\n',
        'url += "?ssl_cert_reqs=required"\n',
        'app.conf.update(broker_use_ssl={"x": 1})\n',
    ],
)
def test_code_that_sees_to_tls_itself_is_right(code: str, tmp_path: Path) -> None:
    changes = {**in_app(code), **in_group("CELERY_BROKER_URL", "rediss://h:1")}
    assert seen_by("tls", changes, tmp_path) == []


def test_its_mend_adds_the_parameter_and_shows_no_value(tmp_path: Path) -> None:
    lay_out(tmp_path, {".env": "CELERY_BROKER_URL=rediss://u:hunter2@h:1/0?a=b\n"})
    (finding,) = found(picture(CLEAN, tmp_path))
    assert finding.seen.mend is not None
    (edit,) = finding.seen.mend.edits
    assert isinstance(edit, ReplaceLine)
    assert edit.new == "rediss://u:hunter2@h:1/0?a=b&ssl_cert_reqs=required"
    assert "hunter2" not in repr(finding)


@pytest.mark.parametrize(
    ("name", "value", "found_in"),
    [
        ("REDIS2_URL", "redis://127.0.0.1:6379/0", True),
        ("REDIS2_URL", "redis://u:pw@localhost/0", True),
        ("REDIS_HOST", "localhost", True),
        ("API_URL", "http://host.docker.internal:80/x", True),
        ("REDIS2_URL", "redis://localhost.example.org/0", False),
        ("BIND_HOST", "0.0.0.0", False),
        ("NAME", "localhost", False),
    ],
)
def test_addresses_of_this_machine(name: str, value: str, found_in: bool, tmp_path: Path) -> None:
    seen = seen_by("localhost", in_group(name, value), tmp_path)
    assert seen == ([("block", *GROUP)] if found_in else [])


def test_what_is_right_on_a_laptop_only_warns_and_what_is_for_production_blocks(
    tmp_path: Path,
) -> None:
    line = "OTHER_URL=redis://localhost/1\n"
    lay_out(tmp_path, {".env": line})
    assert seen_by("localhost", {}, tmp_path) == [("warn", ".env", 1)]
    lay_out(tmp_path, {".env.production": line})
    assert seen_by("localhost", {}, tmp_path) == [("block", ".env.production", 1)]


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ('broker="redis://localhost:6379/0"', "block"),
        ('broker=os.environ.get("BROKER", "redis://localhost:6379/0")', None),
        ('broker=os.environ.get("LOG_LEVEL", "redis://localhost:6379/0")', None),
        ('broker=os.environ.get("BROKER") or "redis://localhost:6379/0"', "info"),
        ('broker=os.environ.get("REDIS_URL") or "redis://localhost:6379/0"', None),
        ('broker=url, local=url == "redis://localhost:6379/0"', None),
        ('broker="redis://broker:6379/0"', None),
        ('broker=url, cache="redis://localhost/1"', "warn"),
    ],
)
def test_addresses_of_this_machine_in_code(code: str, severity: str | None, tmp_path: Path) -> None:
    changes = {"proj/app.py": clean("proj/app.py", "broker=url", code)}
    seen = seen_by("localhost", changes, tmp_path)
    assert seen == ([(severity, "proj/app.py", 6)] if severity else [])


def test_a_default_is_told_once(tmp_path: Path) -> None:
    code = 'broker=os.environ.get("BROKER", "redis://localhost:6379/0")'
    changes: dict[str, str | bytes | None] = {
        "proj/app.py": clean("proj/app.py", "broker=url", code)
    }
    places = [
        (each.check, each.seen.line) for each in found(picture({**CLEAN, **changes}, tmp_path))
    ]
    assert places == [("environment", 6)]
    assert seen_by("localhost", {**changes, "render.yaml": None}, tmp_path / "x") == [
        ("info", "proj/app.py", 6)
    ]


def test_a_field_of_a_settings_class_is_the_default_of_a_variable(tmp_path: Path) -> None:
    settings = (
        "from pydantic_settings import BaseSettings\n"
        "class Settings(BaseSettings):\n"
        '    redis_url: str = "redis://localhost:6379/0"\n'
        '    other: str = Field(\n        default="redis://localhost:6379/1"\n    )\n'
    )
    changes = {"proj/app.py": f"{settings}{CLEAN['proj/app.py']}"}
    assert seen_by("localhost", changes, tmp_path) == []


def test_a_variable_of_celery_beats_what_the_code_says(tmp_path: Path) -> None:
    code = clean("proj/app.py", "broker=url", 'broker="redis://localhost:6379/0"')
    changes = {"proj/app.py": code, **in_group("CELERY_BROKER_URL", "redis://h")}
    assert [place[0] for place in seen_by("localhost", changes, tmp_path)] == ["warn"]

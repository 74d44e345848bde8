"""What must not be committed."""

from pathlib import Path

import pytest

from tests.support.preflight import in_group, seen_by, started_by

RANDOM = "Zk9q3Xv7Lw2Rt8Yp5Mn1Bc6D"


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("API_KEY", RANDOM, "block"),
        ("DATABASE_URL", f"postgres://u:{RANDOM}@h.example.org/x", "block"),
        ("ANYTHING", "sk-abcdefghij0123456789", "block"),
        ("API_KEY", "letmein", "warn"),
        ("API_KEY", "your-api-key", None),
        ("API_KEY", "<key>", None),
        ("API_KEY", '""', None),
        ("DATABASE_URL", "postgres://postgres:postgres@db:5432/x", None),
        ("REDIS_URL", "redis://localhost:6379/0", None),
        ("LOG_LEVEL", "INFO", None),
        ("PUBLIC_URL", "https://example.org", None),
    ],
)
def test_secrets_in_render_yaml_and_in_tracked_env_files(
    name: str, value: str, severity: str | None, tmp_path: Path
) -> None:
    seen = seen_by("tracked-secrets", in_group(name, value), tmp_path)
    assert seen == ([(severity, "render.yaml", 38)] if severity else [])
    in_file = seen_by("tracked-secrets", {"backend/.env": f"A=1\n{name}={value}\n"}, tmp_path)
    assert in_file == ([(severity, "backend/.env", 2)] if severity else [])


@pytest.mark.parametrize("path", [".env.example", ".env.sample", "x.env"])
def test_samples_are_for_sharing(path: str, tmp_path: Path) -> None:
    assert seen_by("tracked-secrets", {path: f"API_KEY={RANDOM}\n"}, tmp_path) == []


@pytest.mark.parametrize(
    ("option", "severity"),
    [
        ("--basic_auth=admin:hunter2", "block"),
        ("--basic-auth admin:hunter2", "block"),
        ("--basic_auth=admin:YOUR_SECURE_PASSWORD", "warn"),
        ("--basic_auth=admin:$FLOWER_PASSWORD", None),
        ("", None),
    ],
)
def test_a_password_in_a_command(option: str, severity: str | None, tmp_path: Path) -> None:
    changes = started_by(f"celery -A proj.app flower {option}")
    seen = seen_by("tracked-secrets", changes, tmp_path)
    assert seen == ([(severity, "render.yaml", 20)] if severity else [])

"""How production runs the workers, as far as the project's files say."""

from pathlib import Path

import pytest

from core.project.opening import open_project
from core.project.production import production_pools, unlike
from core.project.tree import look_around


@pytest.mark.parametrize(
    ("name", "text", "pool", "concurrency"),
    [
        ("Procfile", "worker: celery -A proj worker -l info", "prefork", None),
        ("Procfile", "worker: celery -A proj worker --pool=gevent -c 100", "gevent", 100),
        ("Procfile", "worker: celery --app proj worker -P threads --concurrency=8", "threads", 8),
        ("render.yaml", "    startCommand: celery -A p worker --concurrency 4", "prefork", 4),
        (
            "compose.yml",
            '    command: ["celery", "-A", "p", "worker", "-P", "eventlet"]',
            "eventlet",
            None,
        ),
    ],
)
def test_a_worker_command_tells_pool_and_concurrency(
    tmp_path: Path, name: str, text: str, pool: str, concurrency: int | None
) -> None:
    (tmp_path / name).write_text(f"# a comment\n{text}\n")
    (found,) = production_pools(look_around(tmp_path))
    assert (found.pool, found.concurrency) == (pool, concurrency)
    assert found.where == f"{tmp_path / name}:2"


@pytest.mark.parametrize(
    "text",
    [
        "web: uvicorn main:app",
        "beat: celery -A proj beat",
        "# worker: celery -A p worker -P gevent",
    ],
)
def test_other_commands_tell_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "Procfile").write_text(text)
    assert list(production_pools(look_around(tmp_path))) == []


def test_pools_that_are_no_prefork_are_told_of_first(tmp_path: Path) -> None:
    (tmp_path / "proj.py").write_text("from celery import Celery\napp = Celery('proj')\n")
    (tmp_path / "Procfile").write_text("worker: celery -A proj worker -P gevent -c 50\n")
    (tmp_path / "solofleet.toml").write_text("unknown = 1\n")
    project = open_project(tmp_path, environ={})
    assert project.production[0].pool == "gevent"
    assert project.notes[0].startswith("production's pool is gevent (")
    assert "greenlets" in project.notes[0]


def test_what_a_fleet_stands_for_needs_no_word() -> None:
    assert unlike("prefork", "Procfile:1") is None
    assert unlike("solo", "Procfile:1") is None
    assert "pool of its own" in (unlike("custom", "Procfile:1") or "")

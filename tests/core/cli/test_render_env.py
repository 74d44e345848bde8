"""`solofleet render env`, on a project with planted faults."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli.program import main
from core.cli.render_env import env_lines
from core.errors import DONE, FAILED
from tests.support.preflight import git
from tests.support.trees import lay_out

SECRETS = ("correct-horse-battery", "hunter2-and-more", "staple-of-secrets")
PLANTED = {
    "jobs.py": """
        import os
        from celery import Celery
        app = Celery(broker=os.environ["CELERY_BROKER_URL"])
        KEY = os.environ["SHOP_KEY"]
        """,
    "main.py": "from fastapi import FastAPI\nfrom jobs import app as queue\napp = FastAPI()\n",
    ".env": f"REDIS_URL=rediss://:{SECRETS[0]}@h.upstash.io:6379\nSHOP_KEY={SECRETS[1]}\n"
    "RESULT_URL=${REDIS_URL}\n",
    "render.yaml": f"""
        services:
          - type: web
            name: api
            runtime: python
            startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
            envVars:
              - key: CELERY_BROKER_URL
                value: redis://queue:6379/0
              - key: SHOP_KEY
                sync: false
          - type: worker
            name: jobs
            runtime: python
            startCommand: celery -A jobs worker
            envVars:
              - key: CELERY_BROKER_URL
                value: redis://localhost:6379/0
              - key: API_TOKEN
                value: {SECRETS[2]}
        """,
}
FAULTS = {
    ("brokers", "CELERY_BROKER_URL"),
    ("literal", "RESULT_URL"),
    ("localhost", "CELERY_BROKER_URL"),
    ("missing", "SHOP_KEY"),
    ("rediss", "REDIS_URL"),
    ("secret", "API_TOKEN"),
}


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Type it for a project of these files; exit code, and all that was printed."""

    def type_it(files: dict[str, str], *words: str) -> tuple[int, str]:
        lay_out(tmp_path, files)
        code = main(["render", "env", str(tmp_path), "--python", sys.executable, *words])
        seen = capfd.readouterr()
        return code, seen.out + seen.err

    return type_it


def test_every_planted_fault_is_found_and_no_other(run: Callable[..., tuple[int, str]]) -> None:
    code, out = run(PLANTED, "--json")
    document = json.loads(out)
    assert code == FAILED
    assert document["kind"] == "environment"
    assert {(each["check"], each["name"]) for each in document["findings"]} == FAULTS
    assert all(each["file"] and each["line"] and each["fix"] for each in document["findings"])


def test_no_value_is_printed_or_written(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    before = {file: file.read_bytes() for file in lay_out(tmp_path, PLANTED).iterdir()}
    out = run(PLANTED)[1] + run(PLANTED, "--json")[1]
    assert not [secret for secret in SECRETS if secret in out]
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_the_table_says_who_needs_what_and_where_it_is(run: Callable[..., tuple[int, str]]) -> None:
    _, out = run(PLANTED)
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines()[:6]}
    assert rows["variable"] == ["for", "must", ".env", "web", "worker"]
    assert rows["SHOP_KEY"] == ["web+worker", "yes", "present", "present", "missing"]
    assert "why: " in out and "fix: " in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_secret_in_a_file_that_git_has_is_found(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    lay_out(tmp_path, PLANTED)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "First")
    found = json.loads(run(PLANTED, "--json")[1])["findings"]
    assert {(each["check"], each["name"]) for each in found} - FAULTS == {
        ("secret", "REDIS_URL"),
        ("secret", "SHOP_KEY"),
    }


def test_a_project_in_order_is_done(run: Callable[..., tuple[int, str]]) -> None:
    code, out = run({"jobs.py": PLANTED["jobs.py"], ".env": "CELERY_BROKER_URL=x\nSHOP_KEY=x\n"})
    assert code == DONE
    assert len(out.splitlines()) == 3


def test_a_project_without_variables_is_told() -> None:
    assert list(env_lines((), ())) == ["no code reads a variable, and none is written down"]

"""`solofleet render env`, on a project with planted faults."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli.program import main
from core.cli.render_env import env_lines
from core.errors import DONE, FAILED, USAGE
from tests.render_fake.account import Account, Json
from tests.render_fake.server import RenderServer
from tests.support.preflight import git
from tests.support.render_cli import BLUEPRINT, account, served
from tests.support.trees import lay_out

__all__ = ("account", "served")

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


ONLINE = {
    "jobs.py": PLANTED["jobs.py"],
    "render.yaml": BLUEPRINT,
    ".env": f"CELERY_BROKER_URL=redis://far:6379\nSHOP_KEY={SECRETS[0]}\nSAME=1\nUNASKED=2\n",
}
THERE = {"SHOP_KEY": SECRETS[1], "SAME": "1", "KEPT": SECRETS[2]}


@pytest.fixture
def group(account: Account, served: RenderServer, monkeypatch: pytest.MonkeyPatch) -> Json:
    """The group of both services on Render."""
    for name, value in served.env.items():
        monkeypatch.setenv(name, value)
    return account.add_group("shop", THERE, *account.services.values())


def test_what_render_has_is_compared(run: Callable[..., tuple[int, str]], group: Json) -> None:
    _, out = run(ONLINE, "--online")
    rows = {line.split()[0]: line.split()[-1] for line in out.splitlines() if line}
    assert rows["variable"] == "group"
    found = {name: rows[name] for name in ("SHOP_KEY", "SAME", "KEPT", "CELERY_BROKER_URL")}
    assert found == {
        "SHOP_KEY": "different",
        "SAME": "equal",
        "KEPT": "present",
        "CELERY_BROKER_URL": "missing",
    }
    assert not [secret for secret in SECRETS if secret in out]


def test_chosen_variables_are_set_one_by_one_and_no_others(
    run: Callable[..., tuple[int, str]], group: Json, account: Account
) -> None:
    code, out = run(ONLINE, "--yes", "--push", "SHOP_KEY", "SAME", "CELERY_BROKER_URL")
    assert code == DONE
    assert group["values"] == THERE | {
        "SHOP_KEY": SECRETS[0],
        "CELERY_BROKER_URL": "redis://far:6379",
    }
    puts = [each.url.path.rpartition("/")[2] for each in account.requests if each.method == "PUT"]
    assert puts == ["SHOP_KEY", "CELERY_BROKER_URL"]
    assert "SAME" in out and "equal there" in out and "different there" in out
    assert f"set in the group shop ({group['id']}): SHOP_KEY, CELERY_BROKER_URL" in out
    assert not [secret for secret in SECRETS if secret in out]
    assert "nothing to set" in run(ONLINE, "--push", "SAME")[1]


def test_without_a_yes_nothing_is_set(run: Callable[..., tuple[int, str]], group: Json) -> None:
    code, out = run(ONLINE, "--push", "SHOP_KEY")
    assert code == USAGE
    assert f"not done: set SHOP_KEY in the group shop ({group['id']})" in out
    assert group["values"] == THERE


def test_what_was_set_before_a_failure_is_told(
    run: Callable[..., tuple[int, str]], group: Json, account: Account
) -> None:
    account.plan("PUT", ".*/CELERY_BROKER_URL", 400, {"message": "no such thing"})
    code, out = run(ONLINE, "--yes", "--push", "SHOP_KEY", "CELERY_BROKER_URL")
    assert code == FAILED
    assert "the group shop did not get CELERY_BROKER_URL" in out
    assert "Set by now: SHOP_KEY." in out


def test_a_service_may_have_it_for_itself(
    run: Callable[..., tuple[int, str]], group: Json, account: Account
) -> None:
    code, out = run(ONLINE, "--yes", "--json", "--to", "jobs", "--push", "SAME")
    assert code == DONE
    told = json.loads(out.splitlines()[0])
    assert told == {"kind": "pushed", "to": "jobs", "names": ["SAME"]}
    assert {"SAME": "1"} in account.variables.values()

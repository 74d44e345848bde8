"""Each service as Render gets it."""

from pathlib import Path

import pytest

from core.wishes import Wishes
from tests.support.wanted import CELERY, QUEUE, SHOP, blueprint, drafted, keys, opened, service


def test_an_app_below_its_packages_is_started_in_its_folder(tmp_path: Path) -> None:
    settings = 'workdir = "src"\n'
    files = {"requirements.txt": "celery", "src/tasks.py": CELERY, "solofleet.toml": settings}
    values = blueprint(tmp_path, files)
    worker = service(values, "worker")
    assert worker["startCommand"].startswith("cd src && exec celery -A tasks worker")
    assert "rootDir" not in worker


def test_each_worker_group_is_a_service_with_its_queues_and_variables(tmp_path: Path) -> None:
    settings = """\
        loglevel = "warning"
        [groups.mail]
        queues = ["mail", "sms"]
        env = { SMTP_HOST = "smtp.example.org" }
        [groups.reports]
        queues = ["reports"]
        loglevel = "debug"
        """
    values = blueprint(tmp_path, {**QUEUE, "solofleet.toml": settings})
    mail, reports = service(values, "worker-mail"), service(values, "worker-reports")
    assert "--loglevel=warning --concurrency=1 -n mail@%h -Q mail,sms" in mail["startCommand"]
    assert "--loglevel=debug --concurrency=1 -n reports@%h -Q reports" in reports["startCommand"]
    assert {"key": "SMTP_HOST", "value": "smtp.example.org"} in mail["envVars"]
    assert "SMTP_HOST" not in keys(reports)


def test_queues_that_are_asked_for_are_in_the_command(tmp_path: Path) -> None:
    draft = drafted(opened(tmp_path, QUEUE), wishes=Wishes(queues=("a", "b")))
    assert "-n worker@%h -Q a,b" in draft.after.text


@pytest.mark.parametrize(
    ("plan", "concurrency"),
    [("starter", 1), ("standard", 2), ("pro", 4), ("1c-2g", 2), ("pro plus", 8)],
)
def test_the_concurrency_is_what_the_plan_takes(
    plan: str, concurrency: int, tmp_path: Path
) -> None:
    worker = service(blueprint(tmp_path, QUEUE, plan=plan), "worker")
    assert worker["plan"] == plan
    assert f"--concurrency={concurrency} " in worker["startCommand"]


def test_a_concurrency_that_is_chosen_wins(tmp_path: Path) -> None:
    worker = service(blueprint(tmp_path, QUEUE, concurrency=7), "worker")
    assert "--concurrency=7 " in worker["startCommand"]


def test_the_grace_of_the_settings_is_the_time_to_finish(tmp_path: Path) -> None:
    for grace, seconds in (("12.5", 13), ("0", 1), ("4000", 300)):
        files = {**QUEUE, "solofleet.toml": f"grace = {grace}\n"}
        worker = service(blueprint(tmp_path / grace, files), "worker")
        assert worker["maxShutdownDelaySeconds"] == seconds


def test_variables_are_asked_for_by_name_and_never_written(tmp_path: Path) -> None:
    files = {
        **SHOP,
        ".env": "REDIS_URL=redis://:hush@localhost/0\nAPI_TOKEN=hush\nPORT=8000\nLEVEL=hush\n",
        "settings.py": "import os\nDSN = os.environ['SENTRY_DSN']\nX = os.getenv('X', '1')\n",
    }
    values = blueprint(tmp_path, files)
    for name in ("web", "worker"):
        found = service(values, name)
        assert keys(found) == [
            *("", "CELERY_BROKER_URL", "REDIS_URL"),
            *("API_TOKEN", "LEVEL", "SENTRY_DSN"),
        ]
        assert {"key": "API_TOKEN", "sync": False} in found["envVars"]
    draft = drafted(opened(tmp_path))
    assert "hush" not in draft.after.text + repr(draft.notes) + repr(draft.choices)


def test_python_is_pinned_unless_the_project_does_it(tmp_path: Path) -> None:
    pinned = {"key": "PYTHON_VERSION", "value": "3.13.5"}
    (group,) = blueprint(tmp_path / "a", QUEUE)["envVarGroups"]
    assert pinned in group["envVars"]
    (group,) = blueprint(tmp_path / "b", {**QUEUE, ".python-version": "3.12"})["envVarGroups"]
    assert pinned not in group["envVars"]


def test_every_service_is_linked_to_the_group(tmp_path: Path) -> None:
    values = blueprint(tmp_path, SHOP, flower=True)
    (group,) = values["envVarGroups"]
    linked = [one for one in values["services"] if one["type"] != "keyvalue"]
    assert all(one["envVars"][0] == {"fromGroup": group["name"]} for one in linked)


def test_flower_has_a_password_that_is_asked_for_and_answers_without_it(tmp_path: Path) -> None:
    flower = service(blueprint(tmp_path, SHOP, flower=True), "flower")
    assert flower["type"] == "web"
    assert flower["healthCheckPath"] == "/healthcheck"
    assert {"key": "FLOWER_BASIC_AUTH", "sync": False} in flower["envVars"]
    assert "auth" not in flower["startCommand"]


def test_a_redis_elsewhere_is_asked_for(tmp_path: Path) -> None:
    values = blueprint(tmp_path, SHOP, redis="outside")
    assert [one["type"] for one in values["services"]] == ["web", "worker"]
    assert {"key": "CELERY_BROKER_URL", "sync": False} in service(values, "web")["envVars"]
    assert any("ssl_cert_reqs" in note for note in drafted(opened(tmp_path), redis="outside").notes)

"""From projects to the services that run them on Render."""

from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.render.blueprint.planning import repository_of
from tests.support.blueprints import plain
from tests.support.trees import lay_out
from tests.support.wanted import (
    CELERY,
    FASTAPI,
    QUEUE,
    SHOP,
    blueprint,
    demo,
    drafted,
    opened,
    service,
)

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("demo", {}),
        (
            "demo-full",
            {
                "name": "queue",
                "plan": "standard",
                "region": "frankfurt",
                "instances": 2,
                "flower": True,
                "redis": "outside",
                "deploy": "checksPass",
            },
        ),
    ],
)
def test_the_demo_gets_its_blueprint(
    name: str, asked: dict[str, object], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    blueprint(demo(tmp_path), **asked)
    text = drafted(opened(tmp_path / "demo"), **asked).after.text
    file = GOLDEN / f"{name}.yaml"
    if request.config.getoption("accept"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8"), "pytest --accept"


def test_no_web_application_means_no_web_service(tmp_path: Path) -> None:
    values = blueprint(tmp_path, QUEUE)
    assert [one["type"] for one in values["services"]] == ["worker", "keyvalue"]
    assert "no web application" in drafted(opened(tmp_path)).notes[0]


@pytest.mark.parametrize(
    ("file", "build", "start"),
    [
        ("uv.lock", "uv sync --frozen --no-dev", "uv run --no-sync celery -A tasks worker"),
        ("poetry.lock", "poetry install --only main --no-root", "poetry run celery -A tasks"),
        ("requirements.txt", "pip install -r requirements.txt", "celery -A tasks worker"),
    ],
)
def test_commands_are_those_of_the_projects_tool(
    file: str, build: str, start: str, tmp_path: Path
) -> None:
    values = blueprint(tmp_path, {"tasks.py": CELERY, file: "celery"})
    worker = service(values, "worker")
    assert worker["buildCommand"] == build
    assert worker["startCommand"].startswith(start)


def test_a_project_below_its_repository_has_a_root_directory(tmp_path: Path) -> None:
    lay_out(tmp_path, {f"backend/{name}": text for name, text in SHOP.items()})
    (tmp_path / ".git").mkdir()
    values = blueprint(tmp_path / "backend")
    worker, web = service(values, "worker"), service(values, "web")
    assert worker["rootDir"] == web["rootDir"] == "backend"
    assert worker["buildFilter"] == web["buildFilter"]
    assert worker["buildFilter"]["paths"] == ["backend/**"]


def test_flask_is_served_by_gunicorn_and_django_by_what_it_has(tmp_path: Path) -> None:
    flask = "from flask import Flask\napp = Flask(__name__)\n@app.route('/ping')\ndef p(): ...\n"
    files = {"tasks.py": CELERY, "app.py": flask, "requirements.txt": "celery\ngunicorn"}
    web = service(blueprint(tmp_path / "flask", files), "web")
    assert web["startCommand"] == "gunicorn app:app --bind 0.0.0.0:$PORT"
    assert web["healthCheckPath"] == "/ping"
    django = {
        "tasks.py": CELERY,
        "proj/__init__.py": "",
        "proj/asgi.py": "application = get_asgi_application()\n",
        "proj/wsgi.py": "application = get_wsgi_application()\n",
    }
    for package, command in (
        ("gunicorn", "gunicorn proj.wsgi:application --bind 0.0.0.0:$PORT"),
        ("uvicorn", "uvicorn proj.asgi:application --host 0.0.0.0 --port $PORT"),
    ):
        files = {**django, "requirements.txt": f"celery\n{package}"}
        web = service(blueprint(tmp_path / package, files), "web")
        assert web["startCommand"] == command
        assert "healthCheckPath" not in web


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("ALLOWED_HOSTS = []\n", True),
        ("import os\nALLOWED_HOSTS = [os.environ.get('RENDER_EXTERNAL_HOSTNAME')]\n", False),
        ("import os\nALLOWED_HOSTS = os.environ['ALLOWED_HOSTS'].split(',')\n", False),
    ],
)
def test_what_django_needs_more_is_told(settings: str, told: bool, tmp_path: Path) -> None:
    files = {
        **QUEUE,
        "proj/__init__.py": "",
        "proj/wsgi.py": "application = get_wsgi_application()\n",
        "proj/settings.py": settings,
    }
    notes = drafted(opened(tmp_path, files)).notes
    assert any("manage.py migrate" in note for note in notes)
    assert any("ALLOWED_HOSTS does not have" in note for note in notes) is told


def test_what_is_started_and_not_installed_is_told(tmp_path: Path) -> None:
    files = {"tasks.py": CELERY, "main.py": FASTAPI, "requirements.txt": "fastapi"}
    notes = drafted(opened(tmp_path, files), flower=True).notes
    missing = [note.split()[0] for note in notes if "is not in" in note]
    assert missing == ["uvicorn", "flower", "celery"]


def test_a_schedule_makes_one_beat(tmp_path: Path) -> None:
    code = CELERY + "app.conf.beat_schedule = {'a': {}}\n"
    beat = service(blueprint(tmp_path, {**QUEUE, "tasks.py": code}, web_plan="free"), "beat")
    assert (beat["type"], beat["numInstances"], beat["plan"]) == ("worker", 1, "starter")
    assert beat["startCommand"].startswith("celery -A tasks beat --loglevel=info -s /tmp/")


def test_two_apps_are_told_with_their_folders(tmp_path: Path) -> None:
    files = {f"{name}/{file}": text for name in ("mail", "shop") for file, text in QUEUE.items()}
    with pytest.raises(FleetError) as caught:
        drafted(opened(tmp_path, files))
    error = caught.value
    assert "two Celery apps" in error.what and str(tmp_path / "mail") in error.what
    assert error.exit_code == USAGE and "render blueprint" in error.fix


def test_each_of_two_apps_gets_services_of_its_own_in_one_file(tmp_path: Path) -> None:
    files = {f"{name}/{file}": text for name in ("mail", "shop") for file, text in QUEUE.items()}
    lay_out(tmp_path, files)
    (tmp_path / ".git").mkdir()
    for name in ("mail", "shop"):
        draft = drafted(opened(tmp_path / name))
        draft.file.write_text(draft.after.text)
    values = plain((tmp_path / "render.yaml").read_text())
    workers = [one for one in values["services"] if one["type"] == "worker"]
    assert [(one["name"], one["rootDir"]) for one in workers] == [
        ("mail-worker", "mail"),
        ("shop-worker", "shop"),
    ]
    assert not drafted(opened(tmp_path / "mail")).changes
    assert not drafted(opened(tmp_path / "shop")).changes


def test_a_project_without_a_list_of_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="which packages it needs"):
        drafted(opened(tmp_path, {"tasks.py": CELERY}))


def test_the_repository_is_the_nearest_folder_with_git(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a/b/c.py": "", "a/.git": "gitdir: elsewhere"})
    assert repository_of(tmp_path / "a/b") == tmp_path / "a"

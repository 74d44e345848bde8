"""The web service of a project, found in its code."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.render.web import Protocol, WebApp, find_web_apps
from core.rows.declared import DeclaredRow
from tests.support.trees import lay_out

FASTAPI = 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/health")\ndef h(): ...\n'
FLASK = """\
from flask import Flask
def create_app(config=None):
    app = Flask(__name__)
    @app.route("/up")
    def up(): ...
    return app
"""
DJANGO = {
    "manage.py": "",
    "proj/__init__.py": "",
    "proj/settings.py": 'ROOT_URLCONF = "proj.urls"\n',
    "proj/urls.py": 'urlpatterns = [path("healthz/", x)]\n',
    "proj/asgi.py": """\
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proj.settings")
        application = get_asgi_application()
        """,
    "proj/wsgi.py": """\
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proj.settings")
        application = get_wsgi_application()
        """,
}


def apps(folder: Path, files: Mapping[str, str], *rows: DeclaredRow) -> tuple[WebApp, ...]:
    lay_out(folder, files)
    return find_web_apps(folder, sorted(folder.rglob("*.py")), rows)


def test_fastapi_is_served_by_uvicorn_on_all_addresses_at_the_port_of_render(
    tmp_path: Path,
) -> None:
    (app,) = apps(tmp_path, {"main.py": FASTAPI})
    assert (app.protocol, app.health, app.where) == (
        Protocol.ASGI,
        "/health",
        f"{tmp_path / 'main.py'}:2",
    )
    assert app.command == "uvicorn main:app --host 0.0.0.0 --port $PORT"


def test_a_factory_of_fastapi_is_one_for_uvicorn(tmp_path: Path) -> None:
    text = "def make():\n    app = FastAPI()\n    return app\n"
    (app,) = apps(tmp_path, {"main.py": text})
    assert app.command == "uvicorn main:make --factory --host 0.0.0.0 --port $PORT"


def test_a_factory_of_flask_is_called(tmp_path: Path) -> None:
    (app,) = apps(tmp_path, {"shop/__init__.py": FLASK})
    assert (app.module, app.factory, app.health) == ("shop", True, "/up")
    assert app.command == "gunicorn 'shop:create_app()' --bind 0.0.0.0:$PORT"


def test_a_factory_that_wants_arguments_is_none(tmp_path: Path) -> None:
    text = FLASK.replace("config=None", "config")
    assert apps(tmp_path, {"app.py": text}) == ()


def test_django_has_two_and_their_paths_come_from_its_settings(tmp_path: Path) -> None:
    asgi, wsgi = apps(tmp_path, DJANGO)
    assert (asgi.module, asgi.protocol, asgi.health) == (
        "proj.asgi",
        Protocol.ASGI,
        "/healthz/",
    )
    assert (wsgi.module, wsgi.protocol) == ("proj.wsgi", Protocol.WSGI)


def test_the_one_that_a_row_starts_comes_first(tmp_path: Path) -> None:
    files = {"main.py": FASTAPI, "other/site.py": FASTAPI.replace("app", "site")}
    row = DeclaredRow("web", "uvicorn other.site:site --reload")
    assert [app.module for app in apps(tmp_path, files, row)] == ["other.site", "main"]


@pytest.mark.parametrize("text", ["", "app = FastAPI(\n", "x = 1  # FastAPI(\n"])
def test_a_project_without_any_has_none(text: str, tmp_path: Path) -> None:
    assert apps(tmp_path, {"main.py": text}) == ()

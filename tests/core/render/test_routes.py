"""Paths that an application surely answers, read from its code."""

from pathlib import Path

import pytest

from core.render.routes import django_routes, health_path, parsed, routes_of
from tests.support.trees import lay_out

FASTAPI = {
    "main.py": """\
        from fastapi import FastAPI
        from api import users
        from api.health import router as health_router
        from settings import PREFIX
        app = FastAPI()
        @app.get("/")
        def root(): ...
        @app.post("/posted")
        def posted(): ...
        @app.get("/items/{item}")
        def item(item): ...
        @app.api_route("/both", methods=["POST", "GET"])
        def both(): ...
        app.add_api_route("/added", root)
        app.include_router(health_router, prefix="/v1")
        app.include_router(users.router)
        app.include_router(health_router, prefix=PREFIX)
        """,
    "api/__init__.py": "",
    "api/health.py": """\
        from fastapi import APIRouter
        router = APIRouter(prefix="/sys", tags=["x"])
        @router.get("/health")
        async def health(): ...
        """,
    "api/users.py": """\
        from fastapi import APIRouter
        from .deep import inner
        from . import health
        router = APIRouter()
        @router.get("/users")
        def users(): ...
        router.include_router(inner, prefix="/deep")
        router.include_router(health.router, prefix="/again")
        """,
    "api/deep.py": """\
        from fastapi import APIRouter
        inner = APIRouter()
        @inner.get("")
        def all(): ...
        """,
}


def test_fastapi_routers_are_followed_over_modules(tmp_path: Path) -> None:
    lay_out(tmp_path, FASTAPI)
    assert routes_of(tmp_path / "main.py", "app", tmp_path) == {
        *("/", "/both", "/added", "/users", "/deep"),
        *("/v1/sys/health", "/again/sys/health"),
    }


def test_the_prefix_that_flask_registers_replaces_the_blueprints_own(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "app.py": """\
                from flask import Flask
                from views import one, two
                def create_app():
                    app = Flask(__name__)
                    app.register_blueprint(one, url_prefix="/new")
                    app.register_blueprint(two)
                    @app.route("/healthz")
                    def health(): ...
                    @app.route("/form", methods=["POST"])
                    def form(): ...
                    return app
                """,
            "views.py": """\
                from flask import Blueprint
                one = Blueprint("one", __name__, url_prefix="/old")
                two = Blueprint("two", __name__, url_prefix="/two")
                @one.route("/a")
                def a(): ...
                @two.get("/b/<int:id>")
                def b(id): ...
                @two.get("/c")
                def c(): ...
                """,
        },
    )
    assert routes_of(tmp_path / "app.py", "app", tmp_path) == {"/new/a", "/two/c", "/healthz"}


def test_starlette_routes_and_mounts_are_read(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "main.py": """\
                from starlette.applications import Starlette
                inner = Starlette(routes=[Route("/up", x)])
                app = Starlette(routes=[Route("/ping", x), Route("/p", x, methods=["POST"])])
                app.mount("/in", inner)
                app.mount("/static", StaticFiles(directory="static"))
                """
        },
    )
    assert routes_of(tmp_path / "main.py", "app", tmp_path) == {"/ping", "/in/up"}


def test_routers_that_include_each_other_come_to_an_end(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "main.py": """\
                app = APIRouter()
                app.include_router(app)
                @app.get("/a")
                def a(): ...
                """
        },
    )
    assert routes_of(tmp_path / "main.py", "app", tmp_path) == {"/a"}


def test_djangos_urls_are_followed(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "proj/urls.py": """\
                urlpatterns = [
                    path("admin/", admin.site.urls),
                    path("health/", lambda r: x),
                    path("api/", include("shop.urls")),
                    path("<slug:s>/", view),
                    re_path(r"^x$", view),
                ]
                """,
            "shop/urls.py": "urlpatterns = [path('', index), path('carts/', carts)]\n",
        },
    )
    found = django_routes(tmp_path / "proj/urls.py", tmp_path)
    assert found == {"/admin/", "/health/", "/api/", "/api/carts/"}


@pytest.mark.parametrize(
    ("paths", "health"),
    [
        ({"/", "/api/health", "/health", "/ping"}, "/health"),
        ({"/status", "/v1/ping/"}, "/v1/ping/"),
        ({"/", "/users"}, "/"),
        ({"/users"}, None),
        (set[str](), None),
    ],
)
def test_the_best_path_for_a_health_check_is_taken(paths: set[str], health: str | None) -> None:
    assert health_path(frozenset(paths)) == health


def test_what_is_no_python_has_no_routes(tmp_path: Path) -> None:
    lay_out(tmp_path, {"main.py": "app = FastAPI(\n"})
    assert parsed(tmp_path / "main.py") is None
    assert parsed(tmp_path / "gone.py") is None
    assert routes_of(tmp_path / "main.py", "app", tmp_path) == frozenset()

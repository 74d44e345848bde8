"""Which files the web service runs, and which the worker."""

from pathlib import Path

from core.project.tree import look_around
from core.render.variables.users import users_of
from tests.support.projects import project
from tests.support.trees import lay_out

SHOP = {
    "shop/__init__.py": "",
    "shop/queue.py": """
        from celery import Celery
        from shop import settings
        app = Celery("shop", include=["shop.jobs.mail"])
        """,
    "shop/settings.py": "",
    "shop/jobs/__init__.py": "",
    "shop/jobs/mail.py": "from . import smtp",
    "shop/jobs/smtp.py": "",
    "main.py": """
        from fastapi import FastAPI
        from shop.web import router
        app = FastAPI()
        """,
    "shop/web.py": "from shop.settings import x",
    "tool.py": "import shop.jobs.mail",
}


def users(folder: Path, app: str, files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    tree = look_around(lay_out(folder, files))
    found = users_of(project(folder, app), tree)
    return {file.relative_to(folder).as_posix(): found.of(file) for file in tree.python}


def test_imports_and_lists_of_task_modules_are_followed(tmp_path: Path):
    assert users(tmp_path, "shop.queue", SHOP) == {
        "main.py": ("web",),
        "tool.py": (),
        "shop/__init__.py": ("web", "worker"),
        "shop/queue.py": ("worker",),
        "shop/settings.py": ("web", "worker"),
        "shop/web.py": ("web",),
        "shop/jobs/__init__.py": ("worker",),
        "shop/jobs/mail.py": ("worker",),
        "shop/jobs/smtp.py": ("worker",),
    }


def test_modules_of_tasks_that_celery_finds_itself_belong_to_the_worker(tmp_path: Path):
    files = {
        "shop/__init__.py": "",
        "shop/celery.py": "from celery import Celery\napp = Celery()\napp.autodiscover_tasks()",
        "orders/__init__.py": "",
        "orders/tasks.py": "",
    }
    found = users(tmp_path, "shop", files)
    assert found["orders/tasks.py"] == ("worker",)


def test_a_project_without_a_web_application_has_no_web_files(tmp_path: Path):
    found = users(tmp_path, "jobs", {"jobs.py": "from celery import Celery\napp = Celery()"})
    assert found == {"jobs.py": ("worker",)}

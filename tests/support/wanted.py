"""Opens small projects as `render blueprint` does, without asking an interpreter."""

import shutil
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.places import RESOURCES
from core.project.opening import Project, open_project
from core.render.blueprint.drafting import Draft, draft_blueprint
from core.render.choices import Choices
from core.wishes import Wishes
from tests.support.blueprints import plain, render_schema
from tests.support.trees import lay_out

CELERY = "from celery import Celery\napp = Celery()\n"
FASTAPI = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/health')\ndef h(): ...\n"
QUEUE = {"tasks.py": CELERY, "requirements.txt": "celery[redis]\nuvicorn\nflower\n"}
"""A project of tasks alone, with a list of packages."""
SHOP = {**QUEUE, "main.py": FASTAPI}
"""The same with a web application."""


def demo(folder: Path) -> Path:
    """A copy of the demo, in a repository of its own."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(RESOURCES / "demo", folder / "demo", ignore=ignore)
    (folder / "demo" / ".git").mkdir()
    return folder / "demo"


def opened(folder: Path, files: Mapping[str, str] | None = None, **more: str) -> Project:
    """The project in a folder, where these files are laid out first; it is a repository."""
    lay_out(folder, files or {})
    if not any((above / ".git").exists() for above in (folder, *folder.parents)):
        (folder / ".git").mkdir()
    return open_project(folder, python=sys.executable, environ={}, **more)


def drafted(project: Project, *, wishes: Wishes | None = None, **asked: object) -> Draft:
    """The draft for these choices, by the keys of `Choices`, on Python 3.13.5."""
    choices = Choices(**asked)  # type: ignore[arg-type]
    return draft_blueprint(project, wishes or Wishes(), {}, choices, "3.13.5")


def blueprint(folder: Path, files: Mapping[str, str] | None = None, **asked: object) -> Any:
    """The values of the Blueprint of a project, in which nothing may be wrong."""
    draft = drafted(opened(folder, files), **asked)
    assert draft.faults == ()
    values = plain(draft.after.text)
    if render_schema() is not None and find_spec("jsonschema"):  # not on Windows
        jsonschema = import_module("jsonschema")
        jsonschema.Draft202012Validator(render_schema()).validate(values)
    return values


def service(values: Any, name: str) -> Any:
    """The first service whose name ends so."""
    return next(one for one in values["services"] if one["name"].endswith(name))


def keys(service: Any) -> list[str]:
    """The names of its variables; empty for a group."""
    return [one.get("key", "") for one in service["envVars"]]

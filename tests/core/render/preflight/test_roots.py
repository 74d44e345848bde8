"""What starts in a root directory, and what that imports."""

from pathlib import Path

import pytest

from core.render.preflight.graph import layout
from core.render.preflight.roots import app_files
from tests.support.preflight import CLEAN, picture

PATHS = ("proj/__init__.py", "proj/celery.py", "proj/app.py")


@pytest.mark.parametrize(
    ("app", "files"),
    [
        ("proj", ("proj/__init__.py", "proj/celery.py")),
        ("proj.app", ("proj/__init__.py", "proj/app.py")),
        ("proj.app:celery", ("proj/__init__.py", "proj/app.py")),
        ("proj.app.celery", ("proj/__init__.py", "proj/app.py")),
        ("other", ()),
        ("other:app", ()),
    ],
)
def test_the_files_of_an_app_are_those_that_celery_imports(
    app: str, files: tuple[str, ...]
) -> None:
    assert app_files(app, layout(PATHS, [""])) == files


def test_a_root_knows_what_its_worker_and_its_web_service_import(tmp_path: Path) -> None:
    (root,) = picture(CLEAN, tmp_path).roots
    assert (root.apps, root.found) == (("proj.app",), ("proj.app",))
    assert root.worker.certain == {"proj/__init__.py", "proj/app.py", "proj/tasks.py"}
    assert root.web.certain == {"main.py", *root.worker.certain}
    assert root.known
    assert root.runs_python


def test_where_nothing_is_known_to_start_all_code_is_likely_and_none_certain(
    tmp_path: Path,
) -> None:
    files = {path: text for path, text in CLEAN.items() if path.endswith(".py")}
    (root,) = picture(files, tmp_path).roots
    assert not root.known
    assert root.likely == set(files)
    assert root.certain == frozenset()
    assert root.runs_python


def test_cd_in_a_command_is_followed(tmp_path: Path) -> None:
    command = "cd backend && celery -A proj.app worker -c 1"
    render = "services:\n  - type: worker\n    name: w\n    runtime: python\n    startCommand: "
    files = {f"backend/{path}": text for path, text in CLEAN.items() if path.startswith("proj")}
    (root,) = picture({**files, "render.yaml": f"{render}{command}\n"}, tmp_path).roots
    assert root.path == ""
    assert root.found == ("proj.app",)


def test_each_root_has_the_python_of_its_own_services(tmp_path: Path) -> None:
    front = """\
  - type: web
    name: front
    runtime: python
    rootDir: front
    startCommand: uvicorn app:app
    envVars: [{key: PYTHON_VERSION, value: "3.9.1"}]
  - type: keyvalue"""
    text = CLEAN["render.yaml"].replace("  - type: keyvalue", front, 1)
    pins = {
        root.path: root.pin.version
        for root in picture({**CLEAN, "render.yaml": text}, tmp_path).roots
    }
    assert pins == {"": "3.13", "front": "3.9.1"}

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.project.modules import (
    Found,
    celery_name,
    find_module,
    first_above_packages,
    module_name,
    working_folder,
)
from core.project.source import read_source

CELERY = "from celery import Celery\n"


def folder_of(root: Path, file: str) -> str:
    source = read_source(root / file)
    return working_folder(root / file, root, source.dotted).relative_to(root).as_posix()


@pytest.mark.parametrize(
    ("files", "file", "expected"),
    [
        ({"a/celery_queue/__init__.py": ""}, "a/celery_queue/celery_app.py", "a"),
        ({"backend/main.py": ""}, "backend/celery_queue/celery_app.py", "backend"),
        ({"backend/requirements.txt": ""}, "backend/celery_queue/celery_app.py", "backend"),
        ({"worker/requirements.txt": "", "main.py": ""}, "worker/app.py", "worker"),
        ({}, "worker/app.py", "worker"),
        ({}, "app.py", "."),
        ({"manage.py": "", "proj/__init__.py": ""}, "proj/celery.py", "."),
        ({}, "proj/celery.py", "."),
        ({"src/proj/__init__.py": "", "pyproject.toml": ""}, "src/proj/celery.py", "src"),
        ({"main.py": ""}, "my app/celery_queue/tasks.py", "my app/celery_queue"),
    ],
)
def test_an_app_runs_from_above_its_package_or_where_the_project_starts(
    plant: Callable[..., Path], files: dict[str, str], file: str, expected: str
) -> None:
    root = plant({file: CELERY, **files})

    assert folder_of(root, file) == expected


@pytest.mark.parametrize(
    "line",
    ["import jobs.tasks", "x = 'jobs.tasks'", "x = {'jobs.tasks.add': 1}", "x = ['jobs.tasks.*']"],
)
def test_the_modules_that_a_file_names_tell_its_working_folder(
    plant: Callable[..., Path], line: str
) -> None:
    root = plant({"a/jobs/queue.py": CELERY + line, "a/jobs/tasks.py": ""})

    assert folder_of(root, "a/jobs/queue.py") == "a"


def test_imports_beat_a_stray_init_file(plant: Callable[..., Path]) -> None:
    files = {"backend/__init__.py": "", "backend/app/__init__.py": "", "backend/app/config.py": ""}
    code = CELERY + "from app.config import settings\n"
    root = plant({"backend/app/celery_app.py": code, **files})

    assert folder_of(root, "backend/app/celery_app.py") == "backend"


def test_modules_of_the_library_and_of_python_tell_nothing(plant: Callable[..., Path]) -> None:
    code = "import celery, logging.config\nfrom celery import Celery\n"
    files = {"a/jobs/celery.py": "", "a/jobs/logging/config.py": "", "a/main.py": ""}
    root = plant({"a/jobs/app.py": code, **files})

    assert folder_of(root, "a/jobs/app.py") == "a"


@pytest.mark.parametrize("shared", ["a/shared.py", "a/shared/__init__.py"])
def test_an_imported_module_tells_the_folder(plant: Callable[..., Path], shared: str) -> None:
    root = plant({"a/jobs/app.py": CELERY + "import shared", shared: ""})

    assert folder_of(root, "a/jobs/app.py") == "a"


def test_someone_who_opens_the_package_itself_runs_from_above_it(
    plant: Callable[..., Path],
) -> None:
    root = plant({"proj/__init__.py": "", "proj/celery.py": CELERY, "bare/celery.py": CELERY})

    for package in ("proj", "bare"):
        assert working_folder(root / package / "celery.py", root / package, ()) == root


def test_the_first_folder_above_packages_has_no_init_file(plant: Callable[..., Path]) -> None:
    root = plant({"a/b/__init__.py": "", "a/b/c/__init__.py": "", "a/b/c/d.py": ""})

    assert first_above_packages(root / "a/b/c/d.py") == root / "a"


@pytest.mark.parametrize(
    ("file", "name"),
    [("a/b.py", "a.b"), ("a/__init__.py", "a"), ("b.py", "b"), ("__init__.py", "__init__")],
)
def test_a_file_has_a_dotted_name(tmp_path: Path, file: str, name: str) -> None:
    assert module_name(tmp_path / file, tmp_path) == name


@pytest.mark.parametrize(
    ("app", "file", "attr"),
    [
        ("proj", "proj/__init__.py", None),
        ("proj.celery", "proj/celery.py", None),
        ("proj.celery:app", "proj/celery.py", "app"),
        ("proj.celery.app", "proj/celery.py", "app"),
        ("bare", "bare/celery.py", None),
        ("main", "main.py", None),
        ("main.queue", "main.py", "queue"),
    ],
)
def test_an_app_is_found_in_each_form_that_celery_takes(
    plant: Callable[..., Path], app: str, file: str, attr: str | None
) -> None:
    names = ("proj/__init__.py", "proj/celery.py", "bare/celery.py", "main.py")
    root = plant(dict.fromkeys(names, ""))

    assert find_module(app, root) == Found(root / file, attr)


@pytest.mark.parametrize("app", ["gone", "gone.app", "gone:app", "main.a:app"])
def test_an_app_that_is_not_there_is_not_found(plant: Callable[..., Path], app: str) -> None:
    assert find_module(app, plant({"main.py": ""})) is None


OTHERS = {"web.py": "app = q = queue = object()", "x.py": "celery = celery_app = object()"}
NAMED = [
    # What Celery picks by itself gets the short form.
    ({"m/celery_app.py": "celery_app = Celery()"}, "m/celery_app.py", "celery_app", "m.celery_app"),
    ({"m.py": "app = Celery()"}, "m.py", "app", "m"),
    ({"m.py": "celery = Celery()"}, "m.py", "celery", "m"),
    ({"m.py": "import celery\nqueue = celery.Celery()"}, "m.py", "queue", "m"),
    ({"m/celery.py": "app = Celery()", "m/__init__.py": ""}, "m/celery.py", "app", "m"),
    ({"m/celery.py": "app = Celery()"}, "m/celery.py", "app", "m"),
    (
        {"m/celery.py": "app = Celery()", "m/__init__.py": "from .celery import app as celery_app"},
        "m/celery.py",
        "app",
        "m",
    ),
    (
        {"m/celery.py": "app = Celery()", "m/__init__.py": "from m.celery import app"},
        "m/celery.py",
        "app",
        "m",
    ),
    ({"m/__init__.py": "app = Celery()"}, "m/__init__.py", "app", "m"),
    ({"m/app.py": "app = Celery()", "m/__init__.py": ""}, "m/app.py", "app", "m.app"),
    (
        {"m/q.py": "app = Celery()", "m/__init__.py": "from .q import app as q"},
        "m/q.py",
        "app",
        "m.q",
    ),
    (
        {"m/celery.py": "app = Celery()", "m/__init__.py": "app = object()"},
        "m/celery.py",
        "app",
        "m.celery",
    ),
    # Where it would pick something else, the attribute is named.
    ({"m.py": "app = object()\ncelery = Celery()"}, "m.py", "celery", "m:celery"),
    ({"m.py": "from web import app\nqueue = Celery()"}, "m.py", "queue", "m:queue"),
    ({"m.py": "from web import *\nqueue = Celery()"}, "m.py", "queue", "m:queue"),
    ({"m.py": "celery = app = Celery()"}, "m.py", "celery", "m:celery"),
    ({"m.py": "one = Celery()\ntwo = Celery()"}, "m.py", "two", "m:two"),
    ({"m.py": "from x import celery\nqueue = Celery()"}, "m.py", "queue", "m:queue"),
    ({"m.py": "from x import celery_app\nqueue = Celery()"}, "m.py", "queue", "m:queue"),
    (
        {"m/q.py": "app = Celery()", "m/__init__.py": "from web import q"},
        "m/q.py",
        "app",
        "m.q:app",
    ),
    (
        {"m/__init__.py": "queue = Celery()", "m/celery.py": "x = 1"},
        "m/__init__.py",
        "queue",
        "m:queue",
    ),
    ({"m/celery.py": "a = Celery()\nb = Celery()"}, "m/celery.py", "b", "m.celery:b"),
]


@pytest.mark.parametrize(("files", "file", "attr", "name"), NAMED)
def test_the_shortest_name_that_means_this_app_is_given(
    plant: Callable[..., Path], files: dict[str, str], file: str, attr: str, name: str
) -> None:
    root = plant({path: CELERY + code + "\n" for path, code in files.items()})

    assert celery_name(root / file, attr, root, read_source(root / file)) == name


FIND = """
import importlib, json, sys
from celery.app.utils import find_app

for root, module, attr, name in json.load(sys.stdin):
    sys.path.insert(0, root)
    found = find_app(name)
    if found is not getattr(importlib.import_module(module), attr):
        print(root, name, found)
    sys.path.remove(root)
    for loaded in [key for key in sys.modules if key.partition(".")[0] in ("m", "web", "x")]:
        del sys.modules[loaded]
    importlib.invalidate_caches()
"""


def test_celery_itself_finds_the_app_under_each_name(plant: Callable[..., Path]) -> None:
    asked: list[tuple[str, str, str, str]] = []
    for number, (files, file, attr, name) in enumerate(NAMED):
        texts = {path: CELERY + code + "\n" for path, code in files.items()}
        root = plant(texts | OTHERS, f"project{number}")
        asked.append((str(root), module_name(root / file, root), attr, name))

    done = subprocess.run(
        [sys.executable, "-c", FIND],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.stdout, done.stderr) == ("", "")

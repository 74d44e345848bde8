from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from core.project.source import read_source
from core.project.task_modules import task_modules

APP = "from celery import Celery\n\ncelery_app = Celery('worker')\n"
IMPORT = "from app.core.celery_app import celery_app\n\n"
TASK = "@celery_app.task\ndef add(x, y): ...\n\n"
OPTIONS = "@celery_app.task(acks_late=True)\ndef late(x, y): ...\n\n"
# The layout of the FastAPI template that many have started from.
TEMPLATE = {
    "app/__init__.py": "",
    "app/core/__init__.py": "",
    "app/core/celery_app.py": APP,
    "app/main.py": IMPORT + "celery_app.send_task('app.worker.add')\n",
    "app/worker.py": IMPORT + TASK + OPTIONS,
}
Plant = Callable[..., Path]


def named(root: Path, file: str = "app/core/celery_app.py") -> list[tuple[str, int]]:
    sources = {path: read_source(path) for path in sorted(root.rglob("*.py"))}
    (mention,) = sources[root / file].apps
    return [(one.app, one.tasks) for one in task_modules(root / file, mention, root, sources)]


def test_the_module_that_has_the_tasks_is_the_one_to_name(plant: Plant) -> None:
    assert named(plant(TEMPLATE)) == [("app.worker:celery_app", 2)]


def test_of_several_the_one_with_most_tasks_comes_first(plant: Plant) -> None:
    root = plant({**TEMPLATE, "app/a.py": IMPORT + TASK, "app/b.py": IMPORT + 3 * TASK})

    assert [app for app, _ in named(root)] == [
        "app.b:celery_app",
        "app.worker:celery_app",
        "app.a:celery_app",
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from .core.celery_app import celery_app", "celery_app"),
        ("from app.core.celery_app import celery_app as queue", "queue"),
        ("from app.core import celery_app", "celery_app"),  # which the package passes on
    ],
)
def test_the_app_is_known_however_it_is_imported(line: str, name: str, plant: Plant) -> None:
    files = {
        **TEMPLATE,
        "app/core/__init__.py": "from .celery_app import celery_app\n",
        "app/worker.py": f"{line}\n@{name}.task\ndef add(x, y): ...\n",
    }

    assert named(plant(files)) == [(f"app.worker:{name}", 1)]


@pytest.mark.parametrize(
    "files",
    [
        {"app/core/celery_app.py": APP + TASK},
        {"app/core/celery_app.py": APP + "celery_app.autodiscover_tasks(['app'])\n"},
        {"app/core/celery_app.py": APP + "celery_app.conf.imports = ['app.worker']\n"},
        {"app/core/celery_app.py": APP + "celery_app.config_from_object('app.settings')\n"},
        {"app/core/celery_app.py": APP.replace("'worker'", "'worker', include=MODULES")},
        {"app/core/celery_app.py": APP + "import app.worker\n"},
        {"app/core/celery_app.py": APP + "from ..worker import add\n"},
        {"app/core/celery_app.py": APP + "from .. import worker\n"},
        {"app/core/__init__.py": "from app import worker\nfrom app.worker import add\n"},
    ],
)
def test_an_app_that_loads_its_tasks_is_named_itself(
    files: Mapping[str, str], plant: Plant
) -> None:
    assert named(plant({**TEMPLATE, **files})) == []


@pytest.mark.parametrize(
    "worker",
    [
        "from elsewhere import celery_app\n" + TASK,
        "from app.core.celery_app import other as celery_app\n" + TASK,
        "from . import celery_app\n" + TASK,
        "import app.core.celery_app as celery_app\n" + TASK,
        "celery_app = connect()\n" + TASK,
        IMPORT + "@celery_app.on_after_configure.connect\ndef add(sender): ...\n",
        IMPORT + "@task\ndef add(x, y): ...\n",
    ],
)
def test_tasks_of_something_else_do_not_count(worker: str, plant: Plant) -> None:
    assert named(plant({**TEMPLATE, "app/worker.py": worker})) == []


def test_packages_that_pass_a_name_around_in_a_circle_lead_nowhere(plant: Plant) -> None:
    files = {
        **TEMPLATE,
        "app/a.py": "from app.b import celery_app\n",
        "app/b.py": "from app.a import celery_app\n",
        "app/worker.py": "from app.a import celery_app\n" + TASK,
    }

    assert named(plant(files)) == []

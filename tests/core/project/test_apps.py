from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.project.apps import GIVEN, AppCandidate, find_apps, given_app
from core.project.tree import look_around
from core.settings import Settings

APP = "from celery import Celery\n\napp = Celery('x')\n"
GUIDE = {
    "backend/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
    "backend/requirements.txt": "celery\nredis\nflower\n",
    "backend/celery_queue/__init__.py": "",
    "backend/celery_queue/celery_app.py": (
        "import os\nfrom celery import Celery\n\n"
        "celery_app = Celery('agensium', include=['celery_queue.tasks'])\n"
    ),
    "backend/celery_queue/tasks.py": (
        "from celery_queue.celery_app import celery_app\n\n@celery_app.task\ndef add(x, y): ...\n"
    ),
    "frontend/package.json": "{}",
}
DJANGO = {
    "manage.py": "",
    "shop/__init__.py": "from .celery import app as celery_app\n\n__all__ = ('celery_app',)\n",
    "shop/settings.py": "CELERY_BROKER_URL = 'redis://'\n",
    "shop/celery.py": (
        "import os\nfrom celery import Celery\n\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "app = Celery('shop')\napp.autodiscover_tasks()\n"
    ),
}


def found_in(root: Path, *, workdir: Path | None = None, **environ: str) -> list[AppCandidate]:
    return list(find_apps(look_around(root), Settings(), environ, workdir))


def test_the_layout_of_the_guide_is_found_a_level_down(plant: Callable[..., Path]) -> None:
    root = plant(GUIDE)

    (one,) = found_in(root)

    assert (one.app, one.workdir) == ("celery_queue.celery_app", root / "backend")
    assert (one.file, one.line) == (root / "backend/celery_queue/celery_app.py", 4)
    assert one.why == "celery_app is made by Celery(…), in a file named celery_app.py"


def test_the_layout_of_the_guide_is_found_without_init_files(plant: Callable[..., Path]) -> None:
    root = plant({path: text for path, text in GUIDE.items() if not path.endswith("__init__.py")})

    (one,) = found_in(root)

    assert (one.app, one.workdir) == ("celery_queue.celery_app", root / "backend")


def test_a_django_project_is_named_by_its_package(plant: Callable[..., Path]) -> None:
    root = plant(DJANGO)

    (one,) = found_in(root)

    assert (one.app, one.workdir, one.line) == ("shop", root, 5)
    assert "its package exports it" in one.why


def test_an_app_that_a_flask_extension_carries_is_found_beside_the_web_app(
    plant: Callable[..., Path],
) -> None:
    carried = "from project import create_app, ext\n\napp = create_app()\ncelery = ext.celery\n"
    root = plant(
        {
            "app.py": carried,
            "celery_app.py": carried,
            "project/__init__.py": "from flask_celeryext import FlaskCeleryExt\next = Flask()\n",
        }
    )

    assert [one.app for one in found_in(root)] == ["celery_app:celery", "app:celery"]


def test_an_app_that_loads_no_tasks_is_started_by_a_module_that_has_them(
    plant: Callable[..., Path],
) -> None:
    task = "from proj.core import app\n@app.task\ndef add(): ...\n"
    files = {"__init__.py": "", "core.py": APP, "jobs.py": task * 2, "more.py": task}
    root = plant({f"proj/{name}": text for name, text in files.items()})

    (one,) = found_in(root)

    assert (one.app, one.file, one.line) == ("proj.jobs:app", root / "proj/core.py", 3)
    assert one.why.endswith(", and jobs.py has its tasks, as has proj.more:app")


def test_names_with_spaces_and_other_letters_are_no_trouble(plant: Callable[..., Path]) -> None:
    files = {f"mein büro/{path}": text for path, text in GUIDE.items()}
    root = plant({**files, "mein büro/backend/aufgäben.py": APP}, "Prüf 项目")

    names = {one.app for one in found_in(root)}

    assert names == {"celery_queue.celery_app", "aufgäben"}
    assert found_in(root)[0].workdir == root / "mein büro/backend"


def test_crlf_and_a_byte_order_mark_are_no_trouble(plant: Callable[..., Path]) -> None:
    root = plant({"tasks.py": b"\xef\xbb\xbf" + APP.replace("\n", "\r\n").encode()})

    assert [(one.app, one.line) for one in found_in(root)] == [("tasks", 3)]


def test_of_several_the_likeliest_comes_first(plant: Callable[..., Path]) -> None:
    root = plant(
        {
            "proj/__init__.py": "from .celery import app\n",
            "proj/celery.py": APP,
            "worker.py": "from celery import Celery\nqueue = Celery()\n",
            "factory.py": "from elsewhere import make_celery\ncelery = make_celery()\n",
            "examples/celery_app.py": APP,
            "half.py": "from celery import Celery\napp = Celery('x'\ndef\n",
        }
    )

    assert [one.app for one in found_in(root)] == [
        "proj",
        "worker",
        "celery_app",
        "factory",
        "half",
    ]


def test_equal_ones_keep_the_same_order(plant: Callable[..., Path]) -> None:
    root = plant({"b.py": APP, "a.py": APP, "c.py": APP})

    assert [one.app for one in found_in(root)] == ["a", "b", "c"]


def test_a_procfile_beats_what_the_code_suggests(plant: Callable[..., Path]) -> None:
    root = plant(
        {**GUIDE, "backend/other.py": APP, "backend/Procfile": "w: celery -A other worker"}
    )

    first, second = found_in(root)

    assert (first.app, first.workdir, first.line) == ("other", root / "backend", 3)
    assert first.why == (
        f"named by the command in {root / 'backend/Procfile'}:1; app is made by Celery(…)"
    )
    assert second.app == "celery_queue.celery_app"


def test_a_declaration_of_nothing_that_is_here_comes_last(plant: Callable[..., Path]) -> None:
    root = plant({"tasks.py": APP})

    first, second = found_in(root, CELERY_APP="installed.app")

    assert first.app == "tasks"
    assert (second.app, second.file) == ("installed.app", None)
    assert "so it must be installed" in second.why


def test_a_working_directory_that_is_set_limits_the_search(plant: Callable[..., Path]) -> None:
    root = plant({"tasks.py": APP, "a/b/tasks.py": APP, "a/Procfile": "w: celery -A tasks worker"})

    found = found_in(root, workdir=root / "a")

    # The command is tried in that folder, which has no module of that name.
    assert [(one.app, one.workdir) for one in found] == [
        ("b.tasks", root / "a"),
        ("tasks", root / "a"),
    ]


def test_an_app_that_was_named_wins_wherever_it_is(plant: Callable[..., Path]) -> None:
    root = plant({**GUIDE, "tasks.py": APP})

    one = given_app("celery_queue.celery_app:celery_app", "-A", look_around(root), None)

    assert (one.app, one.workdir) == ("celery_queue.celery_app:celery_app", root / "backend")
    assert (one.line, one.score) == (4, GIVEN)
    assert one.why == "named by -A; celery_app is made by Celery(…)"


def test_of_modules_of_one_name_the_one_that_makes_an_app_is_meant(
    plant: Callable[..., Path],
) -> None:
    root = plant({"a/tasks.py": "", "b/tasks.py": APP, "Procfile": "w: celery -A tasks worker"})

    assert given_app("tasks", "-A", look_around(root), None).workdir == root / "b"
    assert found_in(root)[0].workdir == root / "b"


def test_a_package_that_was_named_is_made_in_its_celery_module(plant: Callable[..., Path]) -> None:
    root = plant(DJANGO)

    one = given_app("shop", "-A", look_around(root), None)

    assert (one.file, one.line) == (root / "shop/celery.py", 5)


def test_a_named_app_that_code_does_not_show_is_taken_all_the_same(
    plant: Callable[..., Path],
) -> None:
    root = plant({"main.py": "from celery import Celery\napp = connect()\nqueue = Celery()\n"})

    here = given_app("main:app", "-A", look_around(root), None)
    other = given_app("main:unseen", "-A", look_around(root), None)
    elsewhere = given_app("installed.app", "-A", look_around(root), None)

    assert (here.file, here.line) == (root / "main.py", None)
    assert (other.file, other.line) == (root / "main.py", None)
    assert (elsewhere.workdir, elsewhere.file, elsewhere.score) == (root, None, GIVEN)


def test_no_app_at_all_is_an_error_that_says_what_was_looked_for(
    plant: Callable[..., Path],
) -> None:
    root = plant(
        {
            "a/factory.py": "from celery import Celery\ndef make():\n    return Celery()\n",
            "b/broken.py": "import celery\ndef\n",
            "deep/2/3/4/5/6/x.py": "",
            "deep/2/3/4/5/6/7/x.py": APP,
        }
    )

    with pytest.raises(FleetError) as caught:
        found_in(root)

    error = caught.value
    assert error.what == f"No Celery app was found in {root}"
    assert "CELERY_APP" in error.why
    assert "Procfile" in error.why
    assert "3 Python files" in error.why
    assert f"make() in {root / 'a/factory.py'}:2" in error.why
    assert f"{root / 'b/broken.py'}:2 is not valid Python" in error.why
    assert "deeper than 6" in error.why
    assert "-A package.module:attribute" in error.fix
    assert error.exit_code == USAGE


def test_a_file_that_vanishes_during_the_search_is_passed_over(plant: Callable[..., Path]) -> None:
    root = plant({"a.py": APP, "b.py": APP})
    tree = look_around(root)
    (root / "a.py").unlink()

    assert [one.app for one in find_apps(tree, Settings(), {}, None)] == ["b"]

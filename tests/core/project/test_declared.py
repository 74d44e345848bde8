from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.project.declared import (
    Place,
    apps_in_commands,
    check_app_name,
    declared_apps,
    find_places,
)
from core.project.modules import Found
from core.project.tree import look_around
from core.settings import Settings
from core.settings.origin import Layer, Origin, Setting


@pytest.mark.parametrize(
    ("line", "app"),
    [
        (
            "worker: celery -A celery_queue.celery_app worker --loglevel=info",
            "celery_queue.celery_app",
        ),
        ("worker: celery worker --app=proj.celery:app -l info", "proj.celery:app"),
        ("worker: python -m celery --app proj worker", "proj"),
        ('    command: ["celery", "-A", "proj", "worker"]', "proj"),
        ("    command: 'celery -A \"proj\" worker'", "proj"),
        ("startCommand: cd backend && celery --workdir x -Aproj worker", "proj"),
    ],
)
def test_an_app_is_read_from_a_celery_command(line: str, app: str) -> None:
    assert list(apps_in_commands(f"web: gunicorn\n{line}\n")) == [(app, 2)]


@pytest.mark.parametrize(
    "line",
    ["# celery -A proj worker", "celery -A $APP worker", "celery worker", "flower -A proj"],
)
def test_lines_without_an_app_are_passed_over(line: str) -> None:
    assert list(apps_in_commands(line)) == []


def test_the_surest_declaration_comes_first(plant: Callable[..., Path]) -> None:
    root = plant(
        {
            ".env": "CELERY_APP=d.env\n",
            "Procfile": b"\xef\xbb\xbfworker: celery -A e.proc worker\r\n",
            "backend/render.yaml": "startCommand: celery -A f.render worker",
        }
    )
    settings = Settings().over(
        {"app": Setting("b.setting", Origin(Layer.PROJECT, str(root / "solofleet.toml")))}
    )

    found = list(declared_apps(look_around(root), settings, {"CELERY_APP": "c.variable"}))

    assert [one.app for one in found] == ["b.setting", "c.variable", "d.env", "e.proc", "f.render"]
    assert sorted((one.score for one in found), reverse=True) == [one.score for one in found]
    assert found[2].where == f"CELERY_APP in {root / '.env'}:1"
    assert found[4].where == f"the command in {root / 'backend/render.yaml'}:1"
    assert found[4].folder == root / "backend"


def test_a_file_that_vanished_declares_nothing(plant: Callable[..., Path]) -> None:
    root = plant({"Procfile": "worker: celery -A x worker"})
    tree = look_around(root)
    (root / "Procfile").unlink()

    assert list(declared_apps(tree, Settings(), {})) == []


def test_an_app_is_found_in_folders_as_they_come_but_in_packages_last(
    plant: Callable[..., Path],
) -> None:
    names = ("a/__init__.py", "a/tasks.py", "b/tasks.py", "c/tasks.py", "d/other.py")
    root = plant(dict.fromkeys(names, ""))

    places = list(find_places("tasks", [root / name for name in "adcb"]))

    assert places == [
        Place(root / name, Found(root / name / "tasks.py", None)) for name in ("c", "b", "a")
    ]


@pytest.mark.parametrize("app", ["proj", "proj.celery", "proj.celery:app", "päckchen.aufgaben"])
def test_the_forms_of_celery_are_accepted(app: str) -> None:
    check_app_name(app, "-A")


@pytest.mark.parametrize(
    ("app", "fix"),
    [
        ("backend/celery_app.py", "Write backend.celery_app instead."),
        (r"backend\celery_app.py", "Write backend.celery_app instead."),
        ("my-app.celery", "Write it in that form."),
        ("proj:", "Write it in that form."),
        ("proj:a.b", "Write it in that form."),
        ("", "Write it in that form."),
    ],
)
def test_another_form_is_refused_with_what_to_write(app: str, fix: str) -> None:
    with pytest.raises(FleetError) as caught:
        check_app_name(app, "-A")

    assert caught.value.fix == fix
    assert caught.value.exit_code == USAGE

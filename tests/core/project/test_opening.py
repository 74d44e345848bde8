import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.project import open_project
from core.project.folder import project_name
from core.project.machine import Machine

APP = "from celery import Celery\ncelery_app = Celery('x', include=['celery_queue.tasks'])\n"
GUIDE = {
    "backend/main.py": "",
    "backend/celery_queue/__init__.py": "",
    "backend/celery_queue/celery_app.py": APP,
    "backend/celery_queue/tasks.py": "",
    "backend/.env": "A=backend\nB=backend\n",
    ".env": "A=root\nC=root\n",
}
Plant = Callable[..., Path]


@pytest.fixture
def machine(
    tmp_path: Path, make_environment: Callable[..., Path], make_machine: Callable[..., Machine]
) -> Machine:
    make_environment(tmp_path / "active")
    return make_machine(VIRTUAL_ENV=str(tmp_path / "active"))


def test_a_folder_becomes_a_project(plant: Plant, machine: Machine) -> None:
    root = plant(GUIDE)

    project = open_project(root, environ={}, machine=machine)

    assert (project.root, project.workdir) == (root, root / "backend")
    assert project.app == project.candidates[0].app == "celery_queue.celery_app"
    assert project.interpreter.origin == "the active environment (VIRTUAL_ENV)"
    assert project.notes == ()
    values = {value.name: (value.secret.reveal(), value.source) for value in project.env}
    assert values == {
        "A": ("backend", f"{root / 'backend/.env'}:1"),
        "B": ("backend", f"{root / 'backend/.env'}:2"),
        "C": ("root", f"{root / '.env'}:2"),
    }


def test_what_a_person_names_wins(
    plant: Plant, machine: Machine, make_environment: Callable[..., Path]
) -> None:
    root = plant({**GUIDE, "solofleet.toml": "app = 'other'\npython = 'gone'\n", "other.py": APP})
    python = make_environment(root.parent / "named")

    project = open_project(
        root, app="celery_queue.celery_app", python=str(python), environ={}, machine=machine
    )

    assert [one.why for one in project.candidates] == [
        "named by -A; celery_app is made by Celery(…)"
    ]
    assert project.interpreter.path == python


def test_settings_name_the_app_and_the_working_directory(plant: Plant, machine: Machine) -> None:
    text = "[tool.solofleet]\napp = 'celery_queue.celery_app'\nworkdir = 'backend'\nquit = 1\n"
    root = plant({**GUIDE, "pyproject.toml": text})

    project = open_project(root, environ={}, machine=machine)

    assert (project.app, project.workdir) == ("celery_queue.celery_app", root / "backend")
    assert "unknown setting quit" in project.notes[0]
    assert project.settings.where("app") == f"app in {root / 'pyproject.toml'}"


def test_a_missing_working_directory_is_an_error(plant: Plant, machine: Machine) -> None:
    root = plant({**GUIDE, "solofleet.toml": "workdir = 'gone'\n"})

    with pytest.raises(FleetError, match=r"The setting workdir .*gone cannot be opened"):
        open_project(root, environ={}, machine=machine)


@pytest.mark.parametrize(("name", "why"), [("gone", "no such folder"), ("file.py", "it is a file")])
def test_what_is_no_folder_cannot_be_opened(plant: Plant, name: str, why: str) -> None:
    root = plant({"file.py": ""})

    with pytest.raises(FleetError) as caught:
        open_project(root / name, environ={})

    assert why in caught.value.why
    assert caught.value.exit_code == USAGE


def test_the_files_of_variables_can_be_chosen(plant: Plant, machine: Machine) -> None:
    root = plant({**GUIDE, "dev.env": "D=1\n", "solofleet.toml": "env_files = ['dev.env', 'x']\n"})

    project = open_project(root, environ={}, machine=machine)

    assert [value.name for value in project.env] == ["D"]
    assert project.notes == (f"{root / 'x'} of env_files is not there",)


def test_the_broker_of_the_settings_beats_files_but_not_the_process(
    plant: Plant, machine: Machine
) -> None:
    files = {**GUIDE, "solofleet.toml": "broker = 'redis://set/1'\n"}
    root = plant({**files, ".env": "CELERY_BROKER_URL=redis://file/1\n"})

    quiet = open_project(root, environ={}, machine=machine)
    loud = open_project(root, environ={"CELERY_BROKER_URL": "redis://own/1"}, machine=machine)

    (value,) = [value for value in quiet.env if value.name == "CELERY_BROKER_URL"]
    assert value.secret.reveal() == "redis://set/1"
    assert value.source == f"broker in {root / 'solofleet.toml'}"
    (value,) = [value for value in loud.env if value.name == "CELERY_BROKER_URL"]
    assert value.source == f"process environment, over {root / '.env'}:1"


def test_the_built_in_broker_sets_no_variable(plant: Plant, machine: Machine) -> None:
    root = plant({**GUIDE, "solofleet.toml": "broker = 'builtin'\n"})

    project = open_project(root, environ={}, machine=machine)

    assert "CELERY_BROKER_URL" not in project.environment({})


def test_children_get_the_process_environment_over_the_files(
    plant: Plant, machine: Machine
) -> None:
    project = open_project(plant(GUIDE), environ={"A": "own"}, machine=machine)

    environment = project.environment({"A": "own", "Z": "own"})

    assert {name: environment[name] for name in "ABCZ"} == {
        "A": "own",
        "B": "backend",
        "C": "root",
        "Z": "own",
    }
    assert environment["VIRTUAL_ENV"] == machine.environ["VIRTUAL_ENV"]


def test_the_machine_at_hand_is_searched_unless_another_is_given(
    plant: Plant, make_environment: Callable[..., Path]
) -> None:
    root = plant(GUIDE)
    python = make_environment(root / ".venv")

    assert open_project(str(root), environ={}).interpreter.path == python


def test_a_project_has_one_name_for_good_that_fits_a_file(tmp_path: Path) -> None:
    names = [
        project_name(tmp_path / name) for name in ("my app", "my-app", "büro 项目", "::", "a/..")
    ]

    assert len(set(names)) == 5
    assert all(re.fullmatch(r"[\w-]+-[0-9a-f]{8}", name) for name in names)
    assert names[0].startswith("my-app-")
    assert names[3].startswith("project-")
    assert project_name(tmp_path / "my app") == project_name(tmp_path / "x" / ".." / "my app")

"""What is found of a project of which something is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import FleetError
from core.project.finding import Part, find_project
from core.project.folder import project_name
from core.project.machine import Machine
from core.settings.origin import Layer, Origin, Setting
from core.settings.saving import SettingsFile
from tests.support.program import homes

APP = "from celery import Celery\ncelery_app = Celery('x')\n"
Plant = Callable[..., Path]
Faults = dict[Part, FleetError]


@pytest.fixture(autouse=True)
def own_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in homes(tmp_path / "home").items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def machine(
    tmp_path: Path, make_environment: Callable[..., Path], make_machine: Callable[..., Machine]
) -> Machine:
    make_environment(tmp_path / "active")
    return make_machine(VIRTUAL_ENV=str(tmp_path / "active"))


def test_a_folder_without_an_app_still_tells_its_interpreter_and_variables(
    plant: Plant, machine: Machine
) -> None:
    root = plant({"main.py": "", ".env": "A=1\n"})
    faults: Faults = {}
    found = find_project(root, {}, faults.__setitem__, machine=machine)
    assert found is not None
    assert list(faults) == [Part.APP]
    assert found.candidates == ()
    assert found.workdir == root
    assert found.interpreter is not None
    assert [value.name for value in found.env] == ["A"]


def test_an_interpreter_that_is_gone_leaves_the_app(plant: Plant, machine: Machine) -> None:
    root = plant({"proj.py": APP, "solofleet.toml": "python = 'gone'\n"})
    faults: Faults = {}
    found = find_project(root, {}, faults.__setitem__, machine=machine)
    assert found is not None
    assert list(faults) == [Part.INTERPRETER]
    assert "solofleet.toml" in faults[Part.INTERPRETER].why
    assert [one.app for one in found.candidates] == ["proj"]
    assert found.interpreter is None


@pytest.mark.parametrize("text", ["workers = 'many'\n", "workers =", "workdir = 'gone'\n"])
def test_settings_that_make_no_sense_are_a_fault_of_the_folder(
    plant: Plant, machine: Machine, text: str
) -> None:
    faults: Faults = {}
    root = plant({"proj.py": APP, "solofleet.toml": text})
    assert find_project(root, {}, faults.__setitem__, machine=machine) is None
    assert list(faults) == [Part.FOLDER]


def test_a_search_ends_where_the_listener_raises(plant: Plant, machine: Machine) -> None:
    def refuse(part: Part, error: FleetError) -> None:
        raise error

    with pytest.raises(FleetError, match="No Celery app"):
        find_project(plant({"main.py": ""}), {}, refuse, machine=machine)


def test_what_is_chosen_stands_over_files_and_what_was_kept_can_be_left_out(
    plant: Plant, machine: Machine
) -> None:
    root = plant({"proj.py": APP, "solofleet.toml": "workers = 2\nloglevel = 'debug'\n"})
    kept = SettingsFile.of_project(project_name(root), root)
    kept.save("workers", 7)
    kept.save("loglevel", "error")
    asked = {"queues": Setting(("mail",), Origin(Layer.ASKED))}
    found = find_project(
        root, {}, _none, machine=machine, chosen=asked, leave_out=("workers", "queues")
    )
    assert found is not None
    assert (found.settings.workers, found.settings.loglevel) == (2, "error")
    assert found.settings.queues == ("mail",)


def _none(part: Part, error: FleetError) -> None:
    raise AssertionError(error)

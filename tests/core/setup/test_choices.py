"""Choices, kept in the file of this machine and read again."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.project.folder import project_name
from core.secret import Secret
from core.settings.origin import Layer
from core.settings.places import local_file
from core.settings.saving import SettingsFile
from core.setup.choices import Choices, keep_choices, kept_choices
from tests.support.program import homes

ALL = Choices(
    "proj:app", "backend", "py/bin/python", Secret("builtin"), 3, ("mail", "slow"), "plain"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in homes(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


def test_nothing_is_kept_of_a_new_project_and_no_file_is_made(root: Path) -> None:
    assert kept_choices(root) == Choices()
    keep_choices(root, Choices())
    assert not local_file(project_name(root)).exists()


def test_all_that_was_chosen_is_there_the_next_time(root: Path) -> None:
    keep_choices(root, ALL)
    assert kept_choices(root) == ALL


def test_what_is_not_chosen_any_more_is_forgotten_and_other_settings_stay(root: Path) -> None:
    SettingsFile.of_project(project_name(root), root).save("loglevel", "debug")
    keep_choices(root, ALL)
    keep_choices(root, Choices(workers=5))
    assert kept_choices(root) == Choices(workers=5)
    assert "debug" in local_file(project_name(root)).read_text("utf-8")


def test_a_password_is_never_written(root: Path) -> None:
    keep_choices(root, Choices(workers=2, broker=Secret("redis://:hush@box:6379/0")))
    assert kept_choices(root) == Choices(workers=2)
    assert "hush" not in local_file(project_name(root)).read_text("utf-8")


def test_an_address_without_a_password_lasts(root: Path) -> None:
    choices = Choices(broker=Secret("redis://box:6379/0"))
    assert choices.lasting == choices
    keep_choices(root, choices)
    assert kept_choices(root) == choices


def test_what_the_project_itself_says_is_no_choice(root: Path) -> None:
    (root / "solofleet.toml").write_text("workers = 9\n")
    assert kept_choices(root) == Choices()


def test_a_file_that_is_broken_is_told(root: Path) -> None:
    file = local_file(project_name(root))
    file.parent.mkdir(parents=True)
    file.write_text("workers =")
    with pytest.raises(FleetError, match="not valid TOML"):
        kept_choices(root)


def test_as_settings_choices_are_what_was_asked_for() -> None:
    settings = Choices(workers=3, queues=("mail",)).settings()
    assert {key: setting.value for key, setting in settings.items()} == {
        "workers": 3,
        "queues": ("mail",),
    }
    assert {setting.origin.layer for setting in settings.values()} == {Layer.ASKED}

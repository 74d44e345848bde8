"""The names of a folder, and the files of variables in it."""

import sys
from pathlib import Path

import pytest

from core.errors import FleetError
from core.project.folder import env_files, existing_folder, project_folder, project_name
from core.settings import Settings


def test_a_folder_is_given_as_an_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert project_folder(Path()) == tmp_path


def test_a_file_and_a_missing_folder_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "main.py"
    file.touch()
    with pytest.raises(FleetError, match="it is a file"):
        existing_folder(file, "The setting workdir")
    with pytest.raises(FleetError, match="there is no such folder"):
        project_folder(tmp_path / "gone")


def test_a_folder_that_the_system_does_not_look_for_is_told_with_its_reason(
    tmp_path: Path,
) -> None:
    with pytest.raises(FleetError) as caught:
        project_folder(tmp_path / ("long" * 100))
    assert "cannot be opened" in caught.value.what
    assert caught.value.why


def test_the_name_of_a_project_fits_into_a_file_name(tmp_path: Path) -> None:
    long, longer = tmp_path / ("é" * 120), tmp_path / ("é" * 121)
    assert len(project_name(long).encode()) < 200
    assert project_name(long) != project_name(longer)


@pytest.mark.skipif(sys.platform != "win32", reason="drives")
@pytest.mark.parametrize(
    ("path", "gone"),
    [(r"Q:\shop", r"the drive Q: is not"), (r"\\nas\code\shop", r"the network folder \\nas\code")],
)
def test_a_drive_that_is_not_connected_is_said_to_be_so(path: str, gone: str) -> None:
    with pytest.raises(FleetError) as caught:
        project_folder(Path(path))
    assert gone in caught.value.why
    assert "Connect it" in caught.value.fix


def test_folders_of_one_name_have_names_of_their_own(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "shop", tmp_path / "b" / "shop"
    assert project_name(one).startswith("shop-")
    assert project_name(one) == project_name(one)
    assert project_name(one) != project_name(other)


def test_files_of_variables_are_the_usual_ones_or_those_that_a_setting_names(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "backend"
    usual = env_files(tmp_path, inner, Settings())
    assert usual == (
        inner / ".env.local",
        inner / ".env",
        tmp_path / ".env.local",
        tmp_path / ".env",
    )
    assert env_files(tmp_path, inner, Settings(env_files=("one",))) == (tmp_path / "one",)

"""Finding the Python that Render would take."""

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

Load = Callable[[str], types.ModuleType]
OWN = ".".join(map(str, sys.version_info[:3]))


@pytest.fixture
def pythons(inside: Load) -> types.ModuleType:
    return inside("proof.pythons")


def fake(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_the_wanted_one_is_found_on_path_by_what_it_says(
    pythons: types.ModuleType, tmp_path: Path
) -> None:
    fake(tmp_path, "python3.99", "echo 3.99.4")
    fake(tmp_path, "python3.98", "exit 127")  # as shims of pyenv do
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)}
    assert pythons.find("3.99.1", env) == str(tmp_path / "python3.99")
    assert pythons.find("3.98", env) is None
    assert pythons.find(OWN, env) == sys.executable


def test_uv_is_asked_too(pythons: types.ModuleType, tmp_path: Path) -> None:
    fake(tmp_path, "hidden", "echo 3.99.4")
    fake(tmp_path, "uv", f'[ "$4" = 3.99 ] && echo {tmp_path}/hidden')
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    assert pythons.find("3.99", env) == str(tmp_path / "hidden")


def test_where_uv_cannot_the_environment_is_made_by_venv(
    pythons: types.ModuleType, tmp_path: Path
) -> None:
    fake(tmp_path, "uv", "exit 2")  # there is no network
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    made = pythons.make(str(tmp_path / "v"), OWN, env, 60, lambda line: None)
    assert made == (OWN, True)
    assert (tmp_path / "v/bin/pip").exists()


def test_where_it_is_not_there_and_cannot_be_brought_another_is_taken_and_said(
    pythons: types.ModuleType, tmp_path: Path
) -> None:
    fake(
        tmp_path, "uv", f'[ "$4" = 3.99 ] && exit 2; mkdir -p $5/bin; ln -s {sys.executable} $5/bin'
    )
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    made = pythons.make(str(tmp_path / "v"), "3.99", env, 60, lambda line: None)
    assert made == (OWN, False)


def test_an_environment_that_cannot_be_made_fails_with_the_last_lines(
    pythons: types.ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "v").write_text("no folder")
    with pytest.raises(pythons.Failed) as failed:
        pythons.make(str(tmp_path / "v"), OWN, {"PATH": "/usr/bin:/bin"}, 60, lambda line: None)
    assert "v" in failed.value.facts["lines"][-1]

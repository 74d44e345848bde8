import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.project.environments import (
    environment_of,
    environments_in,
    is_same,
    made_by_uv,
    python_of,
    why_unusable,
)


@pytest.mark.parametrize(
    ("place", "windows"),
    [
        ("Scripts/python.exe", True),
        ("python.exe", True),
        ("bin/python.exe", True),
        ("bin/python", False),
        ("bin/python3", False),
    ],
)
def test_python_is_where_the_platform_puts_it(
    plant: Callable[..., Path], place: str, windows: bool
) -> None:
    prefix = plant({place: ""}, "env")

    assert python_of(prefix, windows=windows) == prefix / place
    assert python_of(prefix, windows=not windows) is None


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "conda-meta/history"])
@pytest.mark.parametrize("place", ["Scripts/python.exe", "bin/python", "python.exe"])
def test_a_python_knows_its_environment(
    plant: Callable[..., Path], place: str, marker: str
) -> None:
    prefix = plant({place: "", marker: ""}, "env")

    assert environment_of(prefix / place) == prefix


def test_a_python_of_the_system_has_no_environment(plant: Callable[..., Path]) -> None:
    assert environment_of(plant({"bin/python": ""}) / "bin/python") is None


def test_environments_of_the_usual_names_come_first(
    plant: Callable[..., Path], make_environment: Callable[..., Path]
) -> None:
    root = plant({"app.py": "", "src/x.py": ""})
    for name in ("a-own", "env", "venv", ".venv"):
        make_environment(root / name)

    assert [prefix.name for prefix in environments_in(root)] == [".venv", "venv", "env", "a-own"]
    assert list(environments_in(root / "gone")) == []


def test_an_environment_of_another_system_is_explained(
    tmp_path: Path, make_environment: Callable[..., Path]
) -> None:
    make_environment(tmp_path / "posix", windows=False)
    make_environment(tmp_path / "win", windows=True)

    assert "was made on Linux, macOS or WSL" in str(why_unusable(tmp_path / "posix", windows=True))
    assert "was made on Windows" in str(why_unusable(tmp_path / "win", windows=False))


def test_an_environment_whose_python_is_gone_is_explained(
    plant: Callable[..., Path],
) -> None:
    root = plant({"dead/pyvenv.cfg": "", "other/x": ""})

    assert "no working Python" in str(why_unusable(root / "dead", windows=False))
    assert why_unusable(root / "other", windows=False) is None


def test_what_uv_made_is_known(tmp_path: Path, make_environment: Callable[..., Path]) -> None:
    make_environment(tmp_path / "uv", uv=True)
    make_environment(tmp_path / "venv")

    assert made_by_uv(tmp_path / "uv")
    assert not made_by_uv(tmp_path / "venv")
    assert not made_by_uv(tmp_path / "gone")


def test_paths_are_compared_by_what_they_mean(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    assert is_same(tmp_path / "a" / ".." / "a", tmp_path / "a")
    assert not is_same(tmp_path / "a", tmp_path)
    assert is_same(tmp_path / "A", tmp_path / "a") == (sys.platform == "win32")

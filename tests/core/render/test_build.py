"""How packages are installed, by the tool that keeps them."""

from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.render.build import find_build
from tests.support.trees import lay_out


@pytest.mark.parametrize(
    ("file", "tool", "command", "start"),
    [
        ("requirements.txt", "pip", "pip install -r requirements.txt", ""),
        ("requirements/prod.txt", "pip", "pip install -r requirements/prod.txt", ""),
        ("uv.lock", "uv", "uv sync --frozen --no-dev", "uv run --no-sync "),
        ("poetry.lock", "poetry", "poetry install --only main --no-root", "poetry run "),
        ("pyproject.toml", "pip", "pip install .", ""),
    ],
)
def test_the_command_is_that_of_the_tool(
    file: str, tool: str, command: str, start: str, tmp_path: Path
) -> None:
    lay_out(tmp_path, {file: '[project]\nname = "x"\n'})
    build = find_build(tmp_path, tmp_path)
    assert (build.tool, build.command, build.start) == (tool, command, start)


@pytest.mark.parametrize(("file", "tool"), [("pdm.lock", "pdm"), ("Pipfile.lock", "pipenv")])
def test_a_tool_that_render_has_not_writes_the_list_for_pip(
    file: str, tool: str, tmp_path: Path
) -> None:
    lay_out(tmp_path, {file: "", "requirements.txt": ""})
    build = find_build(tmp_path, tmp_path)
    assert build.tool == tool and build.start == ""
    assert build.command.startswith(f"pip install {tool} && {tool} ")
    assert build.command.endswith("pip install -r /tmp/requirements.txt")


def test_the_nearest_folder_above_the_app_is_taken(tmp_path: Path) -> None:
    lay_out(tmp_path, {"requirements.txt": "", "a/requirements.txt": "", "a/src/x.py": ""})
    assert find_build(tmp_path / "a/src", tmp_path).folder == tmp_path / "a"


def test_a_pyproject_with_settings_of_tools_alone_names_no_packages(tmp_path: Path) -> None:
    lay_out(tmp_path, {"pyproject.toml": "[tool.ruff]\n", "requirements/production.txt": ""})
    assert find_build(tmp_path, tmp_path).command.endswith("requirements/production.txt")


def test_packages_are_looked_up_in_all_lists(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {"requirements.txt": "-r requirements/base.txt\n", "requirements/base.txt": "Flower>=2\n"},
    )
    build = find_build(tmp_path, tmp_path)
    assert build.has("flower") and not build.has("flow")


def test_the_file_that_pins_python_is_found(tmp_path: Path) -> None:
    lay_out(tmp_path, {"requirements.txt": "", ".python-version": "3.13\n"})
    assert find_build(tmp_path, tmp_path).python_version == tmp_path / ".python-version"


def test_a_project_without_any_list_is_told_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(FleetError) as caught:
        find_build(tmp_path, tmp_path)
    assert caught.value.exit_code == USAGE
    assert "requirements.txt" in caught.value.fix

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from core.project.managers import MANAGERS, Answer, ask_manager

BY_NAME = {manager.name: manager for manager in MANAGERS}


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"uv.lock": ""}, "uv"),
        ({"pyproject.toml": "[tool.uv]\n"}, "uv"),
        ({"poetry.lock": ""}, "poetry"),
        ({"pyproject.toml": "[tool.poetry]\nname = 'x'\n"}, "poetry"),
        ({"pdm.lock": ""}, "pdm"),
        ({".pdm-python": ""}, "pdm"),
        ({"Pipfile": ""}, "pipenv"),
        ({"environment.yml": ""}, "conda"),
    ],
)
def test_a_tool_is_known_by_its_files(
    plant: Callable[..., Path], files: dict[str, str], name: str
) -> None:
    root = plant(files)

    keepers = [manager.name for manager in MANAGERS if manager.marker([root / "gone", root])]

    assert keepers == [name]


@pytest.mark.parametrize("text", [b"[tool\n", b"\xff\xfe", b"tool = 1\n", b""])
def test_a_pyproject_that_cannot_be_read_shows_no_tool(
    plant: Callable[..., Path], text: bytes
) -> None:
    assert not any(m.marker([plant({"pyproject.toml": text})]) for m in MANAGERS)


class Tool:
    """Answers as a tool would, and keeps what it was asked."""

    def __init__(self, output: str | None) -> None:
        self.output = output
        self.asked: list[tuple[tuple[str, ...], Path]] = []

    def ask(self, argv: Sequence[str], cwd: Path) -> str | None:
        self.asked.append((tuple(argv), cwd))
        return self.output

    def which(self, name: str) -> str | None:
        return f"/bin/{name}"


@pytest.mark.parametrize(
    ("name", "argv"),
    [
        ("uv", ("/bin/uv", "python", "find")),
        ("poetry", ("/bin/poetry", "env", "info", "--executable")),
        ("pdm", ("/bin/pdm", "info", "--python")),
        ("pipenv", ("/bin/pipenv", "--py")),
    ],
)
def test_a_tool_is_asked_in_the_folder_that_it_keeps(
    tmp_path: Path, make_environment: Callable[..., Path], name: str, argv: tuple[str, ...]
) -> None:
    python = make_environment(tmp_path / "env")
    tool = Tool(f"Using this environment\r\n{python}\r\n")

    answer = ask_manager(BY_NAME[name], tmp_path, tool.ask, tool.which, windows=False)

    assert answer == Answer(BY_NAME[name], python)
    assert tool.asked == [(argv, tmp_path)]


def test_conda_gives_the_environment_that_the_project_names(
    plant: Callable[..., Path], make_environment: Callable[..., Path]
) -> None:
    root = plant({"environment.yml": "channels: []\nname: 'shop'\n"})
    python = make_environment(root.parent / "envs/shop")
    tool = Tool(
        json.dumps({"envs": [str(root.parent / "envs/other"), str(root.parent / "envs/shop")]})
    )

    answer = ask_manager(
        BY_NAME["conda"], root, tool.ask, tool.which, windows=python.suffix == ".exe"
    )

    assert answer.python == python


@pytest.mark.parametrize(
    "output", [None, "", "not json", "[]", '{"envs": ["/x/shop", "/y/other"]}']
)
def test_conda_without_that_environment_gives_none(
    plant: Callable[..., Path], output: str | None
) -> None:
    root = plant({"environment.yaml": "name: shop\n"})
    tool = Tool(output)

    answer = ask_manager(BY_NAME["conda"], root, tool.ask, tool.which, windows=False)

    assert answer.python is None


@pytest.mark.parametrize("output", [None, "", "/nowhere/python\n"])
def test_a_tool_without_an_environment_is_noted(tmp_path: Path, output: str | None) -> None:
    tool = Tool(output)

    answer = ask_manager(BY_NAME["poetry"], tmp_path, tool.ask, tool.which, windows=False)

    assert answer.python is None
    assert answer.note == f"poetry has no environment for {tmp_path} yet"


def test_a_python_outside_any_environment_is_not_the_projects(plant: Callable[..., Path]) -> None:
    root = plant({"bin/python": ""})
    tool = Tool(str(root / "bin/python"))

    answer = ask_manager(BY_NAME["uv"], root, tool.ask, tool.which, windows=False)

    assert answer.python is None


def test_a_tool_that_is_not_on_path_is_noted(tmp_path: Path) -> None:
    tool = Tool("")

    answer = ask_manager(BY_NAME["pdm"], tmp_path, tool.ask, lambda name: None, windows=False)

    assert answer.note == f"{tmp_path} is kept by pdm, which is not on PATH"
    assert tool.asked == []

"""Where Linux is found, by programs of those names that stand at the border."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import UNAVAILABLE, FleetError
from core.render.proving import ground
from core.render.proving.ground import BOOT, Ground, find_ground

posix = pytest.mark.skipif(sys.platform == "win32", reason="the programs at the border are scripts")
Find = Callable[..., "object"]


def script(folder: Path, name: str, text: str) -> str:
    """A program that answers as the real one would; what it is asked stands in `asked`."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/asked\n{text}\n')
    file.chmod(0o755)
    return str(file)


async def find(folder: Path, platform: str = "win32", python: str = "3.13.5") -> Ground:
    """Look where only the programs of this folder are."""

    def which(name: str) -> str | None:
        return str(folder / name) if (folder / name).exists() else None

    return await find_ground(python, dict(os.environ), platform=platform, which=which)


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().splitlines()


async def test_linux_is_itself(tmp_path: Path) -> None:
    found = await find(tmp_path, "linux")
    assert found.argv == (sys.executable, "-c", BOOT)
    assert found.here


async def test_a_packed_program_is_no_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert (await find(tmp_path, "linux")).argv[0] == "python3"


@posix
async def test_wsl_is_asked_for_a_distribution_that_has_python(tmp_path: Path) -> None:
    wsl = script(
        tmp_path,
        "wsl.exe",
        'case "$*" in\n'
        "--list*) printf 'docker-desktop\\nAlpine\\nUbuntu\\n';;\n"
        '"--distribution Ubuntu --exec python3 --version") echo Python 3.12.3;;\n'
        "*) exit 1;;\nesac",
    )
    found = await find(tmp_path)
    assert found.label == "WSL (Ubuntu)"
    assert found.argv == (wsl, "--distribution", "Ubuntu", "--exec", "python3", "-c", BOOT)
    assert found.env["WSL_UTF8"] == "1"
    assert not found.here
    assert asked(tmp_path) == [
        "wsl.exe --list --quiet",
        "wsl.exe --distribution Alpine --exec python3 --version",
        "wsl.exe --distribution Ubuntu --exec python3 --version",
    ]


@posix
async def test_an_older_wsl_answers_in_utf_16(tmp_path: Path) -> None:
    names = "D\\0e\\0b\\0i\\0a\\0n\\0\\r\\0\\n\\0"
    script(tmp_path, "wsl.exe", f"case $1 in --list) printf '{names}';; *) echo Python 3;; esac")
    assert (await find(tmp_path)).label == "WSL (Debian)"


@posix
async def test_docker_takes_the_pinned_python_for_the_machine_of_render(tmp_path: Path) -> None:
    script(tmp_path, "wsl.exe", "exit 1")
    docker = script(tmp_path, "docker", "echo linux")
    found = await find(tmp_path)
    assert found.label == "Docker (python:3.13.5-slim)"
    assert found.argv == (
        *(docker, "run", "--rm", "--interactive", "--init", "--platform", "linux/amd64"),
        *("python:3.13.5-slim", "python3", "-c", BOOT),
    )
    assert asked(tmp_path)[-1] == "docker version --format {{.Server.Os}}"


@posix
@pytest.mark.parametrize(
    ("programs", "platform", "told"),
    [
        ({}, "win32", "there is no wsl.exe; there is no docker"),
        ({}, "darwin", "there is no docker"),
        (
            {"wsl.exe": "exit 1", "docker": "exit 1"},
            "win32",
            "WSL is not set up; Docker does not run",
        ),
        (
            {"wsl.exe": "echo docker-desktop"},
            "win32",
            "WSL has no distribution; there is no docker",
        ),
        (
            {"wsl.exe": '[ "$1" = --list ] && echo Arch', "docker": "echo windows"},
            "win32",
            "Arch in WSL has no python3; Docker runs containers of Windows",
        ),
    ],
)
async def test_where_there_is_none_it_says_what_was_asked(
    tmp_path: Path, programs: dict[str, str], platform: str, told: str
) -> None:
    for name, text in programs.items():
        script(tmp_path, name, text)
    with pytest.raises(FleetError) as refused:
        await find(tmp_path, platform)
    assert (refused.value.why, refused.value.exit_code) == (told, UNAVAILABLE)
    assert "wsl --install" in refused.value.fix


@posix
async def test_one_that_does_not_answer_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "DEADLINE_S", 0.3)
    script(tmp_path, "docker", "exec sleep 100")
    with pytest.raises(FleetError):
        await find(tmp_path, "darwin")

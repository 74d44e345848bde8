"""Lists of packages as pip, uv and poetry read them."""

from collections.abc import Mapping

import pytest

from core.render.preflight.packages import (
    Packages,
    environment,
    holds,
    read_pyproject,
    read_requirements,
)

AROUND = environment("3.13")


def read(files: Mapping[str, str]) -> Packages:
    return read_requirements("requirements.txt", files.get, AROUND, ("render.yaml", 7))


def test_lines_are_read_with_pins_extras_markers_and_numbers() -> None:
    text = """\
# what we need
celery[redis]==5.5.3  # queue
Flask_Thing>=2

pywin32==311; sys_platform == "win32"
uvicorn==0.37.0 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
any==1.*
"""
    found = {each.name: each for each in read({"requirements.txt": text}).packages}
    assert found["celery"].extras == {"redis"}
    assert [each.pinned for each in found.values()] == [True, False, True, True, False]
    assert [each.line for each in found.values()] == [2, 3, 5, 6, 9]
    assert not found["pywin32"].on_linux
    assert "flask-thing" in found


def test_lists_that_are_named_are_followed_once() -> None:
    files = {
        "requirements.txt": "-r req/base.txt\n--requirement req/base.txt\na==1\n",
        "req/base.txt": "b==1\n-r ../requirements.txt\n-r more.txt\n",
        "req/more.txt": "c==1\n",
    }
    read_in = read(files)
    assert read_in.files == ("requirements.txt", "req/base.txt", "req/more.txt")
    assert [each.name for each in read_in.packages] == ["b", "c", "a"]


def test_a_list_that_is_not_there_is_told_with_the_line_that_names_it() -> None:
    assert read({}).missing == (("requirements.txt", "render.yaml", 7),)
    files = {"requirements.txt": "a\n-r gone.txt\n"}
    assert read(files).missing == (("gone.txt", "requirements.txt", 2),)


@pytest.mark.parametrize(
    "line",
    ["-e .", "./wheels/x.whl", "git+https://h/x.git", "--editable=../lib", "x y z", "a.zip"],
)
def test_what_nobody_can_tell_from_here_is_opaque(line: str) -> None:
    assert read({"requirements.txt": f"{line}\n"}).opaque == ("requirements.txt:1",)


@pytest.mark.parametrize("line", ["--index-url https://h", "-c constraints.txt", "--pre"])
def test_options_are_no_packages(line: str) -> None:
    found = read({"requirements.txt": f"{line}\n"})
    assert (found.packages, found.opaque, found.missing) == ((), (), ())


def test_markers_are_asked_against_linux() -> None:
    assert not holds('platform_system == "Windows"', AROUND)
    assert holds('python_version >= "3.13"', AROUND)
    assert not holds('extra == "dev"', AROUND)
    assert holds("", AROUND)
    assert holds("no marker at all", AROUND)


def test_pyproject_has_dependencies_of_the_standard_and_of_poetry() -> None:
    text = """\
[project]
dependencies = [
    "celery[redis]==5.5.3",
    "wmi; sys_platform == 'win32'",
]
[tool.poetry.dependencies]
python = "^3.13"
flask = "^3"
gunicorn = {version = "23.0.0", extras = ["x"]}
pywin32 = {version = "*", platform = "win32"}
"""
    found = {each.name: each for each in read_pyproject("pyproject.toml", text, AROUND).packages}
    assert set(found) == {"celery", "wmi", "flask", "gunicorn", "pywin32"}
    assert found["celery"].line == 3
    assert {name for name, each in found.items() if each.pinned} == {"celery", "gunicorn"}
    assert {name for name, each in found.items() if not each.on_linux} == {"wmi", "pywin32"}


@pytest.mark.parametrize("text", ["not toml [", "[tool.ruff]\nx = 1\n"])
def test_a_pyproject_that_asks_for_nothing_is_no_list(text: str) -> None:
    assert read_pyproject("pyproject.toml", text, AROUND) == Packages()


def test_what_is_for_windows_alone_is_not_named() -> None:
    found = read({"requirements.txt": 'redis; sys_platform == "win32"\ncelery\n'})
    assert found.named("Celery")
    assert not found.named("redis")

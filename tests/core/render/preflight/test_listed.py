"""Which lists the build reads."""

from collections.abc import Mapping
from pathlib import Path

from core.render.preflight.packages import Packages
from tests.support.preflight import CLEAN, clean, picture


def packages(files: Mapping[str, str], tmp_path: Path) -> Packages:
    return picture(files, tmp_path).roots[0].packages


def test_the_lists_of_build_commands_count_before_all_others(tmp_path: Path) -> None:
    build = "pip install -r req/prod.txt && pip install --requirement=req/more.txt"
    files = {
        **CLEAN,
        "render.yaml": clean("render.yaml", "pip install -r requirements.txt", build),
        "req/prod.txt": "a==1\n",
        "req/more.txt": "b==1\n",
        "uv.lock": "",
    }
    assert packages(files, tmp_path).files == ("req/prod.txt", "req/more.txt")


def test_without_a_build_command_a_lock_counts_before_requirements(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "m"\nsource = {virtual = "."}\ndependencies = [{name = "c"}]\n'
    files = {
        "requirements.txt": "a\n",
        "uv.lock": lock + '[[package]]\nname = "c"\n',
        "pyproject.toml": '[project]\ndependencies = ["c"]\n',
    }
    found = packages(files, tmp_path)
    assert (found.lock, found.locked) == ("uv.lock", {"c"})
    assert found.files == ("pyproject.toml",)


def test_without_all_of_them_pyproject_counts(tmp_path: Path) -> None:
    files = {"pyproject.toml": '[project]\ndependencies = ["c"]\n'}
    assert packages(files, tmp_path).files == ("pyproject.toml",)
    assert packages({}, tmp_path) == Packages()


def test_a_list_that_two_services_install_is_read_once(tmp_path: Path) -> None:
    files = {path: text for path, text in CLEAN.items() if path != "requirements.txt"}
    assert len(packages(files, tmp_path).missing) == 1

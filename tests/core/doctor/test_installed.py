"""The app's place, its interpreter, its libraries, its import."""

import sys
from pathlib import Path

import pytest

from core.doctor.examination import CHECKS, Check
from core.doctor.finding import State
from core.doctor.installed import importing
from tests.support.doctor import DEAD, plant, visit, wrong
from tests.support.venvs import bare_venv

BEFORE = tuple(check for check in CHECKS if check.group == "Project")


async def test_no_app_at_all(tmp_path: Path) -> None:
    folder = plant(tmp_path / "p", proj__py="x = 1\n")
    found = await visit(folder, DEAD)
    assert wrong(found) == {"app": State.FAULT}
    assert found["importing"].state is State.SKIPPED


def bare(tmp_path: Path, **packages: str) -> Path:
    """An interpreter whose libraries say that they have these versions, and are not there."""
    python = bare_venv(tmp_path / "venv")
    (site,) = (tmp_path / "venv").rglob("site-packages")
    for name, version in packages.items():
        info = site / f"{name}-{version}.dist-info"
        info.mkdir()
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (info / "METADATA").write_text(text, encoding="utf-8")
    return python


async def test_an_interpreter_without_celery(tmp_path: Path) -> None:
    found = await visit(plant(tmp_path / "p"), DEAD, python=bare(tmp_path))
    assert wrong(found) == {"versions": State.FAULT}
    assert "Celery is not installed" in found["versions"].evidence
    assert "install" in found["versions"].fix


async def test_libraries_that_do_not_run_together(tmp_path: Path) -> None:
    python = bare(tmp_path, celery="5.4.0", kombu="5.7.0", redis="5.0.8", packaging="24.0")
    found = await visit(plant(tmp_path / "p"), DEAD, python=python)
    assert wrong(found) == {"versions": State.FAULT}
    assert "Celery 5.4.0 does not run beside redis 5.0.8" in found["versions"].evidence


if sys.platform != "win32":
    from tests.support.broker import Server

    async def test_a_package_that_is_missing(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p", more__py="from proj import app\nimport not_there_at_all\n")
        found = await visit(folder, server.url, app="more:app")
        assert wrong(found) == {"importing": State.FAULT}
        assert "No module named 'not_there_at_all' (more.py:2)" in found["importing"].evidence
        assert " not_there_at_all   (or the package" in found["importing"].fix

    async def test_started_in_the_wrong_folder(server: Server, tmp_path: Path) -> None:
        text = "from celery import Celery\nimport shop.prices\napp = Celery('a')\n"
        folder = plant(tmp_path / "p", proj__py=text, backend___shop___prices__py="x = 1\n")
        found = await visit(folder, server.url, app="proj")
        assert wrong(found) == {"importing": State.FAULT}
        assert f"is in {folder / 'backend'}: start there" in found["importing"].fix
        assert "set Root Directory to backend" in found["importing"].fix

    @pytest.mark.parametrize("folder_named", [False, True])
    async def test_a_command_for_render_without_its_root_directory(
        server: Server, tmp_path: Path, folder_named: bool
    ) -> None:
        code = plant(tmp_path / "other").joinpath("proj.py").read_text("utf-8")
        render = "services:\n- type: worker\n  startCommand: celery -A proj worker\n"
        render += "  rootDir: backend\n" * folder_named
        folder = tmp_path / "p"
        plant(folder, backend___proj__py=code, render__yaml=render)
        (folder / "proj.py").unlink()
        found = await visit(folder, server.url)
        assert wrong(found) == ({} if folder_named else {"root-directory": State.FAULT})
        assert "backend" in found["root-directory"].evidence

    async def test_a_container_that_is_built_from_the_app_s_folder_runs_there(
        server: Server, tmp_path: Path
    ) -> None:
        code = plant(tmp_path / "other").joinpath("proj.py").read_text("utf-8")
        compose = "services:\n  worker:\n    build: ./project\n    command: celery -A proj worker\n"
        folder = tmp_path / "p"
        plant(folder, project___proj__py=code, docker_compose__yml=compose)
        (folder / "proj.py").unlink()
        (folder / "docker_compose.yml").rename(folder / "docker-compose.yml")
        assert wrong(await visit(folder, server.url)) == {}

    async def test_an_app_without_tasks(server: Server, tmp_path: Path) -> None:
        text = f"from celery import Celery\napp = Celery('a', broker='{server.url}')\n"
        found = await visit(plant(tmp_path / "p", proj__py=text), server.url)
        assert wrong(found) == {"importing": State.WARNING}

    async def test_an_app_that_sends_nothing_to_workers(server: Server, tmp_path: Path) -> None:
        text = plant(tmp_path / "other").joinpath("proj.py").read_text("utf-8")
        folder = plant(tmp_path / "p", proj__py=f"{text}\napp.conf.task_always_eager = True\n")
        found = await visit(folder, server.url)
        assert wrong(found) == {"importing": State.WARNING}
        assert "task_always_eager" in found["importing"].evidence

    async def test_an_import_that_hangs_is_a_fault_and_no_hang(
        server: Server, tmp_path: Path
    ) -> None:
        text = "import time\nfrom celery import Celery\napp = Celery()\ntime.sleep(600)\n"
        folder = plant(tmp_path / "p", proj__py=text)
        hasty = Check("importing", "Project", "import", importing, ("versions",), 2.0)
        found = await visit(folder, server.url, checks=(*BEFORE[:-1], hasty))
        assert wrong(found) == {"importing": State.FAULT}
        assert "gave no answer within 2 s" in found["importing"].evidence

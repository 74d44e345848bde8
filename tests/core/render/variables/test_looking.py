"""What is read of a project on disk."""

import shutil
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.variables.looking import look
from tests.support.preflight import git
from tests.support.projects import project
from tests.support.trees import lay_out

APP = "import os\nfrom celery import Celery\napp = Celery(broker=os.environ['REDIS_URL'])\n"


def test_code_env_files_and_render_yaml_are_read(tmp_path: Path):
    lay_out(
        tmp_path,
        {
            "jobs.py": APP,
            ".env": "REDIS_URL=redis://a\n",
            ".env.production": "REDIS_URL=redis://b\n",
            "render.yaml": "services:\n  - {type: worker, name: w, runtime: python}\n",
        },
    )
    picture = look(project(tmp_path, "jobs"), {"A": "digest"})
    assert [(read.name, read.file) for read in picture.reads] == [("REDIS_URL", "jobs.py")]
    assert picture.users == {"jobs.py": ("worker",)}
    assert [each.file for each in picture.env] == [".env", ".env.production"]
    assert [each.name for each in picture.services or ()] == ["w"]
    assert picture.remote == {"A": "digest"}


def test_without_render_yaml_there_are_no_services(tmp_path: Path):
    assert look(project(lay_out(tmp_path, {"jobs.py": APP}), "jobs")).services is None


def test_a_render_yaml_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path):
    lay_out(tmp_path, {"jobs.py": APP, "render.yaml": "services: [\n"})
    with pytest.raises(FleetError, match=r"render\.yaml:\d"):
        look(project(tmp_path, "jobs"))


def test_data_that_calls_itself_python_is_left_out(tmp_path: Path):
    lay_out(tmp_path, {"jobs.py": APP, "data.py": "import os\nos.environ['B']\n#" + "x" * 10**6})
    assert [read.name for read in look(project(tmp_path, "jobs")).reads] == ["REDIS_URL"]


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
@pytest.mark.parametrize("inner", ["", "backend"])
def test_what_git_has_is_known_once_there_is_a_commit(tmp_path: Path, inner: str):
    lay_out(tmp_path, {"README": "", f"{inner or '.'}/jobs.py": APP, ".gitignore": ".env\n"})
    folder = lay_out(tmp_path / inner, {".env": "A=1\n"})
    assert look(project(folder, "jobs")).tracked is None
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "First")
    (folder / "later.py").touch()
    own = set() if inner else {"README", ".gitignore"}
    assert look(project(folder, "jobs")).tracked == {"jobs.py"} | own

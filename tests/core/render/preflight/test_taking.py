"""Taking the snapshot of real repositories."""

import shutil
import sys
from pathlib import Path

import pytest

from core.project.opening import Project, open_project
from core.render.preflight.snapshot import Snapshot
from core.render.preflight.taking import take_snapshot
from tests.support.preflight import (
    CLEAN,
    found,
    git,
    lay_out,
    picture,
    places,
    planted,
    repository,
)

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
NO_RENDER = {path: text for path, text in CLEAN.items() if path != "render.yaml"}


def opened(folder: Path) -> Project:
    return open_project(folder, python=sys.executable, environ={})


def take(folder: Path, project: Project | None = None) -> Snapshot:
    return take_snapshot(folder, project, "3.13.5")


@needs_git
def test_all_faults_of_one_repository_are_found_where_they_are(tmp_path: Path) -> None:
    files = planted(
        {
            "requirements.txt": b"\xef\xbb\xbfcelery[redis]==5.5.3\r\nfastapi\r\npywin32==311\r\n",
            ".python-version": None,
            "render.yaml": CLEAN["render.yaml"]
            .replace("celery -A proj.app worker --concurrency=2 -n worker@%h", "./start.sh")
            .replace("value: INFO", "value: INFO\n      - {key: BROKER_URL, value: '${X}'}"),
            "start.sh": b"#!/bin/bash\r\ncelery -A proj.app worker --pool=solo -B\r\n",
            "proj/Mail.py": "",
            "proj/tasks.py": "import winreg\nfrom proj import mail, local\n"
            + CLEAN["proj/tasks.py"],
            ".gitignore": "local.py\n",
        }
    )
    folder = repository(tmp_path / "p", files)
    lay_out(folder, {"proj/local.py": ""})
    lay_out(folder, {".env": "CELERY_RESULT_BACKEND=rediss://h.example.org:1\n"})
    blocking = {place for place in places(found(take(folder))) if place[1] == "block"}
    assert blocking == {
        ("windows-packages", "block", "requirements.txt", 3),
        ("line-ends", "block", "start.sh", 1),
        ("exec-bits", "block", "render.yaml", 20),
        ("import-case", "block", "proj/tasks.py", 2),
        ("left-out", "block", "proj/tasks.py", 2),
        ("windows-only", "block", "proj/tasks.py", 1),
        ("pool", "block", "start.sh", 2),
        ("signals", "block", "start.sh", 2),
        ("tls", "block", ".env", 1),
        ("literal-variables", "block", "render.yaml", 37),
    }


@needs_git
def test_the_clean_project_of_a_real_repository_has_nothing_wrong(tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", CLEAN)
    assert found(take(folder, opened(folder))) == ()


@needs_git
def test_what_is_looked_over_is_the_commit_and_that_the_tree_differs_is_told(
    tmp_path: Path,
) -> None:
    folder = repository(tmp_path / "p", CLEAN)
    lay_out(folder, {"proj/tasks.py": "import winreg\n" + CLEAN["proj/tasks.py"]})
    assert places(found(take(folder))) == [("commit", "info", "proj/tasks.py", None)]
    git(folder, "commit", "-q", "-a", "-m", "Second")
    assert places(found(take(folder))) == [("windows-only", "block", "proj/tasks.py", 1)]


@needs_git
def test_a_detached_head_is_a_finding(tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", CLEAN)
    git(folder, "checkout", "-q", "--detach")
    assert places(found(take(folder))) == [("commit", "warn", None, None)]


@needs_git
def test_an_app_in_a_folder_is_looked_over_from_there(tmp_path: Path) -> None:
    folder = repository(
        tmp_path / "p", {f"backend/{path}": each for path, each in NO_RENDER.items()}
    )
    snapshot = take(folder, opened(folder))
    assert [root.path for root in snapshot.roots] == ["backend"]
    assert snapshot.roots[0].found == ("proj.app",)
    assert places(found(snapshot)) == [
        ("importable", "info", None, None),
        ("environment", "warn", "backend/proj/app.py", 5),
    ]


def test_each_app_of_a_monorepo_has_a_root_of_its_own(tmp_path: Path) -> None:
    service = (
        "  - {{type: worker, name: {0}, runtime: python, rootDir: {0}, plan: starter,"
        " startCommand: 'celery -A proj.app worker -c 1',"
        " envVars: [{{key: REDIS_URL, sync: false}}]}}\n"
    )
    one = {f"one/{path}": text for path, text in NO_RENDER.items()}
    other = {f"other/{path}": text for path, text in NO_RENDER.items()}
    other["other/proj/tasks.py"] = "import winreg\n" + other["other/proj/tasks.py"]
    render = "services:\n" + service.format("one") + service.format("other")
    snapshot = picture({**one, **other, "render.yaml": render}, tmp_path)
    assert [root.path for root in snapshot.roots] == ["one", "other"]
    assert places(found(snapshot)) == [("windows-only", "block", "other/proj/tasks.py", 1)]


@needs_git
def test_without_services_the_apps_that_are_found_are_what_starts(tmp_path: Path) -> None:
    folder = repository(tmp_path / "p", NO_RENDER)
    (root,) = take(folder, opened(folder)).roots
    assert root.worker.certain == {"proj/__init__.py", "proj/app.py", "proj/tasks.py"}
    assert root.web.certain == {"main.py", *root.worker.certain}


@needs_git
def test_two_apps_that_nothing_starts_are_told_apart(tmp_path: Path) -> None:
    files = {f"one/{path}": text for path, text in NO_RENDER.items()}
    files |= {f"other/{path}": text for path, text in NO_RENDER.items()}
    folder = repository(tmp_path / "p", files)
    snapshot = take(folder, opened(folder))
    told = [each.seen.what for each in found(snapshot) if each.check == "commit"]
    assert [what.startswith("there are several Celery apps") for what in told] == [True]


def test_no_list_of_packages_at_all_blocks(tmp_path: Path) -> None:
    files = planted({"requirements.txt": None, "render.yaml": None})
    files["Procfile"] = "worker: celery -A proj.app worker -c 1\n"
    assert ("missing-packages", "block", None, None) in places(found(picture(files, tmp_path)))


def test_env_files_are_read_though_git_ignores_them(tmp_path: Path) -> None:
    lay_out(tmp_path, {".env": "A=1\nB=2\n", ".env.local": "A=3\n", ".env.production": "A=4\n"})
    snapshot = picture(NO_RENDER, tmp_path)
    seen = {(value.name, value.file, value.text) for value in snapshot.values}
    expected = {("A", ".env.local", "3"), ("B", ".env", "2"), ("A", ".env.production", "4")}
    assert seen == expected
    assert snapshot.value("A")[0].file == ".env.production"


def test_what_render_yaml_asks_for_otherwise_is_not_taken_from_env_files(tmp_path: Path) -> None:
    lay_out(tmp_path, {".env": "REDIS_URL=redis://localhost:6379/0\n"})
    assert found(picture(CLEAN, tmp_path)) == ()
    seen = places(found(picture(NO_RENDER, tmp_path)))
    assert ("localhost", "warn", ".env", 1) in seen


def test_tests_of_the_project_are_not_looked_at(tmp_path: Path) -> None:
    files = {**CLEAN, "tests/test_a.py": "import winreg\n", "conftest.py": "import winreg\n"}
    snapshot = picture(files, tmp_path)
    assert set(snapshot.codes) == {path for path in CLEAN if path.endswith(".py")}

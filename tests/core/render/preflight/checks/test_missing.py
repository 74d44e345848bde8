"""Packages that nothing installs."""

from pathlib import Path

import pytest

from tests.support.preflight import CLEAN, clean, in_group, in_tasks, seen_by

LIST = CLEAN["requirements.txt"]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("celery[redis]==5.5.3\nuvicorn==1\n", []),
        ("celery==5.5.3\nfastapi[standard]==1\n", []),
        ("flower==2\nuvicorn==1\n", []),
        ("redis==6\nuvicorn==1\n", [("block", "render.yaml", 20)]),
        ("celery[redis]==5.5.3\n", [("block", "render.yaml", 8)]),
        ("-e .\nuvicorn==1\n", [("warn", "render.yaml", 20)]),
        ("unheard-of==1\nuvicorn==1\n", [("warn", "render.yaml", 20)]),
        ('celery==5; sys_platform == "win32"\nuvicorn==1\n', [("block", "render.yaml", 20)]),
    ],
)
def test_what_commands_run_is_brought_by_a_list(
    text: str, missing: list[object], tmp_path: Path
) -> None:
    changes = {"requirements.txt": text, "main.py": "app = 1\n"}
    assert seen_by("missing-packages", changes, tmp_path) == missing


def test_what_nobody_can_look_up_only_warns(tmp_path: Path) -> None:
    changes = {"requirements.txt": "redis==6\nuvicorn==1\n"}
    assert seen_by("missing-packages", changes, tmp_path, installed={}) == [
        ("warn", "render.yaml", 20)
    ]


def test_what_a_listed_package_surely_brings_is_there_though_it_is_not_installed_here(
    tmp_path: Path,
) -> None:
    app = in_tasks("", "import pydantic\nimport requests\n")
    here: dict[str, tuple[str, ...]] = {"pydantic": (), "requests": ()}
    seen = seen_by("missing-packages", app, tmp_path, installed=here)
    assert seen == [("warn", "proj/tasks.py", 2)]


def test_a_procfile_only_warns(tmp_path: Path) -> None:
    changes = {"render.yaml": None, "Procfile": "web: gunicorn main:app\n"}
    assert seen_by("missing-packages", changes, tmp_path) == [("warn", "Procfile", 1)]


def test_a_lock_has_all_that_there_is(tmp_path: Path) -> None:
    lock = (
        '[[package]]\nname = "m"\nsource = {virtual = "."}\ndependencies = [{name = "uvicorn"}]\n'
    )
    bare = "\n".join(each for each in CLEAN["render.yaml"].splitlines() if "buildC" not in each)
    changes = {
        "uv.lock": lock + '[[package]]\nname = "uvicorn"\n',
        "pyproject.toml": '[project]\ndependencies = ["uvicorn"]\n',
        "render.yaml": bare,
    }
    seen = seen_by("missing-packages", changes, tmp_path, installed={})
    assert seen == [("block", "render.yaml", 18)]


def test_what_an_address_needs_is_brought_by_a_list(tmp_path: Path) -> None:
    changes = in_group("DATABASE_URL", "mysql+pymysql://h/x")
    assert seen_by("missing-packages", changes, tmp_path) == [("block", "render.yaml", 38)]
    installed = {"requirements.txt": f"{LIST}PyMySQL==1.1\n"}
    assert seen_by("missing-packages", {**changes, **installed}, tmp_path) == []
    postgres = in_group("DATABASE_URL", "postgresql+psycopg2://h/x")
    other = {"requirements.txt": f"{LIST}psycopg2-binary==2.9\n"}
    assert seen_by("missing-packages", {**postgres, **other}, tmp_path) == []


@pytest.mark.parametrize(
    ("first", "missing"),
    [
        ("import requests\n", [("block", "proj/tasks.py", 1)]),
        ("from yaml import safe_load\n", [("block", "proj/tasks.py", 1)]),
        ("try:\n    import requests\nexcept ImportError:\n    pass\n", []),
        ("def f():\n    import requests\n", []),
        ("import json\n", []),
        ("import pydantic\n", []),
        ("import nowhere_installed\n", []),
        ("from . import requests\n", []),
    ],
)
def test_what_is_installed_by_hand_is_in_no_list(
    first: str, missing: list[object], tmp_path: Path
) -> None:
    assert seen_by("missing-packages", in_tasks("", first), tmp_path) == missing


def test_a_module_of_the_project_is_no_package(tmp_path: Path) -> None:
    changes = {**in_tasks("", "import requests\n"), "requests.py": ""}
    assert seen_by("missing-packages", changes, tmp_path) == []


def test_a_list_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    seen = seen_by("missing-packages", {"requirements.txt": None}, tmp_path)
    assert seen == [("block", "render.yaml", 7)]


def test_without_any_list_a_dockerfile_or_a_build_command_leave_a_doubt(tmp_path: Path) -> None:
    nothing = {"requirements.txt": None}
    built = clean("render.yaml", "pip install -r requirements.txt", "make install")
    seen = seen_by("missing-packages", {**nothing, "render.yaml": built}, tmp_path)
    assert seen == [("warn", None, None)]
    bare = "\n".join(
        each for each in CLEAN["render.yaml"].splitlines() if "buildCommand" not in each
    )
    changes = {**nothing, "render.yaml": bare}
    assert seen_by("missing-packages", changes, tmp_path) == [("block", None, None)]
    docker = {**changes, "Dockerfile": "FROM python\n"}
    assert seen_by("missing-packages", docker, tmp_path) == [("warn", None, None)]


def test_what_docker_builds_is_not_looked_at(tmp_path: Path) -> None:
    text = clean("render.yaml", "runtime: python", "runtime: docker")
    changes = {"render.yaml": text, "requirements.txt": "a\n"}
    assert seen_by("missing-packages", changes, tmp_path) == []

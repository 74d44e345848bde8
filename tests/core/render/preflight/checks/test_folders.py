"""The folder that commands start in."""

from pathlib import Path

import pytest

from tests.support.preflight import CLEAN, clean, found, picture, planted, seen_by, started_by

MOVED = {
    **{f"backend/{path}": text for path, text in CLEAN.items() if path.startswith("proj")},
    **{path: None for path in CLEAN if path.startswith("proj")},
}


def blocked(changes: dict[str, str | None], tmp_path: Path) -> list[str]:
    return [place[0] for place in seen_by("importable", changes, tmp_path) if place[1]]


def test_an_app_in_another_folder_blocks_with_the_folder(tmp_path: Path) -> None:
    (first, *_) = (
        each for each in found(picture(planted(MOVED), tmp_path)) if each.check == "importable"
    )
    assert first.seen.severity == "block"
    assert first.seen.fix == "set rootDir to backend"


@pytest.mark.parametrize(
    "command",
    [
        "cd backend && celery -A proj.app worker -c 1",
        "celery --workdir backend -A proj.app worker -c 1",
        "PYTHONPATH=backend celery -A proj.app worker -c 1",
        "celery -A $APP worker -c 1",
    ],
)
def test_a_command_that_goes_there_is_right(command: str, tmp_path: Path) -> None:
    assert blocked({**MOVED, **started_by(command)}, tmp_path) == []


def test_root_directory_leads_there(tmp_path: Path) -> None:
    text = clean("render.yaml", "runtime: python", "runtime: python\n    rootDir: backend")
    changes = {**MOVED, "render.yaml": text, "backend/main.py": CLEAN["main.py"]}
    assert blocked(changes, tmp_path) == []


def test_an_app_that_is_nowhere_may_be_installed(tmp_path: Path) -> None:
    changes = started_by("celery -A library.app worker -c 1")
    assert blocked(changes, tmp_path) == ["warn"]


def test_an_app_in_src_is_installed_from_there(tmp_path: Path) -> None:
    moved = {path.replace("backend/", "src/"): text for path, text in MOVED.items()}
    assert blocked(moved, tmp_path) == []


def test_that_it_imports_is_unproven(tmp_path: Path) -> None:
    assert seen_by("importable", {}, tmp_path) == [("unproven", None, None)]


@pytest.mark.parametrize("web", ["gunicorn -b 0.0.0.0:$PORT main:app", "gunicorn main --bind x:1"])
def test_what_gunicorn_serves_is_looked_for(web: str, tmp_path: Path) -> None:
    served = clean("render.yaml", "uvicorn main:app --host 0.0.0.0 --port $PORT", web)
    assert blocked({"render.yaml": served}, tmp_path) == []
    moved = {"main.py": None, "backend/main.py": CLEAN["main.py"], "render.yaml": served}
    assert blocked(moved, tmp_path / "x") == ["block"]


def test_a_dockerfile_may_put_the_app_where_it_is_looked_for(tmp_path: Path) -> None:
    text = clean("render.yaml", "runtime: python", "runtime: docker")
    text = text.replace("startCommand", "dockerCommand").replace("    buildCommand", "    #")
    assert blocked({**MOVED, "render.yaml": text}, tmp_path) == []

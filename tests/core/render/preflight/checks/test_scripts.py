"""Shell scripts."""

from pathlib import Path

import pytest

from tests.support.preflight import in_tasks, seen_by, started_by

EXEC = "#!/bin/sh\nexec celery -A proj.app worker -c 2\n"
CRLF = EXEC.replace("\n", "\r\n").encode()


def test_crlf_blocks_in_what_is_run_and_warns_elsewhere(tmp_path: Path) -> None:
    run = {**started_by("sh start.sh"), "start.sh": CRLF}
    assert seen_by("line-ends", run, tmp_path) == [("block", "start.sh", 1)]
    assert seen_by("line-ends", {"tools/dev.sh": CRLF}, tmp_path) == [("warn", "tools/dev.sh", 1)]
    assert seen_by("line-ends", {"bin/dev": CRLF}, tmp_path) == [("warn", "bin/dev", 1)]
    assert seen_by("line-ends", {"a.bat": b"dir\r\n", "b.sh": EXEC}, tmp_path) == []


def test_crlf_that_checkout_makes_counts_too(tmp_path: Path) -> None:
    run = {**started_by("sh start.sh"), "start.sh": EXEC}
    seen = seen_by("line-ends", run, tmp_path, as_crlf=["start.sh"])
    assert seen == [("block", "start.sh", 1)]


def test_only_what_is_run_by_itself_needs_the_exec_bit(tmp_path: Path) -> None:
    script = {"start.sh": EXEC}
    changes = {**started_by("./start.sh"), **script}
    assert seen_by("exec-bits", changes, tmp_path) == [("block", "render.yaml", 20)]
    assert seen_by("exec-bits", changes, tmp_path, executable=["start.sh"]) == []
    assert seen_by("exec-bits", {**started_by("bash start.sh"), **script}, tmp_path) == []
    assert seen_by("exec-bits", started_by("./nowhere.sh"), tmp_path) == []


def test_a_procfile_only_warns(tmp_path: Path) -> None:
    changes = {"render.yaml": None, "Procfile": "worker: ./start.sh\n", "start.sh": EXEC}
    assert seen_by("exec-bits", changes, tmp_path) == [("warn", "Procfile", 1)]


@pytest.mark.parametrize(
    ("script", "deaf"),
    [
        (EXEC, []),
        ("set -e\npython migrate.py\nexec celery -A proj.app worker\n", []),
        ("celery -A proj.app worker\n", [("block", "start.sh", 1)]),
        ("celery -A proj.app worker &\nexec uvicorn main:app\n", [("block", "start.sh", 1)]),
        ("trap 'kill 0' TERM\ncelery -A proj.app worker &\nwait\n", []),
        ("celery -A proj.app inspect ping\nexec celery -A proj.app worker\n", []),
        ("celery --version\nexec celery -A proj.app worker\n", []),
    ],
)
def test_the_program_of_a_script_hears_sigterm(
    script: str, deaf: list[object], tmp_path: Path
) -> None:
    changes = {**started_by("bash start.sh"), "start.sh": script}
    assert seen_by("signals", changes, tmp_path) == deaf


def test_a_command_without_a_script_needs_no_exec(tmp_path: Path) -> None:
    plain = started_by("python setup.py && celery -A proj.app worker")
    assert seen_by("signals", plain, tmp_path) == []
    behind = started_by("celery -A proj.app worker & uvicorn main:app")
    assert seen_by("signals", behind, tmp_path) == [("block", "render.yaml", 20)]


def test_python_with_crlf_is_no_matter(tmp_path: Path) -> None:
    changes = {path: text.replace("\n", "\r\n") for path, text in in_tasks("").items()}
    assert seen_by("line-ends", changes, tmp_path) == []

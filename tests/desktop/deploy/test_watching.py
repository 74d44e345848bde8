"""Which files matter."""

import asyncio
import os
from contextlib import aclosing
from pathlib import Path

import pytest

from desktop.deploy.watching import changes_below, concerns, younger
from tests.support.waiting import touch_on_and_on


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("app/tasks.py", True),
        ("render.yaml", True),
        (".env", True),
        ("backend/.env.production", True),
        ("requirements.txt", True),
        ("Dockerfile", True),
        (".git/HEAD", True),
        (".git/refs/heads/main", True),
        (".git/refs/heads/main.lock", False),
        (".git/index", False),
        ("static/app.css", False),
        ("venv/lib/x.py", False),
        (".cache/x.py", False),
        ("app/__pycache__/x.pyc", False),
    ],
)
def test_only_what_render_gets_or_is_told_matters(tmp_path: Path, path: str, matters: bool) -> None:
    assert concerns(tmp_path / path, tmp_path) is matters
    assert not concerns(tmp_path.parent / "x.py", tmp_path)


def test_what_changed_before_is_not_younger(tmp_path: Path) -> None:
    old, new, gone = tmp_path / "old.py", tmp_path / "new.py", tmp_path / "sub" / "gone.py"
    gone.parent.mkdir()
    for file, at in ((old, 100), (new, 300), (gone.parent, 300)):
        file.touch() if file.suffix else None
        os.utime(file, ns=(at, at))
    assert younger([old, new, gone], 200) == (new, gone)


async def test_each_burst_of_changes_is_told(tmp_path: Path) -> None:
    async with asyncio.timeout(60), asyncio.TaskGroup() as jobs:
        touching = jobs.create_task(touch_on_and_on(tmp_path / "tasks.py"))
        async with aclosing(changes_below(tmp_path)) as bursts:
            async for files in bursts:
                assert files == {tmp_path / "tasks.py"}
                break
        touching.cancel()

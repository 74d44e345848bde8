"""Whether source compiles, asked of a real interpreter."""

import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import FleetError
from core.reload.syntax import faults
from core.workers.containment import Containment, make_containment
from core.workers.spec import WorkerSpec


@pytest.fixture
async def containment() -> AsyncIterator[Containment]:
    async with make_containment() as containment:
        yield containment


def spec(folder: Path, python: str = sys.executable) -> WorkerSpec:
    return WorkerSpec(Path(python), "app", folder, dict(os.environ))


async def test_the_file_the_line_and_the_reason_are_told(
    tmp_path: Path, containment: Containment
) -> None:
    good, bad = tmp_path / "good.py", tmp_path / "bäd.py"
    good.write_text("raise RuntimeError('it is not run')", "utf-8")
    bad.write_text("x = 1\ndef f(:\n", "utf-8")
    (found,) = await faults([good, bad, tmp_path / "gone.py"], spec(tmp_path), containment)
    assert (found.file, found.line) == (bad, 2)
    assert found.message


async def test_an_interpreter_that_says_nothing_keeps_nobody_from_a_restart(
    tmp_path: Path, containment: Containment
) -> None:
    program = shutil.which("where" if sys.platform == "win32" else "true") or ""
    assert await faults([], spec(tmp_path, program), containment) == ()


async def test_an_interpreter_that_is_gone_is_told(
    tmp_path: Path, containment: Containment
) -> None:
    with pytest.raises(FleetError, match="syntax check"):
        await faults([], spec(tmp_path, str(tmp_path / "python")), containment)

"""The pool that the settings ask for."""

import sys
from pathlib import Path

import pytest

from core.doctor.finding import State
from tests.support.doctor import plant, visit, wrong
from tests.support.venvs import python_with_celery

if sys.platform != "win32":
    from tests.support.broker import Server

    @pytest.mark.parametrize(
        ("asked", "part"), [("solo", "one task at a time too"), ("gevent", "greenlets")]
    )
    async def test_a_pool_that_is_not_what_production_should_have(
        server: Server, tmp_path: Path, asked: str, part: str
    ) -> None:
        folder = plant(tmp_path / "p", settings=f'worker_pool="{asked}", worker_concurrency=2')
        found = await visit(folder, server.url)
        assert wrong(found) == {"pool": State.WARNING}
        assert part in found["pool"].evidence

    async def test_prefork_asked_on_windows(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p", settings='worker_pool="prefork"')
        python = python_with_celery("5.4.0")
        found = await visit(folder, server.url, python=python, windows=True)
        assert wrong(found) == {"pool": State.FAULT}
        assert wrong(await visit(folder, server.url, python=python)) == {}

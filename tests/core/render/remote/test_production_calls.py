"""The app of a project, led to the broker of production."""

import sys
from pathlib import Path

import pytest

from core.broker.address import read_address
from core.errors import FleetError
from core.project.opening import open_project
from core.render.remote.production_calls import production_calls
from core.render.verifying.production import Production
from core.secret import Secret
from core.workers.containment import make_containment

APP = """\
from celery import Celery

app = Celery("shop", broker="redis://127.0.0.1:1/0")
"""
FAR = Secret("redis://127.0.0.1:2/0")


async def broker_of(folder: Path, text: str) -> str:
    """The broker that the app of this text is led to."""
    (folder / "shop.py").write_text(text)
    project = open_project(folder, app="shop", python=sys.executable)
    production = Production({"CELERY_BROKER_URL": FAR}, "a test", (read_address(FAR),))
    async with (
        make_containment(print) as containment,
        production_calls(project, containment, {}, production) as calls,
    ):
        return await calls.broker_url()


async def test_an_app_is_led_to_the_broker_of_production(tmp_path: Path) -> None:
    assert "127.0.0.1:2" in await broker_of(tmp_path, APP)


async def test_an_app_that_goes_elsewhere_all_the_same_is_told(tmp_path: Path) -> None:
    stubborn = f"import os\n\nos.environ['CELERY_BROKER_URL'] = 'redis://127.0.0.1:3/0'\n{APP}"
    with pytest.raises(FleetError, match="cannot be led to production's broker") as caught:
        await broker_of(tmp_path, stubborn)
    assert "127.0.0.1:3" in caught.value.why

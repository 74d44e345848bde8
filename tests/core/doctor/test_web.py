"""Whether the web service sends to where the workers read."""

import sys
from pathlib import Path

import pytest

from core.doctor.finding import State
from tests.support.doctor import plant, visit, wrong

if sys.platform != "win32":
    from tests.support.broker import Server

    MAIN = "from proj import app as celery_app\n\ndef FastAPI(): ...\n\napi = FastAPI()\n"

    @pytest.mark.parametrize(
        "files",
        [
            {"Procfile__dev": "web: REDIS_URL={other} uvicorn main:api\n"},
            {
                "Procfile__dev": "web: uvicorn main:api\n"
                "worker: REDIS_URL={other} celery -A proj worker\n"
            },
            {"main__py": "import os\nos.environ['REDIS_URL'] = '{other}'\n" + MAIN},
            {
                "main__py": "from celery import Celery\ndef FastAPI(): ...\nx = FastAPI()\n"
                "queue = Celery('q', broker='{other}')\n"
            },
        ],
    )
    async def test_a_web_service_that_leads_elsewhere(
        server: Server, tmp_path: Path, files: dict[str, str]
    ) -> None:
        other = f"{server.url[:-1]}9"
        told = {name: text.replace("{other}", other) for name, text in files.items()}
        folder = plant(tmp_path / "p", **{"main__py": MAIN, **told})
        found = await visit(folder, server.url, app="proj")
        assert wrong(found) == {"web-broker": State.FAULT}
        assert other in found["web-broker"].evidence

    async def test_a_web_folder_with_an_env_file_of_its_own(server: Server, tmp_path: Path) -> None:
        folder = plant(
            tmp_path / "p",
            __env=f"BROKER={server.url}\n",
            proj__py="import os\nfrom celery import Celery\n"
            "app = Celery('p', broker=os.environ['BROKER'])\n"
            "@app.task\ndef add(): ...\n",
            web___main__py="def FastAPI(): ...\napi = FastAPI()\n",
        )
        (folder / "web" / ".env").write_text(f"BROKER={server.url[:-1]}9\n", "utf-8")
        found = await visit(folder, server.url, app="proj")
        assert wrong(found) == {"web-broker": State.FAULT}

    async def test_a_web_service_that_sends_to_the_same_broker(
        server: Server, tmp_path: Path
    ) -> None:
        folder = plant(tmp_path / "p", main__py=MAIN)
        found = await visit(folder, server.url, app="proj")
        assert wrong(found) == {}
        assert "(main:celery_app imported)" in found["web-broker"].evidence

    async def test_a_web_framework_that_is_not_installed_is_no_matter_of_ours(
        server: Server, tmp_path: Path
    ) -> None:
        folder = plant(tmp_path / "p", main__py="from fastapi_not_here import FastAPI\n" + MAIN)
        found = await visit(folder, server.url, app="proj")
        assert wrong(found) == {}
        assert "(the app under its variables)" in found["web-broker"].evidence

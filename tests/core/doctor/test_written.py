"""What is written in files and variables."""

import sys
from pathlib import Path

import pytest

from core.doctor.finding import State
from tests.support.doctor import plant, visit, wrong

if sys.platform != "win32":
    from tests.support.broker import Server

    async def test_a_literal_variable_in_the_environment(server: Server, tmp_path: Path) -> None:
        environ = {"CELERY_BROKER_URL": "${REDIS_URL}"}
        found = await visit(plant(tmp_path / "p"), server.url, environ=environ)
        assert wrong(found) == {"literal-variables": State.FAULT, "precedence": State.WARNING}
        assert "CELERY_BROKER_URL (process environment) is ${REDIS_URL}" in (
            found["literal-variables"].evidence
        )

    async def test_a_literal_variable_for_render(server: Server, tmp_path: Path) -> None:
        render = "services:\n- envVars:\n  - key: CELERY_BROKER_URL\n    value: ${REDIS_URL}\n"
        found = await visit(plant(tmp_path / "p", render__yaml=render), server.url)
        assert wrong(found) == {"literal-variables": State.FAULT}
        assert "render.yaml:4 has ${REDIS_URL}" in found["literal-variables"].evidence

    async def test_a_variable_that_nothing_sets(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p", __env="OTHER_URL=${NOBODY_SET_THIS}\n")
        found = await visit(folder, server.url)
        assert wrong(found) == {"literal-variables": State.WARNING}

    async def test_a_variable_that_beats_the_code(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p", __env=f"CELERY_BROKER_URL={server.url[:-1]}7\n")
        found = await visit(folder, server.url)
        assert wrong(found) == {"precedence": State.WARNING}
        evidence = found["precedence"].evidence
        assert f"{folder / '.env'}:1" in evidence
        assert f"{server.url[:-1]}7; the code says {server.url}" in evidence

    @pytest.mark.parametrize(
        ("name", "text", "line"),
        [
            ("render__yaml", "envVars:\n- key: REDIS_URL\n  value: redis://localhost:6379/0\n", 3),
            ("__env__production", "A=1\nREDIS_URL=redis://:pw@127.0.0.1/0\n", 2),
            ("Procfile", "worker: R=redis://localhost celery -A proj worker\n", 1),
        ],
    )
    async def test_localhost_in_production(
        server: Server, tmp_path: Path, name: str, text: str, line: int
    ) -> None:
        found = await visit(plant(tmp_path / "p", **{name: text}), server.url)
        assert wrong(found) == {"localhost": State.FAULT}
        assert f"{name.replace('__', '.')}:{line} " in found["localhost"].evidence
        assert "pw" not in found["localhost"].evidence

    @pytest.mark.parametrize(
        ("name", "line", "part"),
        [
            ("Procfile", "worker: celery -A proj worker -n w1@%computername%", "%computername%"),
            ("start__ps1", "celery -A proj worker -n w1@%COMPUTERNAME%", "%COMPUTERNAME%"),
            ("start__bat", "celery -A proj worker --pool=solo -B", "has -B"),
            ("start__cmd", "celery -A proj worker --pool=prefork", "asks for prefork"),
        ],
    )
    async def test_traps_of_windows(
        server: Server, tmp_path: Path, name: str, line: str, part: str
    ) -> None:
        found = await visit(plant(tmp_path / "p", **{name: line + "\n"}), server.url)
        assert wrong(found) == {"windows-traps": State.FAULT}
        assert part in found["windows-traps"].evidence

    async def test_commands_that_are_right_for_their_place(server: Server, tmp_path: Path) -> None:
        fine = {
            "Procfile": "worker: celery -A proj worker -B --pool=prefork -c 4\n",
            "start__bat": "celery -A proj worker --pool=solo -n w1@%COMPUTERNAME%\n",
        }
        assert wrong(await visit(plant(tmp_path / "p", **fine), server.url)) == {}

    async def test_on_windows_the_same_procfile_is_a_trap(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p", Procfile="worker: celery -A proj worker -B\n")
        found = await visit(folder, server.url, windows=True)
        assert wrong(found) == {"windows-traps": State.FAULT}

    async def test_a_time_limit_above_the_visibility_timeout(
        server: Server, tmp_path: Path
    ) -> None:
        found = await visit(plant(tmp_path / "p", options="time_limit=7200"), server.url)
        assert wrong(found) == {"visibility": State.WARNING}
        assert "proj.add may run 7200 s" in found["visibility"].evidence

    async def test_a_countdown_above_the_visibility_timeout(server: Server, tmp_path: Path) -> None:
        later = "def later(t):\n    t.apply_async(countdown=2 * 60 * 60)\n"
        found = await visit(plant(tmp_path / "p", later__py=later), server.url)
        assert wrong(found) == {"visibility": State.WARNING}
        assert "later.py:2 waits 7200 s" in found["visibility"].evidence

    async def test_a_visibility_timeout_that_was_raised_is_fine(
        server: Server, tmp_path: Path
    ) -> None:
        settings = 'broker_transport_options={"visibility_timeout": 9000}'
        folder = plant(tmp_path / "p", settings=settings, options="time_limit=7200")
        assert wrong(await visit(folder, server.url)) == {}

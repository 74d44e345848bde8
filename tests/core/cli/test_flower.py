"""One run of a page that stands in for Flower's."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from core.broker.builtin import free_port
from core.cli import main
from core.cli.flower import FlowerRun, Means
from core.cli.flower_printer import FlowerPrinter
from core.errors import INTERRUPTED, USAGE, FleetError
from core.flower.access import VARIABLE, Access
from core.flower.plan import FlowerPlan
from core.secret import Secret
from core.workers.containment import Containment, make_containment
from tests.support.answers import Answers
from tests.support.program import homes
from tests.support.screen import Screen

PAGE = Path(__file__).parents[2] / "data" / "children" / "page.py"
TASKY = Path(__file__).parents[2] / "data" / "projects" / "tasky"
ACCESS = Access("me", Secret("sesame-street"), "in a test")


@dataclass
class Stage:
    """What a run is given, and what came of it."""

    folder: Path
    port: int | None = None
    chosen: int = field(default_factory=free_port)
    screen: Screen = field(default_factory=Screen)
    remembered: list[int] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    answers: Answers = field(default_factory=lambda: Answers(enable_events={"nodes": ["w1@box"]}))
    access: Access = ACCESS

    def give(self, orders: str) -> None:
        (self.folder / "orders").write_text(orders)

    async def plan(self, port: int) -> FlowerPlan:
        return FlowerPlan(
            argv=(sys.executable, str(PAGE), str(port), str(self.folder / "orders")),
            cwd=self.folder,
            port=port,
            prefix="fl",
            access=self.access,
            env={**os.environ, VARIABLE: ACCESS.variable()},
            first_words=b"{}\n",
        )

    def open(self, url: str) -> bool:
        self.opened.append(url)
        return False

    def means(self, containment: Containment) -> Means:
        printer = FlowerPrinter(
            self.screen.terminal, app="shop", version="2.2", as_lines=False, tells_password=True
        )
        return Means(
            plan=self.plan,
            calls=self.answers.calls,
            containment=containment,
            printer=printer,
            port=self.port,
            choose=lambda: self.chosen,
            remember=self.remembered.append,
            open_browser=self.open,
        )

    async def run_until(self, holds: Callable[[], object]) -> int:
        """It is stopped once that holds."""
        async with make_containment() as containment:
            run = FlowerRun(self.means(containment))

            async def stop() -> None:
                while not holds():
                    await asyncio.sleep(0.02)
                run.stop()

            async with asyncio.timeout(30), asyncio.TaskGroup() as jobs:
                jobs.create_task(stop())
                return await run.run()


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    made = Stage(tmp_path)
    made.give("well")
    return made


async def test_it_serves_until_stopped_and_tells_once_it_sees_the_workers(stage: Stage) -> None:
    assert await stage.run_until(lambda: stage.opened) == INTERRUPTED
    assert f"http://127.0.0.1:{stage.chosen}/fl/" in stage.screen.out
    assert "w1@box" in stage.screen.out
    assert stage.remembered == [stage.chosen]


async def test_the_browser_gets_an_address_without_the_login(stage: Stage) -> None:
    await stage.run_until(lambda: "no browser" in stage.screen.err)
    assert stage.opened == [f"http://127.0.0.1:{stage.chosen}/fl/"]


async def test_a_port_that_was_taken_meanwhile_is_given_up_for_another(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", stage.chosen)):
        await stage.run_until(lambda: stage.opened)
    assert "trying another one" in stage.screen.err
    assert len(stage.remembered) == 1
    assert stage.chosen not in stage.remembered


async def test_a_port_that_was_asked_for_is_not_given_up(stage: Stage) -> None:
    stage.port = stage.chosen
    with (
        socket.create_server(("127.0.0.1", stage.chosen)),
        pytest.RaisesGroup(pytest.RaisesExc(FleetError, match=f"no port {stage.chosen}")),
    ):
        await stage.run_until(lambda: False)
    assert stage.remembered == []


async def test_workers_that_cannot_be_asked_are_no_reason_to_end(stage: Stage) -> None:
    stage.answers.away = True
    assert await stage.run_until(lambda: stage.opened) == INTERRUPTED
    assert "the broker is away" in stage.screen.err


async def test_another_login_than_ours_is_told(stage: Stage) -> None:
    stage.access = replace(ACCESS, password=Secret("another-one"))
    await stage.run_until(lambda: stage.opened)
    assert "flowerconfig.py" in stage.screen.err


async def test_its_end_ends_the_run(stage: Stage) -> None:
    def told() -> bool:
        if stage.opened:
            stage.give("end")
        return False

    with pytest.RaisesGroup(pytest.RaisesExc(FleetError, match="Flower has ended")):
        await stage.run_until(told)


@pytest.mark.parametrize(
    ("options", "why"),
    [(("--broker", "builtin"), "no built-in broker"), (("--url-prefix", "(x"), "URL prefix")],
)
def test_what_makes_no_sense_is_refused_before_anything_is_started(
    options: tuple[str, ...],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert main(("flower", str(TASKY), "--python", sys.executable, *options)) == USAGE
    assert why in capfd.readouterr().err

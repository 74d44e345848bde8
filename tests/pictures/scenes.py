"""What is on each picture, and how the real window comes to show it."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.places import DEMO, DEMO_APP
from core.secret import Secret
from core.tasks.call import TaskCall
from core.tasks.task import FINAL
from core.wishes import BUILTIN, Wishes
from core.workers.phase import Phase
from desktop.deploy.steps import Step
from desktop.send.draft import Draft
from desktop.theme.theme import Choice, Theme
from tests.pictures.on_render import by_queues, on_render
from tests.pictures.proved import proved
from tests.support.qt import emitted, until
from tests.support.stage import Stage, play
from tests.support.storefront import storefront

SIZES: Mapping[float, tuple[tuple[int, int], ...]] = {
    1: ((1440, 900), (1280, 720), (1024, 640), (1920, 1080), (3840, 2160)),
    1.5: ((1440, 900), (1920, 1080)),
    2: ((1280, 720),),
}
"""By scale, in pixels of the design."""
TURNS = 20
"""Of Qt's loop, until all layouts have found their sizes."""
LOOKS = 2
"""At what the workers use, until there are curves of it."""
WORKERS = 5


def _call(name: str, count: int, **kwargs: object) -> TaskCall:
    return TaskCall(f"celery_queue.tasks.{name}", (), kwargs, count=count)


BEFORE = (
    _call("print_colours", 2),
    _call("add", 12, x=2, y=3),
    _call("report", 4, title="Sales", pages=3, seconds_per_page=0.05),
    _call("fetch", 2, failures=1, countdown=0.1),
    _call("count_primes", 3, below=20_000),
    _call("fail_deep", 1, depth=2),
    _call("fail", 1),
)
TESTS = (
    _call("fail_deep", 1, depth=2),
    _call("report", 20, title="Sales", pages=2, seconds_per_page=0.1),
)
LONG = _call("report", WORKERS - 1, title="Year", pages=400, seconds_per_page=0.5)
DOWN = (Phase.CRASHED, Phase.BACKOFF, Phase.FATAL)


class Camera:
    """Takes the window in each theme and size."""

    def __init__(self, stage: Stage, theme: Theme, folder: Path, scale: float) -> None:
        self._stage = stage
        self._theme = theme
        self._folder = folder
        self._scale = scale

    async def take(self, page: str) -> None:
        """Write the pictures of a page."""
        window = self._stage.window
        at = "" if self._scale == 1 else f"@{self._scale:g}"
        for choice in (Choice.DARK, Choice.LIGHT):
            self._theme.choose(choice)
            for width, height in SIZES[self._scale]:
                window.resize(width, height)
                await self._settle()
                name = f"{page}-{choice}-{width}x{height}{at}.png"
                window.grab().save(str(self._folder / name))

    async def _settle(self) -> None:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        self._stage.desk.hub.flush()


Page = Callable[[Stage, Camera], Awaitable[None]]


async def welcome(stage: Stage, camera: Camera) -> None:
    """Before anything is open."""
    await camera.take("welcome")


async def set_up(stage: Stage, camera: Camera) -> None:
    """A project that was never open before, and whose broker does not answer."""
    folder = _copy("newcomer")
    (folder / ".env").write_text("REDIS_URL=redis://127.0.0.1:1/0\nSMTP_PASSWORD=hush\n")
    (folder / "solofleet.toml").write_text(f"python = '{sys.executable}'\n")
    stage.window.open_folder(str(folder))
    await until(lambda: stage.window.set_up.idle)
    await camera.take("setup")


async def run(stage: Stage, camera: Camera) -> None:
    """Four busy workers, and one that crashed; then their logs in one."""
    await _open(stage)
    await _work(stage)
    await stage.session.send(LONG)
    await stage.until(lambda: len(_in(stage, Phase.BUSY)) == WORKERS - 1)
    (idle,) = _in(stage, Phase.READY)
    while not _in(stage, *DOWN):  # the first times it comes back at once
        dead = _pid(stage, idle)
        if dead is not None:
            psutil.Process(dead).kill()
        await stage.until(lambda old=dead: bool(_in(stage, *DOWN)) or _pid(stage, idle) != old)
    stage.page.choose(idle)
    for _ in range(LOOKS):
        await emitted(stage.desk.hub.usage_sampled)
    await camera.take("run")
    stage.page.logs.toggle_merged()
    await camera.take("merged")


async def send(stage: Stage, camera: Camera) -> None:
    """The panel for test tasks, with what became of some."""
    await _open(stage)
    await _work(stage)
    sender = stage.window.test_task
    tasks = sender.panel.picker.tasks.rows
    sender.open()
    while not tasks.rowCount():
        await emitted(tasks.modelReset)
    for call in TESTS:
        sender.edit(Draft(call))
        sender.panel.call.try_send()
        wanted = len(stage.session.ledger.tasks()) + call.count
        await stage.until(lambda count=wanted: len(stage.session.ledger.tasks()) == count)
        await _all_done(stage)
    await camera.take("send")


async def deploy(steps: Sequence[Step], stage: Stage, camera: Camera) -> None:
    """Some steps for a repository with faults, of which one is mended and one is about to be."""
    with tempfile.TemporaryDirectory() as folder:
        await _open(stage, storefront(Path(folder)))
        await _work(stage)
        stage.window.deploy.show()
        deployer = stage.window.deploy.deployer
        await until(lambda: deployer.idle)
        findings = deployer.page.preflight.findings
        for check, agreed in (("python-version", True), ("windows-packages", False)):
            row = next(row for told, row in findings.rows.items() if told.check == check)
            row.mend.click()
            await until(lambda: deployer.idle)
            if agreed and row.box is not None:
                row.box.agree.click()
                await until(lambda: deployer.idle)
        for step in steps:
            deployer.page.show_step(step)
            await camera.take(f"deploy-{step.name.lower()}")


async def deploy_on_render(stage: Stage, camera: Camera) -> None:
    """What reaches Render."""
    await on_render(_open, camera.take, stage)


async def deploy_by_queues(stage: Stage, camera: Camera) -> None:
    """A worker there whose queues scale it."""
    await by_queues(_open, camera.take, stage)


async def deploy_proved(stage: Stage, camera: Camera) -> None:
    """What it comes to."""

    async def open_and_work(stage: Stage, project: Path) -> None:
        await _open(stage, project)
        await _work(stage)

    await proved(open_and_work, camera.take, stage)


PAGES: Mapping[str, Page] = {
    "welcome": welcome,
    "setup": set_up,
    "run": run,
    "send": send,
    "deploy": partial(deploy, (Step.PREFLIGHT, Step.BLUEPRINT)),
    "deploy-size": partial(deploy, (Step.ENVIRONMENT, Step.SIZE)),
    "deploy-render": deploy_on_render,
    "deploy-queues": deploy_by_queues,
    "deploy-proved": deploy_proved,
}


def _in(stage: Stage, *phases: Phase) -> list[str]:
    """The workers that are in one of these phases, by name."""
    workers = stage.session.supervisor.workers
    return [worker.name for worker in workers if worker.phase in phases]


def _pid(stage: Stage, name: str) -> int | None:
    """Of its present process, or of its last one."""
    workers = stage.session.supervisor.workers
    return next(worker.pid for worker in workers if worker.name == name)


def _copy(name: str) -> Path:
    """A project of this name: the demo. Its path is seen on the pictures."""
    folder = Path(tempfile.gettempdir()) / name
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(DEMO, folder, ignore=leave, dirs_exist_ok=True)
    return folder


async def _open(stage: Stage, project: Path | None = None) -> None:
    folder = project or _copy("storefront")
    wishes = Wishes(workers=WORKERS, broker=Secret(BUILTIN))
    stage.desk.open(str(folder), wishes, app=DEMO_APP, python=sys.executable, start=True)
    await emitted(stage.desk.opened)
    await stage.until_shown(*["Ready"] * WORKERS)


async def _work(stage: Stage) -> None:
    for call in BEFORE:
        await stage.session.send(call)
    await _all_done(stage)


async def _all_done(stage: Stage) -> None:
    ledger = stage.session.ledger
    await stage.until(lambda: all(task.state in FINAL for task in ledger.tasks()))


def main(scale: float, folder: Path, pages: list[str]) -> None:
    """Play the scenes one after the other, each in a window of its own."""
    application = QApplication(["solofleet"])
    outside_of_tests = cast(pytest.FixtureRequest, None)  # wanted only to close widgets
    theme = Theme(application, Choice.DARK)
    for name in pages or list(PAGES):
        page = PAGES[name]

        async def scene(stage: Stage, page: Page = page) -> None:
            await page(stage, Camera(stage, theme, folder, scale))

        play(scene, application, theme, Path.home(), QtBot(outside_of_tests))


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])

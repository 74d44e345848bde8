"""The whole way to Render in the real window, by mouse, before an account of the test.

What Render itself does is done here: it syncs render.yaml with its services when that is pushed,
and starts the worker, which is a real prefork one on a clean checkout of the pushed commit.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a prefork worker, and Valkey, run on Linux", allow_module_level=True)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from core.places import DEMO_APP, state_folder
from core.render.checklist.evidence import State
from core.render.verifying.report import Sure
from desktop.app import RECENT_FILE
from desktop.deploy.deployer import Deployer
from desktop.deploy.steps import Mark, Step
from desktop.run.far_logs import HOST, LIVE
from desktop.theme.theme import Choice, Theme
from desktop.welcome.recent_list import RecentList
from desktop.welcome.recents import Recent, Recents
from tests.render_fake.server import RenderServer, render_server
from tests.support.broker import Server
from tests.support.deployed import site
from tests.support.on_render import answer, click, named, state
from tests.support.preflight import git
from tests.support.program import homes
from tests.support.qt import emitted, until
from tests.support.stage import Stage, play
from tests.support.whole_way import GROUP, NAMES, WEB, WORKER, Render, connected, demo_repository

AT_ONCE = 4


@pytest.fixture
def root(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo, which was open here before."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    root = demo_repository(tmp_path, server.url)
    for folder in (tmp_path, state_folder()):
        Recents(folder / RECENT_FILE).note(Recent(str(root), DEMO_APP, 2, 0.0))
    return root


@pytest.fixture
def render(tmp_path: Path) -> Iterator[Render]:
    """The account; the contract was held when the test is over."""
    with site({"/health": (200, "{}")}) as url:
        made = connected(tmp_path, url)
        yield made
    assert made.account.broken == []


@pytest.fixture
def served(render: Render, monkeypatch: pytest.MonkeyPatch) -> Iterator[RenderServer]:
    """The account behind a real address, which the window finds with its key."""
    monkeypatch.setattr("core.render.api.following.EVERY_S", 0.05)
    with render_server(render.account) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.mark.usefixtures("served")
def test_the_demo_goes_to_render_and_is_proved_to_work_there(
    root: Path,
    render: Render,
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.support.qt.LIMIT_S", 300.0)

    async def scene(stage: Stage) -> None:
        await _open(stage)
        click(stage.window.rail.buttons[1])
        deployer = stage.window.deploy.deployer
        await until(lambda: deployer.idle)
        assert _mark(deployer, Step.PREFLIGHT) is not Mark.FAULT
        await _plan(deployer, root)
        await _send_variables(deployer, root, render)
        await _push(deployer, root, render)
        await _deploy(deployer)
        with closing(render):
            await _run(stage, deployer, render)
            await _scale(stage, deployer, render)
            await _prove(deployer, render)
            await _check(deployer)

    play(scene, qapp, Theme(qapp, Choice.DARK), tmp_path, qtbot)


async def _open(stage: Stage) -> None:
    """The project of the list on the first page; then its workers here."""
    recents = stage.window.welcome.findChild(RecentList)
    assert isinstance(recents, RecentList)
    place = recents.visualRect(recents.model().index(0, 0)).center()
    QTest.mouseClick(recents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await emitted(stage.desk.opened)
    stage.press("Start all")
    await stage.until_shown("Ready", "Ready")


async def _plan(deployer: Deployer, root: Path) -> None:
    """The Blueprint: Redis outside, a standard plan, four tasks at once; and the check after it."""
    page, form = deployer.page, deployer.page.blueprint.form
    click(page.steps.buttons[Step.BLUEPRINT])
    click(_button(form.redis, "Outside"))
    await until(lambda: deployer.idle)
    form.plan.setFocus()
    QTest.keyClick(form.plan, Qt.Key.Key_Down)
    await until(lambda: deployer.idle)
    assert form.plan.currentData() == "standard"
    while form.concurrency.value != AT_ONCE:
        word = "more" if form.concurrency.value < AT_ONCE else "less"
        click(_button(form.concurrency, f"one {word}"))
        await until(lambda: deployer.idle)
    click(page.diff.write_button)
    await until((root / "render.yaml").exists)
    await until(lambda: deployer.idle)
    assert _mark(deployer, Step.BLUEPRINT) is Mark.DONE
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Plan the services on Render")
    click(page.steps.buttons[Step.PREFLIGHT])
    click(page.preflight.again_button)
    await until(lambda: deployer.idle)
    assert _mark(deployer, Step.PREFLIGHT) is not Mark.FAULT


async def _send_variables(deployer: Deployer, root: Path, render: Render) -> None:
    """What Render lacks, from `.env`, and nothing else."""
    page, side = deployer.page, deployer.render
    click(page.steps.buttons[Step.ACCOUNT])
    await until(lambda: side.idle and side.remote.there is not None)
    assert deployer.page.steps.buttons[Step.ACCOUNT].standing.words == "2 services"
    click(page.steps.buttons[Step.ENVIRONMENT])
    card = page.environment.on_render
    await until(lambda: side.idle and bool(card.rows.rows))
    click(card.differing)
    assert sorted(card.rows.chosen) == sorted(NAMES)
    click(card.send_button)
    assert GROUP in await answer(side)
    await until(lambda: side.idle)
    (group,) = render.account.groups.values()
    sent = dict(line.split("=", 1) for line in (root / ".env").read_text().splitlines())
    assert {name: group["values"].get(name) for name in NAMES} == sent


async def _push(deployer: Deployer, root: Path, render: Render) -> None:
    """To the bare repository; Render sees it."""
    side = deployer.render
    click(deployer.page.steps.buttons[Step.SHIP])
    await until(lambda: side.idle)
    click(side.ship.push.push_button)
    assert await answer(side) == "Push main to origin?"
    await until(lambda: side.idle)
    assert git(render.bare, "rev-parse", "main") == git(root, "rev-parse", "HEAD")
    render.sync()


async def _deploy(deployer: Deployer) -> None:
    """All services, followed until they are live."""
    side = deployer.render
    click(side.ship.deploy.all_button)
    await answer(side)
    await until(lambda: state(side, WEB) == state(side, WORKER) == "Live")
    await until(lambda: not any(each.following for each in side.follower.watched.values()))
    assert _mark(deployer, Step.SHIP) is Mark.DONE


async def _run(stage: Stage, deployer: Deployer, render: Render) -> None:
    """The worker there, with its log beside those of the workers here."""
    side = deployer.render
    click(deployer.page.steps.buttons[Step.RUNNING])
    await until(lambda: side.idle)
    click(side.running.logs_toggle)
    await until(lambda: [row.look for row in stage.page.far.rows(0)] == [LIVE] * 2)
    render.start(0)
    name = f"{WORKER}{HOST}"
    await until(lambda: " ready." in _text(stage.page.far.log(name)))
    assert stage.page.isVisible()
    here = [worker.name for worker in stage.session.supervisor.workers]
    panes = stage.page.logs.panes
    assert all(panes.pane(each).isVisible() for each in (*here, name))
    assert "celery_queue.tasks.report" in _text(stage.page.far.log(name))  # Celery's banner


async def _scale(stage: Stage, deployer: Deployer, render: Render) -> None:
    """To two instances, of which Render starts the second."""
    side = deployer.render
    click(stage.window.rail.buttons[1])
    click(_button(side.running.instances, "one more"))
    click(side.running.scale_button)
    assert "from 1 to 2 instances" in await answer(side)
    details = named(render.account, WORKER)["serviceDetails"]
    await until(lambda: details["numInstances"] == 2 and side.idle)
    await until(lambda: "2 instances" in side.running.state.text())
    await asyncio.to_thread(render.start(1).until, " ready.")


async def _prove(deployer: Deployer, render: Render) -> None:
    """One task through production's broker, and where it ran."""
    side = deployer.render
    click(deployer.page.steps.buttons[Step.PROOF])
    await until(lambda: side.idle)
    side.prover.nearby = render.nearby
    click(side.proof.proof.button)
    assert "127.1:" in await answer(side)
    await until(lambda: side.prover.proof is not None and not side.prover.running)
    proof = side.prover.proof
    assert proof is not None
    assert not [each for each in proof.findings if each.sure in (Sure.FAILED, Sure.UNKNOWN)]
    (ran,) = proof.of("ran-on-render")
    assert (ran.sure, ran.what) == (Sure.PROVED, f"the task was run on Render, by {WORKER}")
    assert proof.commit == render.account.commit
    assert _mark(deployer, Step.PROOF) is Mark.DONE


async def _check(deployer: Deployer) -> None:
    """All boxes tick themselves, but for the two that only a person can know."""
    page = deployer.page
    click(page.steps.buttons[Step.CHECKLIST])
    await until(lambda: deployer.idle and page.checklist.boxes.complete)
    for id in ("sent", "status"):
        tick = page.checklist.boxes.rows[id].tick
        assert tick is not None
        click(tick)
        await until(lambda: deployer.idle and page.checklist.boxes.complete)
    boxes = page.checklist.boxes.rows.values()
    open_ones = [
        (each.ticked.box.id, each.ticked.state, each.ticked.why)
        for each in boxes
        if each.ticked.state not in (State.DONE, State.NOT_NEEDED)
    ]
    assert open_ones == []
    assert _mark(deployer, Step.CHECKLIST) is Mark.DONE


def _mark(deployer: Deployer, step: Step) -> Mark:
    return deployer.page.steps.buttons[step].standing.mark


def _button(within: QWidget, name: str) -> QAbstractButton:
    """The button whose name ends so."""
    buttons = within.findChildren(QAbstractButton)
    return next(each for each in buttons if each.accessibleName().endswith(name))


def _text(store: LogStore | None) -> str:
    return "" if store is None else "\n".join(store.slice(store.first, store.end))

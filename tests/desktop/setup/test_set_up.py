"""The real window: a project is opened for the first time, by mouse and keyboard."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from core.places import DEMO
from core.project.finding import Part
from core.project.folder import project_name
from core.setup.choices import kept_choices
from core.setup.trial import State
from core.workers.leftovers import claim
from desktop.setup.set_up import SetUp
from desktop.welcome.recents import Recent, Recents
from tests.desktop.conftest import Player
from tests.support.qt import emitted, heard_by, until
from tests.support.stage import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier
DEAD = "REDIS_URL=redis://:hush@127.0.0.1:1/0\n"


def project(folder: Path) -> Path:
    """A copy of the demo whose broker does not answer."""
    shutil.copytree(DEMO, folder / "shop", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "shop" / ".env").write_text(DEAD)
    (folder / "shop" / "solofleet.toml").write_text(f"python = '{sys.executable}'\n")
    return folder / "shop"


async def tried(set_up: SetUp) -> None:
    """Wait until all is tried that can be."""
    await until(lambda: set_up.idle)


def click(stage: Stage, button: QPushButton) -> None:
    assert button.isVisible()
    stage.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_from_an_unknown_folder_to_the_first_result(play: Player, tmp_path: Path) -> None:
    root = project(tmp_path)

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        stage.window.welcome.folder.emit(str(root))
        assert set_up.page.isVisible()
        await tried(set_up)
        assert list(set_up.trial.faults) == [Part.BROKER]
        click(stage, set_up.page.broker.use_builtin)
        await until(set_up.page.fleet.begin.isEnabled)
        click(stage, set_up.page.fleet.begin)
        await emitted(stage.desk.opened)
        await stage.until_shown(*["Ready"] * 4)
        stage.press("Send test task")
        panel = stage.window.test_task.panel
        await until(lambda: panel.picker.tasks.rows.rowCount() > 1)
        QTest.keyClicks(panel.picker.search, "ping")
        QTest.keyClick(panel.picker.search, Qt.Key.Key_Return)
        QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        totals = stage.session.ledger.counts.totals
        await stage.until(lambda: totals().succeeded == 1)

    play(scene)
    assert kept_choices(root).broker is not None


def test_a_broken_interpreter_is_told_and_another_one_mends_it(
    play: Player, tmp_path: Path
) -> None:
    root = project(tmp_path)
    broken = tmp_path / "python.exe"
    broken.write_bytes(b"no program")
    broken.chmod(0o755)

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        stage.window.open_folder(str(root))
        await tried(set_up)
        card = set_up.page.project
        row = card.rows[Part.INTERPRETER]
        assert row.state is State.WORKS
        card.choose_interpreter(str(broken))
        await tried(set_up)
        assert row.state is State.FAULT
        assert row.fault.isVisible()
        assert str(broken) in row.fault.fix.text()
        assert not set_up.page.fleet.begin.isEnabled()
        sound = card.interpreter.findText(sys.executable, Qt.MatchFlag.MatchStartsWith)
        assert sound > 0
        card.interpreter.setFocus()
        for _ in range(sound):
            stage.qtbot.keyClick(card.interpreter, Qt.Key.Key_Down)
        await tried(set_up)
        assert row.state is State.WORKS
        assert not row.fault.isVisible()

    play(scene)


def test_a_known_project_goes_straight_to_its_page_and_can_be_set_up_again(
    play: Player, tmp_path: Path
) -> None:
    root = project(tmp_path)
    (root / "solofleet.toml").write_text(f"python = '{sys.executable}'\nbroker = 'builtin'\n")

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        stage.window.open_folder(str(root))
        begin = set_up.page.fleet.begin
        await until(begin.hasFocus)
        stage.qtbot.keyClick(begin, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await emitted(stage.desk.opened)
        stage.desk.close()
        await emitted(stage.desk.closed)
        stage.window.open_folder(str(root))
        await emitted(stage.desk.opened)
        assert stage.page.isVisible()
        command = next(
            each for each in stage.window.deeds.commands() if each.label == "Change set-up"
        )
        command.run()
        assert set_up.page.isVisible()
        await tried(set_up)
        stage.qtbot.keyClick(set_up.page, Qt.Key.Key_Escape)
        assert stage.page.isVisible()

    play(scene)


@pytest.mark.parametrize("known", [True, False])
def test_a_project_whose_folder_is_gone_shows_that_in_its_row(
    play: Player, tmp_path: Path, known: bool
) -> None:
    gone = str(tmp_path / "gone")
    if known:
        Recents(tmp_path / "recent.json").note(Recent(gone, "proj", 4, 0.0))

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        stage.window.open_folder(gone)
        await until(lambda: set_up.trial.state(Part.FOLDER) is State.FAULT)
        await tried(set_up)
        assert set_up.page.isVisible()
        row = set_up.page.project.rows[Part.FOLDER]
        assert row.state is State.FAULT
        assert "there is no such folder" in row.fault.why.text().lower()
        stage.qtbot.keyClick(set_up.page, Qt.Key.Key_Escape)
        assert stage.window.welcome.isVisible()

    play(scene)


def test_a_change_ends_the_trial_before(play: Player, tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "celery_queue" / "celery_app.py").write_text(
        "import time\ntime.sleep(60)\nfrom celery import Celery\ncelery_app = Celery('x')\n"
    )

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        stage.window.open_folder(str(root))
        await until(lambda: set_up.trial.state(Part.APP) is State.TRYING)
        (root / "quick.py").write_text("from celery import Celery\napp = Celery('y')\n")
        field = set_up.page.project.app.lineEdit()
        assert field is not None
        field.selectAll()
        stage.qtbot.keyClicks(field, "quick")
        stage.qtbot.keyClick(field, Qt.Key.Key_Return)
        await until(lambda: set_up.trial.state(Part.APP) is State.WORKS)
        assert set_up.trial.project is not None
        assert set_up.trial.project.app == "quick"
        set_up.leave()

    play(scene)


def test_it_is_opened_once_however_often_the_start_is_pressed(play: Player, tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "solofleet.toml").write_text(f"python = '{sys.executable}'\nbroker = 'builtin'\n")

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        opening = heard_by(stage.desk.opening)
        stage.window.open_folder(str(root))
        begin = set_up.page.fleet.begin
        await until(lambda: set_up.trial.ready)
        click(stage, begin)
        assert begin.text() == "Opening…"
        for _ in range(2):
            stage.qtbot.keyClick(set_up.page, Qt.Key.Key_Return, CONTROL)
            stage.window.top.start_all.emit()
        await emitted(stage.desk.opened)
        assert len(opening) == 1
        await stage.until_shown(*["Ready"] * 4)

    play(scene)


def test_a_start_that_fails_may_be_tried_again(play: Player, tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "solofleet.toml").write_text(f"python = '{sys.executable}'\nbroker = 'builtin'\n")

    async def scene(stage: Stage) -> None:
        set_up = stage.window.set_up
        stage.window.open_folder(str(root))
        begin = set_up.page.fleet.begin
        await until(lambda: set_up.trial.ready)
        with claim(project_name(root), print):  # as another Solofleet has it
            click(stage, begin)
            await emitted(stage.desk.failed)
        assert set_up.page.isVisible()
        assert begin.text() == "Start 4 workers"
        click(stage, begin)
        await emitted(stage.desk.opened)

    play(scene)

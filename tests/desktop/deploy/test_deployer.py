"""The Deploy page in the real window, by mouse."""

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.errors import FleetError
from core.places import DEMO_APP
from core.render.blueprint.drafting import Draft
from core.wishes import Wishes
from desktop.deploy.deployer import Deployer
from desktop.deploy.facts import Preflight, Size
from desktop.deploy.finding_row import FindingRow
from desktop.deploy.page import DeployPage
from desktop.deploy.steps import Mark, Step
from tests.desktop.conftest import Player
from tests.support.preflight import git
from tests.support.qt import emitted, heard_by, until
from tests.support.stage import Stage
from tests.support.storefront import REQUIREMENTS


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


async def looked(stage: Stage, root: Path) -> tuple[Deployer, DeployPage]:
    """The page, once all was looked at."""
    stage.desk.open(str(root), Wishes(), app=DEMO_APP, python=sys.executable)
    await emitted(stage.desk.opened)
    click(stage.window.rail.buttons[1])
    deployer = stage.window.deploy.deployer
    assert deployer.page.isVisible()
    await until(lambda: deployer.idle)
    assert deployer.page.preflight.findings.complete
    return deployer, deployer.page


def row_of(page: DeployPage, check: str) -> FindingRow:
    return next(row for told, row in page.preflight.findings.rows.items() if told.check == check)


def go(page: DeployPage, step: Step) -> None:
    click(page.steps.buttons[step])
    assert page.step is step


def test_a_fault_is_mended_by_its_button_and_the_mend_is_undone(play: Player, root: Path) -> None:
    list_of_packages = root / "requirements.txt"

    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        assert page.steps.buttons[Step.PREFLIGHT].standing.mark is Mark.FAULT
        row = row_of(page, "windows-packages")
        click(row.mend)
        await until(lambda: row.box is not None and row.box.agree.isVisible())
        assert row.box is not None
        kinds = [line.kind for line in row.box.diff.lines]
        assert (kinds.count("removed"), kinds.count("added")) == (1, 1)
        assert list_of_packages.read_text() == REQUIREMENTS
        click(row.box.agree)
        await until(lambda: list_of_packages.read_text() != REQUIREMENTS)
        await until(lambda: deployer.idle)
        assert 'pywin32==311; sys_platform == "win32"' in list_of_packages.read_text()
        (fixed,) = deployer.facts.fixed
        assert fixed.told not in page.preflight.findings.rows
        mended = page.preflight.row(fixed)
        assert mended is not None
        click(mended.button)
        await until(lambda: list_of_packages.read_text() == REQUIREMENTS)
        await until(lambda: deployer.idle)
        assert page.preflight.fixed == {}
        assert row_of(page, "windows-packages").mend.isEnabled()
        assert not page.stale.isVisible()

    play(scene)


def test_a_fix_that_was_changed_since_cannot_be_undone_and_says_why(
    play: Player, root: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        row = row_of(page, "windows-packages")
        click(row.mend)
        await until(lambda: row.box is not None and row.box.agree.isVisible())
        assert row.box is not None
        click(row.box.agree)
        await until(lambda: bool(deployer.facts.fixed) and deployer.idle)
        (root / "requirements.txt").write_text("celery\n")
        (fixed,) = deployer.facts.fixed
        mended = page.preflight.fixed[fixed]
        click(mended.button)
        await until(lambda: mended.fault.isVisible())
        assert "changed since" in mended.fault.why.text()
        assert (root / "requirements.txt").read_text() == "celery\n"

    play(scene)


def test_the_blueprint_is_chosen_seen_and_written_and_again_changes_nothing(
    play: Player, root: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        go(page, Step.BLUEPRINT)
        form = page.blueprint.form
        form.plan.setFocus()
        QTest.keyClick(form.plan, Qt.Key.Key_Down)  # standard
        click(form.flower)
        await until(lambda: deployer.idle)
        text = "\n".join(line.text for line in page.diff.diff.lines)
        assert "plan: standard" in text
        assert "storefront-flower" in text
        assert not (root / "render.yaml").exists()
        click(page.diff.write_button)
        await until((root / "render.yaml").exists)
        await until(lambda: deployer.idle)
        written = (root / "render.yaml").read_bytes(), (root / "solofleet.toml").read_bytes()
        assert b"plan: standard" in written[0]
        assert b'plan = "standard"' in written[1]
        draft = deployer.facts.draft
        assert isinstance(draft, Draft)
        assert not draft.changes
        assert not draft.settings.changes
        assert not page.diff.write_button.isEnabled()
        assert page.diff.open.isVisible()
        assert form.flower.isChecked()
        go(page, Step.PREFLIGHT)
        click(page.preflight.again_button)
        await until(lambda: deployer.idle)
        assert (root / "render.yaml").read_bytes() == written[0]
        assert not page.diff.write_button.isEnabled()

    play(scene)


def test_variables_are_listed_and_no_value_is_shown(play: Player, root: Path) -> None:
    async def scene(stage: Stage) -> None:
        _, page = await looked(stage, root)
        go(page, Step.ENVIRONMENT)
        assert page.environment.isVisible()
        texts = [cell.text + cell.hint for row in page.environment.rows.rows for cell in row]
        assert "MAIL_KEY" in " ".join(texts)
        assert "present" in " ".join(texts)
        assert "hush" not in " ".join(texts)

    play(scene)


def test_what_is_tried_out_changes_the_cost_and_can_go_into_the_blueprint(
    play: Player, root: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        go(page, Step.SIZE)
        before = page.cost.total.text()
        page.size_up.plan.setFocus()
        QTest.keyClick(page.size_up.plan, Qt.Key.Key_Down)
        size = deployer.facts.size
        assert isinstance(size, Size)
        assert size.question.plan == "standard"
        assert page.cost.total.text() != before
        for _ in range(8):
            QTest.keyClick(page.size_up.concurrency, Qt.Key.Key_Up)
        assert "Too much" in page.size_up.verdict.text()
        click(page.size_up.take)
        assert page.step is Step.BLUEPRINT
        await until(lambda: deployer.idle)
        draft = deployer.facts.draft
        assert isinstance(draft, Draft)
        assert (draft.choices.plan, draft.choices.instances) == ("standard", 1)
        assert (draft.choices.concurrency or 0) > 8

    play(scene)


def test_what_changes_afterwards_makes_it_old_until_it_is_looked_at_again(
    play: Player, root: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        assert not page.stale.isVisible()
        async with asyncio.timeout(30):
            while not page.stale.isVisible():  # the watch may not have begun
                (root / "main.py").touch()
                await asyncio.sleep(0.2)
        assert "main.py" in page.stale.said.text()
        git(root, "commit", "-q", "--allow-empty", "-m", "Second")
        click(page.stale.button)
        await until(lambda: deployer.idle)
        flight = deployer.facts.preflight
        assert isinstance(flight, Preflight)
        assert flight.oid == git(root, "rev-parse", "HEAD").strip()

    play(scene)


def test_a_running_check_can_be_cancelled_and_what_was_known_stays(
    play: Player, root: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        known = deployer.facts
        click(page.preflight.again_button)
        click(page.preflight.cancel)
        await until(lambda: deployer.idle)
        assert deployer.facts == known
        assert "cancelled" in page.stale.said.text()
        assert page.preflight.again_button.isVisible()

    play(scene)


def test_without_git_the_first_step_says_so_and_the_others_go_on(
    play: Player, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, project)
        assert isinstance(deployer.facts.preflight, FleetError)
        assert page.preflight.fault.isVisible()
        assert "git" in page.preflight.fault.fix.text()
        assert isinstance(deployer.facts.draft, Draft)

    play(scene)


def test_a_broken_render_yaml_is_told_where_the_diff_would_be(play: Player, root: Path) -> None:
    (root / "render.yaml").write_text("services: [\n")

    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        assert isinstance(deployer.facts.draft, FleetError)
        go(page, Step.BLUEPRINT)
        assert page.diff.fault.isVisible()
        assert not page.diff.write_button.isVisible()
        assert not page.blueprint.form.isEnabled()

    play(scene)


def test_a_place_is_a_link_into_ones_editor(play: Player, root: Path) -> None:
    async def scene(stage: Stage) -> None:
        _, page = await looked(stage, root)
        places = heard_by(stage.window.place_clicked)
        click(row_of(page, "windows-packages").head.link)
        assert places == [(str(root / "requirements.txt"), 4)]

    play(scene)


def test_another_project_begins_with_nothing(play: Player, root: Path, project: Path) -> None:
    async def scene(stage: Stage) -> None:
        deployer, page = await looked(stage, root)
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        assert deployer.facts.preflight is None
        assert page.steps.buttons[Step.PREFLIGHT].standing.mark is Mark.WAITING

    play(scene)

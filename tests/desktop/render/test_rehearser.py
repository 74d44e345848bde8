"""The rehearsal of the demo in the real window, by mouse."""

from pathlib import Path

from desktop.deploy.steps import Step
from tests.desktop.conftest import Player
from tests.render_fake.server import RenderServer
from tests.support.on_render import click, enter
from tests.support.qt import until
from tests.support.stage import Stage


def test_each_task_of_the_project_is_listed_with_what_a_deploy_does_to_it(
    play: Player, root: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.PROOF)
        card = side.proof.rehearsal
        click(card.button)
        await until(lambda: bool(card.rows) and side.idle)
        (rows,) = card.rows
        names = [row[0].text for row in rows.rows]
        assert "celery_queue.tasks.report" in names
        assert {row[1].text for row in rows.rows} == {"never timed"}
        assert card.said.isVisible()
        assert card.button.isEnabled()
        stage.desk.close()
        await stage.desk.gone()
        assert card.rows == []

    play(scene)


def test_an_app_that_cannot_be_imported_is_told(
    play: Player, root: Path, served: RenderServer
) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.PROOF)
        (root / "celery_queue" / "celery_app.py").write_text("import nowhere\n")
        click(side.proof.rehearsal.button)
        await until(side.proof.rehearsal.fault.isVisible)
        assert "nowhere" in side.proof.rehearsal.fault.why.text()

    play(scene)

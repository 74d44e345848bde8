"""Pushing, in the real window by mouse, to a bare repository."""

from pathlib import Path

from desktop.deploy.steps import Step
from tests.desktop.conftest import Player
from tests.render_fake.server import RenderServer
from tests.support.on_render import answer, click, enter
from tests.support.preflight import git
from tests.support.qt import until
from tests.support.stage import Stage


def test_a_push_names_branch_and_remote_and_is_made_when_agreed_to(
    play: Player, root: Path, served: RenderServer, tmp_path: Path
) -> None:
    (root / "notes.txt").write_text("later")
    left_out = "1 file, not committed: notes.txt"

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.SHIP)
        card = side.ship.push
        assert card.values["Branch"].text() == "main, 2 commits that no remote has"
        assert deployer.page.steps.buttons[Step.SHIP].standing.words == "2 commits to push"
        click(card.push_button)
        await until(lambda: side.asker.open is not None)
        assert side.asker.open is not None
        assert ("Left out", left_out) in side.asker.open.ask.rows
        assert await answer(side, yes=False) == "Push main to origin?"
        await until(lambda: side.idle)
        click(card.push_button)
        await answer(side)
        await until(lambda: side.idle)
        assert card.values["Branch"].text() == "main, origin/main has all of it"
        assert card.state.text().startswith("pushed to origin")
        pushed = git(tmp_path / "storefront.git", "rev-parse", "main").strip()
        assert pushed == git(root, "rev-parse", "HEAD").strip()

    play(scene)


def test_what_the_remote_has_and_we_do_not_is_told_in_three_parts(
    play: Player, root: Path, served: RenderServer, tmp_path: Path
) -> None:
    git(root, "push", "-q", "-u", "origin", "main")
    git(tmp_path, "clone", "-q", str(tmp_path / "storefront.git"), "other")
    git(tmp_path / "other", "commit", "-q", "--allow-empty", "-m", "Theirs")
    git(tmp_path / "other", "push", "-q")
    git(root, "commit", "-q", "--allow-empty", "-m", "Ours")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        click(side.ship.push.push_button)
        await answer(side)
        await until(side.ship.push.fault.isVisible)
        assert "that are not here" in side.ship.push.fault.why.text()
        assert "git pull --rebase origin main" in side.ship.push.fault.fix.text()
        assert side.ship.push.push_button.isEnabled()

    play(scene)


def test_without_a_remote_it_says_how_to_get_one(
    play: Player, root: Path, served: RenderServer
) -> None:
    git(root, "remote", "remove", "origin")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        assert not side.ship.push.push_button.isEnabled()
        assert "git remote add origin" in side.ship.push.values["Note"].text()

    play(scene)


def test_of_two_remotes_the_chosen_one_is_pushed_to(
    play: Player, root: Path, served: RenderServer, tmp_path: Path
) -> None:
    git(root, "init", "-q", "--bare", "-b", "main", str(tmp_path / "second.git"))
    git(root, "remote", "add", "second", str(tmp_path / "second.git"))

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        card = side.ship.push
        card.remote.setCurrentIndex(card.remote.findData("second"))
        click(card.push_button)
        assert await answer(side) == "Push main to second?"
        await until(lambda: side.idle)
        assert git(tmp_path / "second.git", "rev-parse", "main")

    play(scene)


def test_a_folder_without_git_says_so(play: Player, project: Path, served: RenderServer) -> None:
    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, project, Step.SHIP)
        assert side.ship.push.fault.isVisible()
        assert not side.ship.push.push_button.isEnabled()

    play(scene)

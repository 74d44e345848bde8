"""Committing chosen files, in the real window by mouse and keyboard, with the system's git."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from desktop.deploy.steps import Step
from tests.desktop.conftest import Player
from tests.render_fake.server import RenderServer
from tests.support.on_render import click, enter
from tests.support.preflight import git
from tests.support.qt import heard_by, until
from tests.support.stage import Stage


@pytest.fixture(autouse=True)
def author(root: Path) -> None:
    """Who commits, by this repository's own settings."""
    git(root, "config", "user.name", "Ada")
    git(root, "config", "user.email", "ada@example.org")


def test_chosen_files_are_committed_and_then_there_is_more_to_push(
    play: Player, root: Path, served: RenderServer
) -> None:
    with (root / "render.yaml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    (root / "notes.txt").write_text("later\n")

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.SHIP)
        card = side.ship.commit
        assert card.state.text() == "2 files not committed"
        assert card.rows.chosen == ("render.yaml",)
        QTest.keyClicks(card.message, "Plan more")
        click(card.button)
        await until(lambda: side.idle and card.message.text() == "")
        assert [row[0].text for row in card.rows.rows] == ["notes.txt"]
        assert side.ship.push.values["Branch"].text() == "main, 3 commits that no remote has"
        assert deployer.page.steps.buttons[Step.SHIP].standing.words == "3 commits to push"
        assert git(root, "log", "-1", "--format=%s", "--name-only") == "Plan more\n\nrender.yaml\n"
        click(card.every)
        QTest.keyClicks(card.message, "Note it")
        click(card.button)
        await until(lambda: side.idle and not card.isVisible())
        assert git(root, "status", "--porcelain") == ""

    play(scene)


def test_what_a_hook_says_is_told_and_nothing_is_lost(
    play: Player, root: Path, served: RenderServer
) -> None:
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'error: jobs.py is not formatted' >&2\nexit 1\n")
    hook.chmod(0o755)
    (root / "notes.txt").write_text("later\n")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        card = side.ship.commit
        click(card.every)
        card.message.setText("Note it")
        click(card.button)
        await until(card.fault.isVisible)
        assert "jobs.py is not formatted" in card.fault.why.text()
        assert card.message.text() == "Note it"
        assert card.rows.chosen == ("notes.txt",)
        assert card.button.isEnabled()
        assert git(root, "status", "--porcelain") == "?? notes.txt\n"

    play(scene)


def test_who_commits_is_asked_for_where_git_does_not_know(
    play: Player, root: Path, served: RenderServer
) -> None:
    git(root, "config", "--unset", "user.email")
    git(root, "config", "user.useConfigOnly", "true")
    with (root / "render.yaml").open("a", encoding="utf-8") as file:
        file.write("# more\n")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        card = side.ship.commit
        card.message.setText("Plan more")
        click(card.button)
        await until(card.fault.isVisible)
        assert "git config --global user.name" in card.fault.fix.text()

    play(scene)


def test_a_file_opens_where_it_is(play: Player, root: Path, served: RenderServer) -> None:
    (root / "notes.txt").write_text("later\n")

    async def scene(stage: Stage) -> None:
        deployer, side = await enter(stage, root, Step.SHIP)
        deployer.place_clicked.disconnect()
        places = heard_by(deployer.place_clicked)
        side.ship.commit.opened.emit("notes.txt")
        (place,) = places
        assert Path(str(place[0])).samefile(root / "notes.txt")
        assert place[1] == 1

    play(scene)


def test_closing_the_project_leaves_nothing_of_it(
    play: Player, root: Path, served: RenderServer
) -> None:
    (root / "notes.txt").write_text("later\n")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.SHIP)
        side.ship.commit.message.setText("Note it")
        stage.desk.close()
        await until(lambda: stage.desk.session is None)
        assert side.ship.commit.message.text() == ""
        assert side.ship.commit.rows.rows == ()

    play(scene)

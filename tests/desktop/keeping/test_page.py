"""A Run page's arrangement; the program that is closed and opened again is in test_keeper.py."""

from pathlib import Path

from core.logs.query import ALL_LEVELS
from desktop.keeping.arrangement import Arrangement
from desktop.keeping.page import arrange, arrangement_of
from desktop.logpane.filter import Filter
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage

ODD = Arrangement(sides=(1, 2, 3), left=(0, 0), tab="Weather")


def test_an_arrangement_that_does_not_fit_changes_nothing(play: Player, project: Path) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        before = arrangement_of(stage.page, Arrangement())
        arrange(stage.page, ODD)
        assert arrangement_of(stage.page, Arrangement()) == before

    play(scene)


def test_filters_of_workers_that_are_gone_are_kept_and_those_that_hide_nothing_are_not(
    play: Player, project: Path
) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.open_folder(str(project))
        await emitted(stage.desk.opened)
        before = Arrangement(filters={"worker9": Filter("a"), "worker1": Filter("b")})
        assert arrangement_of(stage.page, before).filters == {"worker9": Filter("a")}
        next(iter(stage.page.logs.panes)).filter_by(Filter("c", levels=ALL_LEVELS))
        assert arrangement_of(stage.page, before).filters["worker1"] == Filter("c")

    play(scene)

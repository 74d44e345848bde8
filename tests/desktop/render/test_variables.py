"""Variables on Render, in the real window by mouse."""

from pathlib import Path

from desktop.deploy.steps import Step
from tests.desktop.conftest import Player
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.on_render import GROUP, WORKER, answer, click, enter, named
from tests.support.qt import until
from tests.support.stage import Stage


def values(account: Account) -> dict[str, str]:
    return next(iter(account.groups.values()))["values"]


def test_chosen_variables_are_set_one_by_one_when_agreed_to_and_no_value_is_shown(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    (root / ".env").write_text("MAIL_KEY=hush-hush\nNEW_KEY=fresh-value\n")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ENVIRONMENT)
        card = stage.window.deploy.deployer.page.environment.on_render
        assert not [each for each in account.requests if "env-groups" in each.url.path]
        click(card.ask_button)
        await until(lambda: side.idle and bool(card.rows.rows))
        states = {row[0].text: row[2].text for row in card.rows.rows}
        assert states["MAIL_KEY"] == "different"
        assert states["NEW_KEY"] == "missing"
        assert states["ONLY_THERE"] == "only there"
        click(card.differing)
        click(card.send_button)
        await answer(side, yes=False)
        await until(lambda: side.idle)
        assert values(account)["MAIL_KEY"] == "other"
        click(card.send_button)
        await until(lambda: side.asker.open is not None)
        assert side.asker.open is not None
        told = repr(side.asker.open.ask)
        assert "hush-hush" not in told
        assert "NEW_KEY" in told
        assert GROUP in await answer(side)
        await until(lambda: side.idle)
        assert values(account) == {
            "MAIL_KEY": "hush-hush",
            "NEW_KEY": "fresh-value",
            "ONLY_THERE": "secret-there",
        }
        puts = [each.url.path for each in account.requests if each.method == "PUT"]
        assert [path.rpartition("/")[2] for path in puts] == ["MAIL_KEY", "NEW_KEY"]
        assert "next deploy" in card.state.text()
        shown = [cell.text + cell.hint for row in card.rows.rows for cell in row]
        assert not [text for text in shown if "hush" in text or "secret-there" in text]

    play(scene)


def test_what_was_set_before_an_error_is_told(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    (root / ".env").write_text("MAIL_KEY=hush-hush\nNEW_KEY=fresh-value\n")
    account.plan("PUT", ".*/env-vars/NEW_KEY", 403, "no")

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ENVIRONMENT)
        card = stage.window.deploy.deployer.page.environment.on_render
        click(card.ask_button)
        await until(lambda: side.idle and bool(card.rows.rows))
        click(card.differing)
        click(card.send_button)
        await answer(side)
        await until(card.fault.isVisible)
        assert card.fault.fix.text().endswith("Set by now: MAIL_KEY.")

    play(scene)


def test_a_service_can_be_compared_in_place_of_the_group(
    play: Player, root: Path, served: RenderServer, account: Account
) -> None:
    account.variables[named(account, WORKER)["id"]]["OF_ITS_OWN"] = "x" * 12

    async def scene(stage: Stage) -> None:
        _, side = await enter(stage, root, Step.ENVIRONMENT)
        card = stage.window.deploy.deployer.page.environment.on_render
        click(card.ask_button)
        await until(lambda: side.idle and bool(card.rows.rows))
        place = card.holder.findText(f"Service {WORKER}")
        card.holder.setCurrentIndex(place)
        card.holder.activated.emit(place)
        await until(lambda: side.idle)
        assert "OF_ITS_OWN" in [row[0].text for row in card.rows.rows]
        assert card.holder.currentText() == f"Service {WORKER}"

    play(scene)

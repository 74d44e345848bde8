"""The step of the account."""

import pytest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.api.answers import Owner
from core.render.api.call import Caller
from core.render.api.client import RenderApi
from core.render.api.key import NoKey
from core.render.api.matching import Match
from core.render.blueprint.services import Role
from core.render.there import OnRender
from core.secret import Secret
from desktop.render.account import Account, Place, obstacle
from desktop.render.account_page import AccountPage, account_words
from desktop.theme.theme import Theme
from tests.support.qt import heard_by

SHOP, OTHER = Owner("tea-1", "Shop", "team"), Owner("tea-2", "Other", "team")
THERE = OnRender(
    RenderApi(Caller(Secret("rnd_x"))),
    SHOP,
    (Match("jobs", Role.WORKER, "background_worker", None),),
)
KNOWN = Account(Place.KEYRING, (SHOP, OTHER), SHOP, THERE)
LOST = FleetError("services were not listed", "no answer", "try again")


def page(theme: Theme, qtbot: QtBot) -> AccountPage:
    made = AccountPage(theme)
    qtbot.addWidget(made)
    made.resize(744, 600)
    made.show()
    return made


def test_without_a_key_there_is_a_field_and_no_error(both_themes: Theme, qtbot: QtBot) -> None:
    made = page(both_themes, qtbot)
    made.show_account(NoKey("there is no key", "the keyring has none", "make one"), busy=False)
    assert made.field.isVisible()
    assert not made.fault.isVisible()
    assert made.state.text() == "The keyring has none."


def test_an_error_is_told_with_the_field_below(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_account(LOST, busy=False)
    assert made.fault.isVisible()
    made.show_account(LOST, busy=True)
    assert not made.fault.isVisible()
    assert not made.use.isEnabled()


def test_services_that_are_missing_are_told(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_account(KNOWN, busy=False)
    assert not made.field.isVisible()
    assert [cell.text for cell in made.rows.rows[0][:3]] == ["jobs", "worker", "not on Render"]
    assert made.missing.isVisible()
    assert made.owner.currentText() == "Shop"


def test_a_key_that_no_keyring_took_is_said_to_be_lost_with_the_window(
    theme: Theme, qtbot: QtBot
) -> None:
    made = page(theme, qtbot)
    unkept = FleetError("the key was not kept", "this system has no keyring", "Set the variable.")
    made.show_account(Account(Place.WINDOW, (SHOP,), SHOP, THERE, None, unkept), busy=False)
    assert "until it is closed" in made.kept.text()
    assert "no keyring" in made.unkept.text()


def test_an_empty_field_asks_nobody(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_account(NoKey("w", "y", "f"), busy=False)
    entered = heard_by(made.entered)
    made.use.click()
    assert entered == []


@pytest.mark.parametrize(
    ("account", "words", "stops"),
    [
        (None, "not asked yet", False),
        (NoKey("w", "y", "f"), "no key yet", True),
        (LOST, "could not be asked", True),
        (Account(Place.KEYRING, (SHOP,), SHOP, None, LOST), "the project was not found", True),
        (KNOWN, "0 services, 1 missing", False),
    ],
)
def test_how_it_stands_is_told_in_a_few_words(
    account: Account | FleetError | None, words: str, stops: bool
) -> None:
    assert account_words(account) == words
    assert (obstacle(account) is not None) is stops

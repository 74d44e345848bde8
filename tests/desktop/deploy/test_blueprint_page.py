"""The step of the Blueprint."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.choices import Choices
from desktop.deploy.blueprint_card import BlueprintCard
from desktop.deploy.blueprint_page import BlueprintPage
from desktop.deploy.facts import Facts
from desktop.theme.theme import Theme
from tests.support.storefront import facts_of


def test_it_takes_the_diff_in_and_the_form_follows_the_draft(
    theme: Theme, qtbot: QtBot, root: Path, facts: Facts
) -> None:
    page, card = BlueprintPage(theme), BlueprintCard(theme)
    qtbot.addWidget(page)
    page.take_in(card)
    assert card.parentWidget() is page
    page.show_draft(facts_of(root, Choices(plan="pro")).draft, Choices(), Choices(), None)
    assert (page.form.plan.currentData(), page.form.concurrency.value) == ("pro", 4)
    page.show_draft(FleetError("what", "why", "fix"), Choices(), Choices(), None)
    assert not page.form.isEnabled()

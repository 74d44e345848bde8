"""The step that pushes and deploys."""

from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.render.ship_page import ShipPage
from desktop.theme.theme import Theme


def test_where_render_cannot_be_asked_the_way_to_it_is_in_place_of_the_deploys(
    both_themes: Theme, qtbot: QtBot
) -> None:
    page = ShipPage(both_themes)
    qtbot.addWidget(page)
    page.resize(744, 700)
    page.show()
    assert page.deploy.isVisible()
    page.show_way(FleetError("Render is not connected", "no key", "Give a key."))
    assert page.unasked.isVisible()
    assert not page.deploy.isVisible()
    assert page.push.isVisible()
    page.show_way(None)
    assert page.deploy.isVisible()

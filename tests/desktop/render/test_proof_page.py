"""The step of the proof."""

from pytestqt.qtbot import QtBot

from core.errors import FleetError
from desktop.render.proof_page import ProofPage
from desktop.theme.theme import Theme


def test_where_render_cannot_be_asked_the_way_to_it_is_above_the_last_report(
    theme: Theme, qtbot: QtBot
) -> None:
    page = ProofPage(theme)
    qtbot.addWidget(page)
    page.show()
    page.show_way(FleetError("Render is not connected", "no key", "Give a key."), known=False)
    assert page.unasked.isVisible()
    assert page.proof.isVisible()
    assert not page.proof.button.isEnabled()
    page.show_way(None, known=True)
    assert not page.unasked.isVisible()
    assert page.proof.button.isEnabled()

"""What is to be known of a Blueprint."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.deploy.facts import Facts
from desktop.deploy.notes_card import NotesCard
from desktop.theme.theme import Theme
from tests.support.storefront import facts_of


def test_notes_are_told_and_so_is_what_is_wrong(
    theme: Theme, qtbot: QtBot, root: Path, facts: Facts
) -> None:
    card = NotesCard(theme)
    qtbot.addWidget(card)
    card.show_draft(facts.draft)
    assert "--concurrency=1 on starter" in card.notes.text()
    assert card.state.text().startswith("Valid")
    (root / "render.yaml").write_text(
        "services: [{type: worker, name: w, runtime: python}]\nx: 1\n"
    )
    card.show_draft(facts_of(root).draft)
    assert card.faults.rows
    assert "found in render.yaml" in card.state.text()
    card.show_draft(None)
    assert card.notes.text() == ""

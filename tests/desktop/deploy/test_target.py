"""What would be deployed."""

from pytestqt.qtbot import QtBot

from desktop.deploy.facts import Facts, Preflight
from desktop.deploy.target import Target
from desktop.theme.theme import Theme


def test_it_names_service_branch_and_commit(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    target = Target()
    qtbot.addWidget(target)
    assert target.values["Commit"].text() == "–"
    target.show_facts(facts)
    assert isinstance(facts.preflight, Preflight)
    assert [value.text() for value in target.values.values()] == [
        "storefront-worker",
        "oregon",
        "main",
        facts.preflight.oid[:7],
    ]

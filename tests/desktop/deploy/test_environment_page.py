"""The list of variables."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from desktop.deploy.environment_page import EnvironmentPage
from desktop.deploy.facts import Facts
from desktop.theme.theme import Theme
from tests.support.qt import heard_by
from tests.support.storefront import facts_of


def page(theme: Theme, qtbot: QtBot) -> EnvironmentPage:
    made = EnvironmentPage(theme)
    qtbot.addWidget(made)
    made.resize(744, 700)
    made.show()
    return made


def test_each_variable_tells_who_needs_it_and_where_it_is(
    theme: Theme, qtbot: QtBot, facts: Facts
) -> None:
    made = page(theme, qtbot)
    made.show_environment(facts.environment)
    rows = {row[0].text: row for row in made.rows.rows}
    mail = rows["MAIL_KEY"]
    assert [cell.text for cell in mail[1:]] == ["web and worker", "must", "present"]
    assert mail[0].hint == "read at celery_queue/mail.py:3"
    assert (rows["REDIS_URL"][2].text, rows["REDIS_URL"][3].text) == ("", "not set")
    assert "no render.yaml yet" in made.said.text()


def test_what_a_service_lacks_is_told_in_red_and_below(
    theme: Theme, qtbot: QtBot, root: Path, facts: Facts
) -> None:
    assert isinstance(facts.draft, Draft)
    (root / "render.yaml").write_text(facts.draft.after.text.replace("MAIL_KEY", "OTHER_KEY"))
    made = page(theme, qtbot)
    made.show_environment(facts_of(root).environment)
    mail = next(row for row in made.rows.rows if row[0].text == "MAIL_KEY")
    assert [(cell.text, cell.colour) for cell in mail[-2:]] == [("missing", "err")] * 2
    qtbot.waitUntil(lambda: made.lints.complete)
    assert any("MAIL_KEY" in told.what for told in made.lints.rows)


def test_a_row_leads_to_the_line_that_reads_it(theme: Theme, qtbot: QtBot, facts: Facts) -> None:
    made = page(theme, qtbot)
    made.show_environment(facts.environment)
    names = [row[0].text for row in made.rows.rows]
    places = heard_by(made.place_clicked)
    made.table.selectRow(names.index("MAIL_KEY"))
    QTest.keyClick(made.table, Qt.Key.Key_Return)
    assert places == [("celery_queue/mail.py", 3)]


def test_an_error_stands_in_place_of_the_list(theme: Theme, qtbot: QtBot) -> None:
    made = page(theme, qtbot)
    made.show_environment(FleetError("what", "why", "fix"))
    assert made.fault.isVisible()
    assert not made.table.isVisible()

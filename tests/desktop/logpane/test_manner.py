"""How logs are shown."""

from pytestqt.qtbot import QtBot

from desktop.logpane.document import Document
from desktop.logpane.manner import Manner, Manners
from desktop.logpane.source import StoreSource
from desktop.logpane.times import TimeFormat
from desktop.logpane.view import LogView
from desktop.theme.theme import Theme
from tests.support.logs import numbered, store_of

CHOSEN = Manner(True, TimeFormat.NONE, 15)


def opened(theme: Theme, qtbot: QtBot, manners: Manners) -> LogView:
    view = LogView(theme, Document(StoreSource(store_of(numbered(0, 10)))))
    qtbot.addWidget(view)
    manners.join(view)
    return view


def test_what_is_chosen_in_one_log_holds_for_all(theme: Theme, qtbot: QtBot) -> None:
    manners = Manners(CHOSEN)
    one, other = (opened(theme, qtbot, manners) for _ in range(2))
    assert one.manner == other.manner == CHOSEN
    one.choose(wrap=False, size=11)
    assert other.manner == manners.manner == Manner(False, TimeFormat.NONE, 11)
    assert opened(theme, qtbot, manners).manner == manners.manner


def test_what_is_chosen_elsewhere_reaches_the_logs_and_is_told_once(
    theme: Theme, qtbot: QtBot
) -> None:
    manners = Manners(Manner())
    views = [opened(theme, qtbot, manners) for _ in range(3)]
    told: list[Manner] = []
    manners.changed.connect(told.append)
    manners.choose(CHOSEN)
    manners.choose(CHOSEN)
    assert told == [CHOSEN]
    assert {view.manner for view in views} == {CHOSEN}


def test_a_log_that_joins_in_size_keeps_all_else(theme: Theme, qtbot: QtBot) -> None:
    manners = Manners(CHOSEN)
    usual, own = opened(theme, qtbot, manners), LogView(theme, Document(StoreSource(store_of())))
    qtbot.addWidget(own)
    own.choose(time=TimeFormat.MILLISECONDS)
    manners.join_size(own)
    assert own.manner == Manner(False, TimeFormat.MILLISECONDS, 15)
    own.choose(size=9, wrap=True)
    assert usual.manner == Manner(True, TimeFormat.NONE, 9)
    usual.choose(size=11, wrap=False)
    assert own.manner == Manner(True, TimeFormat.MILLISECONDS, 11)

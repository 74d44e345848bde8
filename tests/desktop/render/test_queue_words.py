"""Rounds of scaling by queues, in words."""

from datetime import datetime

from core.render.remote.backlog import Decision, Load, Rule
from core.render.remote.keeping_up import Blind, Looked
from desktop.deploy.cell_rows import Cell
from desktop.render.queue_words import round_cells, rule_words

AT = datetime(2026, 11, 26, 11, 20, 15)
UP = Looked(Load(25, 2), 1, Decision(3, "25 waiting, 2 held: 3 instances at 10 each"))
STAYS = Looked(Load(0, 0), 3, Decision(None, "0 waiting, 0 held: it stays at 3"))


def words(*cells: Cell) -> list[str]:
    return [each.text for each in cells]


def test_a_dry_round_says_what_would_have_been_done() -> None:
    assert words(*round_cells(AT, UP, apply=False)) == [
        "11:20:15",
        "dry",
        "Would scale from 1 to 3. 25 waiting, 2 held: 3 instances at 10 each",
    ]


def test_a_real_round_says_what_was_done() -> None:
    _, run, what = round_cells(AT, UP, apply=True)
    assert run.text == "real"
    assert what.text.startswith("Scaled from 1 to 3.")
    assert what.strong


def test_what_stays_is_told_quietly() -> None:
    what = round_cells(AT, STAYS, apply=True)[2]
    assert (what.text, what.colour) == ("0 waiting, 0 held: it stays at 3", "text2")


def test_what_cannot_be_seen_stands_out() -> None:
    what = round_cells(AT, Blind("the broker is gone: refused"), apply=True)[2]
    assert what.text == "Nothing changes while this lasts. The broker is gone: refused"
    assert (what.colour, what.icon_name) == ("warn", "warning")


def test_a_rule_is_told_in_a_sentence() -> None:
    assert rule_words(Rule(1, 5, 10)) == (
        "from 1 to 5 instances, one for every 10 messages that wait; fewer only once fewer would "
        "have done for 5 min"
    )

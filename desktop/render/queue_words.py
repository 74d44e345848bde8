"""Rounds of scaling by queues, as people read them."""

from datetime import datetime
from typing import Final, assert_never

from core.render.remote.backlog import Rule
from core.render.remote.keeping_up import Blind, Looked, Round
from desktop.deploy.cell_rows import Cell
from desktop.widgets.error_card import sentence

HEADS: Final = ("WHEN", "RUN", "WHAT")


def round_cells(at: datetime, news: Round, *, apply: bool) -> tuple[Cell, ...]:
    """What waits and is held, and what was decided; `apply`: Render was asked."""
    when, run = Cell(f"{at:%H:%M:%S}", "text2"), Cell("real" if apply else "dry", "text2")
    match news:
        case Looked(decision=decision) if decision.instances is None:
            return when, run, Cell(decision.why, "text2")
        case Looked(instances=instances, decision=decision):
            verb = "Scaled" if apply else "Would scale"
            words = f"{verb} from {instances} to {decision.instances}. {decision.why}"
            return when, run, Cell(words, "text", "check" if apply else "", strong=True)
        case Blind(why):
            words = f"Nothing changes while this lasts. {sentence(why)}"
            return when, run, Cell(words, "warn", "warning")
        case _:
            assert_never(news)


def rule_words(rule: Rule) -> str:
    """A rule in a sentence."""
    return (
        f"from {rule.least} to {rule.most} instances, one for every {rule.per_instance} messages"
        f" that wait; fewer only once fewer would have done for {rule.cool_down_s / 60:g} min"
    )

"""What a deploy does to each task, as it is shown."""

from typing import Final

from core.render.rehearsing.rehearsal import Row, Workers
from core.render.rehearsing.rules import Change, Fate, Outcome, told_s
from desktop.deploy.cell_rows import Cell
from desktop.widgets.error_card import sentence

HEADS: Final = ("TASK", "LONGEST", "A DEPLOY", "WHAT CHANGES THAT")
LOOKS: Final[dict[Fate, tuple[str, str]]] = {
    Fate.FINISHES: ("check", "ok"),
    Fate.AGAIN_NOW: ("restart", "acc"),
    Fate.AGAIN_LATER: ("clock", "warn"),
    Fate.LOST: ("alert", "err"),
    Fate.UNKNOWN: ("waiting", "text2"),
}
"""Icon and colour."""
NOT_TIMED: Final = (
    "No task was timed here: run each once, with Send test task. What is not timed and has no time"
    " limit, nobody can foretell."
)


def cells(row: Row) -> tuple[Cell, ...]:
    """One task. Tooltips have the reasons."""
    task, outcome = row.task, row.outcome
    icon_name, colour = LOOKS[outcome.fate]
    times = "never timed" if task.longest_s is None else told_s(task.longest_s)
    runs = "" if task.longest_s is None else f"the longest of {task.count} runs here"
    changes = [_told(each) for each in row.changes]
    return (
        Cell(task.name, mono=True),
        Cell(times, "text2", hint=runs),
        Cell(fate(outcome), colour, icon_name, hint=f"{sentence(outcome.why)}."),
        Cell(
            " or ".join(_settings(each) for each in row.changes), mono=True, hint="\n".join(changes)
        ),
    )


def fate(outcome: Outcome) -> str:
    """What becomes of a task, in a few words."""
    if outcome.fate is Fate.UNKNOWN:
        return f"not known, if cut {outcome.if_cut}"
    return outcome.fate.value


def stopping(workers: Workers) -> str:
    """How a service is stopped."""
    stop = workers.stop
    how = "cold shutdown (REMAP_SIGTERM=SIGQUIT)" if stop.quits else "warm shutdown"
    soft = f" after {stop.soft_s:g} s" if stop.quits and stop.soft_s else ""
    return f"{workers.where}: SIGTERM is a {how}{soft}, SIGKILL comes {stop.delay_s:g} s later"


def holding(workers: Workers) -> str:
    """What becomes of messages that are held and not begun."""
    return f"Taken ahead, or held for its ETA: {workers.held.why}."


def _settings(change: Change) -> str:
    return ", ".join(change.settings)


def _told(change: Change) -> str:
    price = f" ({change.price})" if change.price else ""
    return f"{_settings(change)}: {fate(change.outcome)}{price}"

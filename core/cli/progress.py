"""How far a burst of tasks is, on one line."""

from typing import Final

from core.tasks.counts import Totals

BAR: Final = 20


def progress_text(totals: Totals, busy: int) -> str:
    """A bar with numbers beside it; nothing for a single task, and when all have ended."""
    if totals.sent < 2 or not totals.open:
        return ""
    ended = totals.sent - totals.open
    full = BAR * ended // totals.sent
    bad = "".join(
        f", {number} {word}"
        for number, word in ((totals.failed, "failed"), (totals.lost, "lost"))
        if number
    )
    bar = f"[{'#' * full}{'-' * (BAR - full)}]"
    return f"{bar} {ended} of {totals.sent} tasks{bad}; {busy} workers busy"

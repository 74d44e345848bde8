"""Render's time, by the `Date` of its answers: the clock of this machine may be off.

Only differences between times of Render's are taken elsewhere; this is for "the last hour".
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

OFF: Final = timedelta(minutes=2)
"""Less than this hurts nobody, and an answer may have been under way for a while."""


class Clock:
    """Tells Render's time; `on_off` hears once, in words, that ours differs by more than `OFF`."""

    def __init__(
        self,
        on_off: Callable[[str], None] = lambda text: None,
        ours: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._on_off = on_off
        self._ours = ours
        self._ahead = timedelta()
        self._told = False

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take the time from an answer; one without a time changes nothing."""
        try:
            told = parsedate_to_datetime(headers.get("date", ""))
        except ValueError:
            return
        self._ahead = (told if told.tzinfo else told.replace(tzinfo=UTC)) - self._ours()
        if abs(self._ahead) > OFF and not self._told:
            self._told = True
            minutes = abs(self._ahead).total_seconds() / 60
            side = "behind" if self._ahead > timedelta() else "ahead of"
            self._on_off(
                f"the clock of this machine is {minutes:.0f} min {side} Render's; "
                "times from there are Render's"
            )

    def now(self) -> datetime:
        """Render's time; that of this machine until it has answered."""
        return self._ours() + self._ahead

"""Notices to show."""

from collections.abc import Callable
from datetime import datetime

import pytest

from core.logs.level import Level
from desktop.notices.notice import Kind, Notice

AT = datetime(2025, 11, 25, 21, 43, 1)


@pytest.fixture
def said() -> Callable[..., Notice]:
    """Makes a notice: the text, and whom it is about."""

    def make(text: str, who: str | None = None, level: Level = Level.INFO) -> Notice:
        return Notice(AT, Kind.SAID, level, text, who)

    return make

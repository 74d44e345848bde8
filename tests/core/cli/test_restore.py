"""Whether messages may go to this broker."""

from pathlib import Path

import pytest

from core.bridge.saved import Saved
from core.cli.restore import consent
from core.errors import USAGE, FleetError

SAVED = Saved(Path("saved.jsonl"), "redis://:**@far/0", "q", 2)


def never(question: str) -> bool:
    raise AssertionError(f"asked: {question}")


def test_nobody_is_asked_when_it_is_the_same_broker() -> None:
    consent(SAVED, "redis://:**@far/0", never)


def test_another_broker_is_named_in_the_question() -> None:
    asked: list[str] = []
    consent(SAVED, "redis://near/0", lambda text: not asked.append(text))
    assert "purged on redis://:**@far/0; this app's broker is redis://near/0" in asked[0]


def test_no_puts_nothing_back() -> None:
    with pytest.raises(FleetError) as caught:
        consent(SAVED, "redis://near/0", lambda text: False)
    assert caught.value.exit_code == USAGE
    assert "--yes" in caught.value.fix

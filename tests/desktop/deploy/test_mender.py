"""Mending, from the question to the way back."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.deploy.facts import Facts, Preflight
from desktop.deploy.mender import Mender
from desktop.deploy.preflight_card import PreflightCard
from desktop.deploy.steps import open_told
from desktop.theme.theme import Theme


def test_what_is_refused_is_told_in_the_row_and_nothing_is_written(
    theme: Theme, qtbot: QtBot, facts: Facts
) -> None:
    card = PreflightCard(theme)
    qtbot.addWidget(card)
    known: list[Facts] = [facts]

    def do(work: Coroutine[Any, Any, object]) -> None:
        asyncio.run(work)  # pyright: ignore[reportArgumentType]

    mender = Mender(card, lambda: known[-1], do, known.append)
    card.show_facts(facts)
    qtbot.waitUntil(lambda: card.findings.complete)
    assert isinstance(facts.preflight, Preflight)
    packages = facts.preflight.top / "requirements.txt"
    told = next(each for each in open_told(facts) if each.check == "windows-packages")
    row = card.findings.rows[told]
    packages.write_text("celery\n")
    row.mend.click()
    assert row.box is not None
    assert not row.box.fault.isHidden()
    row.box.leave.click()
    assert row.mend.isEnabled()
    packages.write_text("celery\nfastapi\nuvicorn\npywin32==311\n")
    row.mend.click()
    assert not row.box.agree.isHidden()
    packages.unlink()
    packages.mkdir()  # it cannot be replaced
    row.box.agree.click()
    assert not row.box.fault.isHidden()
    assert known == [facts]
    mender.forget()

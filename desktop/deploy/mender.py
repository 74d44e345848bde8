"""Mends what preflight found: the change is shown, made, and taken back."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from core.errors import FleetError
from core.render.preflight.mending import Change, apply, prepare, undo
from desktop.deploy.diff_lines import diff_lines
from desktop.deploy.facts import Facts, Fixed, Preflight
from desktop.deploy.preflight_card import PreflightCard
from desktop.deploy.told import Told

Do = Callable[[Coroutine[Any, Any, object]], object]


class Mender:
    """`facts` gives what is known, `mended` hears what is known after a change."""

    def __init__(
        self,
        card: PreflightCard,
        facts: Callable[[], Facts],
        do: Do,
        mended: Callable[[Facts], None],
    ) -> None:
        self._card = card
        self._facts = facts
        self._do = do
        self._mended = mended
        self._shown: dict[Told, Change] = {}
        card.findings.mend_asked.connect(self._ask)
        card.findings.agreed.connect(self._agree)
        card.findings.left.connect(self._leave)
        card.undo.connect(self._undo)

    def forget(self) -> None:
        """Another project is there."""
        self._shown.clear()

    def _ask(self, told: Told) -> None:
        self._do(self._prepare(told))

    async def _prepare(self, told: Told) -> None:
        flight = self._facts().preflight
        assert told.mend is not None, "its button was there"
        assert isinstance(flight, Preflight), "it told this"
        error = None
        lines: tuple[str, ...] = ()
        try:
            change = await asyncio.to_thread(prepare, [told.mend], flight.top)
        except FleetError as refused:
            error = refused
        else:
            self._shown[told] = change
            lines = tuple(change.diff())
        self._show(told, lines, error)

    def _show(self, told: Told, lines: tuple[str, ...], error: FleetError | None) -> None:
        if (row := self._card.findings.rows.get(told)) is not None:
            row.show_change(tuple(diff_lines(lines)), error)

    def _leave(self, told: Told) -> None:
        self._shown.pop(told, None)
        if (row := self._card.findings.rows.get(told)) is not None:
            row.show_no_change()

    def _agree(self, told: Told) -> None:
        if (change := self._shown.pop(told, None)) is not None:
            self._do(self._apply(Fixed(told, change)))

    async def _apply(self, fixed: Fixed) -> None:
        try:
            await asyncio.to_thread(apply, fixed.change)
        except FleetError as error:
            self._show(fixed.told, tuple(fixed.change.diff()), error)
            return
        facts = self._facts()
        self._mended(replace(facts, fixed=(*facts.fixed, fixed)))

    def _undo(self, fixed: Fixed) -> None:
        self._do(self._take_back(fixed))

    async def _take_back(self, fixed: Fixed) -> None:
        try:
            await asyncio.to_thread(undo, fixed.change)
        except FleetError as error:
            if (row := self._card.row(fixed)) is not None:
                row.show_error(error)
            return
        facts = self._facts()
        self._mended(replace(facts, fixed=tuple(each for each in facts.fixed if each is not fixed)))

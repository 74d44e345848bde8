"""`solofleet send`: a task through the app's own broker, without workers of ours."""

import asyncio
from collections.abc import Sequence
from typing import Final

from core.bridge.calls import Calls
from core.bridge.sending import send
from core.cli.command import Command, Here
from core.cli.json_printer import as_json, task_fields
from core.cli.options import Parser, add_app, add_call, add_output, typed_call
from core.cli.terminal import Terminal
from core.errors import DONE, FAILED, TIMED_OUT, USAGE, FleetError
from core.tasks.call import TaskCall
from core.tasks.task import State, TaskChanged

POLL_S: Final = 0.2
BATCH: Final = 500
FINAL: Final[dict[str, State]] = {
    "SUCCESS": "succeeded",
    "FAILURE": "failed",
    "REVOKED": "revoked",
}
"""Celery's states of a result that will not change any more."""


class Sending:
    """One call on its way. `as_lines`: JSON lines in place of words."""

    def __init__(
        self,
        calls: Calls,
        call: TaskCall,
        terminal: Terminal,
        *,
        as_lines: bool,
        poll_s: float = POLL_S,
    ) -> None:
        self._poll_s = poll_s
        self._calls = calls
        self._call = call
        self._terminal = terminal
        self._as_lines = as_lines

    async def send(self) -> tuple[str, ...]:
        """Send it, as often as it says; the ids. Raises FleetError.

        What went out is told however it ends: somebody may want to revoke it.
        """
        out: dict[str, None] = {}
        batch = 0

        def going(ids: tuple[str, ...]) -> None:
            nonlocal batch
            batch = len(ids)
            out.update(dict.fromkeys(ids))

        def stayed(ids: tuple[str, ...]) -> None:
            for task_id in ids:
                del out[task_id]

        try:
            return await send(self._calls, self._call, going, stayed)
        except asyncio.CancelledError:
            count = f"{len(out) - batch} to {len(out)} of {self._call.count}"
            self._terminal.aside(f"interrupted: {self._call.task} was sent {count} times")
            raise
        finally:
            for task_id in out:
                self._show(task_id, "sent")

    async def check_result(self) -> None:
        """Raise FleetError when there will be no result to wait for."""
        for task in await self._calls.describe():
            if task["name"] == self._call.task and not task["keeps_result"]:
                raise FleetError(
                    f"nobody will know how {self._call.task} ended",
                    "its results are not kept: the task ignores them, or the app has no backend",
                    "leave out --wait, and watch it with: solofleet up",
                    exit_code=USAGE,
                )

    async def follow(self, ids: Sequence[str], timeout_s: float | None) -> int:
        """Watch the result backend until every task has ended; the exit code.

        Raises FleetError when that takes longer than `timeout_s`.
        """
        waiting = dict.fromkeys(ids)
        bad = 0
        try:
            async with asyncio.timeout(timeout_s):
                while waiting:
                    for task_id, state in await self._ended(tuple(waiting)[:BATCH]):
                        del waiting[task_id]
                        bad += state != "succeeded"
                    if waiting:
                        await asyncio.sleep(self._poll_s)
        except TimeoutError:
            raise FleetError(
                f"{len(waiting)} of {len(ids)} tasks have not ended within {timeout_s:g} s",
                "no worker takes them, they take longer, or their results are not kept",
                "start workers with: solofleet up",
                exit_code=TIMED_OUT,
            ) from None
        return FAILED if bad else DONE

    async def _ended(self, ids: Sequence[str]) -> list[tuple[str, State]]:
        ended: list[tuple[str, State]] = []
        for task_id, result in (await self._calls.results(ids)).items():
            if state := FINAL.get(result["state"]):
                self._show(task_id, state, result["result"])
                ended.append((task_id, state))
        return ended

    def _show(self, task_id: str, state: State, outcome: str | None = None) -> None:
        if self._as_lines:
            fine = state == "succeeded"
            change = TaskChanged(
                id=task_id,
                name=self._call.task,
                worker=None,
                state=state,
                runtime_s=None,
                result=outcome if fine else None,
                error=None if fine else outcome,
            )
            self._terminal.line(as_json("task", **task_fields(change)))
        else:
            said = "" if outcome is None else f": {outcome}"
            self._terminal.line(f"{self._call.task}[{task_id}] {state}{said}")


def _options(parser: Parser) -> None:
    add_app(parser)
    add_call(parser)
    parser.add_argument("--wait", action="store_true", help="wait for the results")
    add_output(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    assert typed.task is not None  # argparse has seen to it
    call = typed_call(typed, typed.task)
    async with here.calls() as (_, calls):
        sending = Sending(calls, call, here.terminal, as_lines=typed.json)
        if not typed.wait:
            await sending.send()
            return DONE
        await sending.check_result()
        return await sending.follow(await sending.send(), typed.timeout)


SEND = Command("send", "send a task of a project", _options, _run, takes="task")

"""Empties a queue into a file, so that nothing is lost whatever is broken off."""

import asyncio
from contextlib import suppress
from pathlib import Path

from core.bridge.calls import Calls
from core.bridge.saved import Saved, read_saved
from core.errors import UNAVAILABLE, FleetError


async def purge(calls: Calls, queue: str, file: Path, project: str) -> int:
    """Move what waits in a queue to a new file; how many messages that were.

    Raises FleetError; then the queue is as it was, or the error says where the messages are. Who
    is cancelled puts back first what was under way.
    """
    if file.exists():
        raise FleetError(
            f"{file} is there already",
            "what is in it would be lost",
            "name another file with --save",
        )
    try:
        return await calls.purge(queue, file, project)
    except (FleetError, asyncio.CancelledError):
        if await asyncio.to_thread(file.exists):
            await _undo(calls, file)
        raise


async def _undo(calls: Calls, file: Path) -> None:
    """Put back what is still set aside. Raises FleetError when that cannot be, or was too late."""
    try:
        restored, _ = await calls.restore(file, aside_only=True)
    except FleetError as error:
        raise FleetError(
            f"the purge was broken off, and what it had taken could not be put back: {error.what}",
            error.why,
            f"nothing is lost: when the broker is back, type: solofleet restore {file}",
            exit_code=UNAVAILABLE,
        ) from error
    saved = await asyncio.to_thread(_if_whole, file)
    if not restored and saved is not None and saved.count is not None:
        raise FleetError(
            f"nobody answered whether {saved.queue} was purged; nothing of it is left to put back",
            f"its {saved.count} messages are saved in {file}",
            f"see `solofleet queues`; to put them back: solofleet restore {file}",
        )
    for leftover in (file, file.with_name(f"{file.name}.part")):
        with suppress(OSError):
            await asyncio.to_thread(leftover.unlink)


def _if_whole(file: Path) -> Saved | None:
    try:
        return read_saved(file)
    except FleetError:
        return None

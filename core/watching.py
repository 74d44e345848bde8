"""Tells of files that change below a folder, a burst of changes at a time."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Final

QUIET_MS: Final = 200
"""A burst is over when nothing has changed for so long."""


async def bursts_below(
    top: Path, wanted: Callable[[Path], bool], burst_ms: int
) -> AsyncGenerator[frozenset[Path]]:
    """The files of each burst of changes that are wanted, until it is closed.

    What goes on for `burst_ms` is told by then, and goes on in the next burst.
    """
    # It brings anyio along, which takes longer to read than all of our own that watches.
    from watchfiles import (  # noqa: PLC0415
        awatch,  # pyright: ignore[reportUnknownVariableType], names trio
    )

    bursts = awatch(
        top,
        watch_filter=lambda _, path: wanted(Path(path)),
        debounce=burst_ms,
        step=QUIET_MS,
    )
    async with aclosing(bursts):
        async for burst in bursts:
            yield frozenset(Path(path) for _, path in burst)

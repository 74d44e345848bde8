"""What holds child processes so that none outlives Solofleet: the platform's choice."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol, Self

if sys.platform == "win32":
    from core.workers.containment_windows import WindowsContainment as _PlatformContainment
else:
    from core.workers.containment_posix import PosixContainment as _PlatformContainment


class Hold(Protocol):
    """The hold on one child, with all its descendants."""

    @property
    def options(self) -> Mapping[str, Any]:
        """Keyword arguments for `loop.subprocess_exec` (`subprocess.Popen`'s)."""
        ...

    @property
    def env(self) -> Mapping[str, str]:
        """Variables that the child's environment must have besides its own."""
        ...

    def adopt(self, pid: int) -> None:
        """Take hold of the process just born. Raises FleetError when it cannot be held."""
        ...

    def kill(self) -> None:
        """End the child and its descendants at once."""
        ...

    def release(self) -> None:
        """The child has ended: end what is left of its descendants and let go."""
        ...


class Containment(Protocol):
    """Holds all children of one session: `async with containment: ... hold() ...`.

    At the end of the block none of them is left.
    """

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    @property
    def births(self) -> asyncio.Lock:
        """Held from before a child is born until it is adopted: one at a time.

        A child that was born and not adopted is what a sudden death of ours leaves behind.
        """
        ...

    def hold(self) -> Hold:
        """A hold for one child that is about to be started."""
        ...


def make_containment(say: Callable[[str], None] = lambda text: None) -> Containment:
    """The containment of this platform; `say` gets what people should know of it."""
    return _PlatformContainment(say)

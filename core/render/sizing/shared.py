"""What children of a prefork worker share with their parent, on Linux.

The proportional set size (PSS, proc(5) smaps_rollup) counts a page that n processes share as 1/n in
each, so that the sum over a worker is what it takes of the machine. What a child has for itself is
its unique set size.
"""

from statistics import mean

import psutil

from core.errors import FleetError
from core.render.sizing.measured import Prefork
from core.render.sizing.peaks import tree


def shared(root: int) -> Prefork:
    """Read a prefork worker at rest by the process that was started. Blocks.

    Raises FleetError when it has no children, or has ended.
    """
    try:
        infos = [process.memory_full_info() for process in tree(root)]
    except psutil.Error as error:
        raise _gone(str(error)) from error
    if len(infos) < 2:
        raise _gone("it has no children")
    own = round(mean(info.uss for info in infos[1:]))
    total = sum(info.pss for info in infos)
    children = len(infos) - 1
    return Prefork(max(0, total - children * own), own, children)


def _gone(why: str) -> FleetError:
    return FleetError(
        "the memory of prefork children could not be read", why, "try it again; its log tells more"
    )

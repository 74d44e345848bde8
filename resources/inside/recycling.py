"""When this process has done its share: `max_tasks_per_child` and `max_memory_per_child`.

Standard library and Celery only, Python 3.8.
"""

from celery.utils.log import get_logger
from solofleet_inside.memory import peak_reader

logger = get_logger(__name__)


class Recycling(object):
    """`options` are those that Celery gives to every pool (`celery/worker/components.py`)."""

    def __init__(self, options):
        self.done = 0
        self._most_tasks = options.get("maxtasksperchild")
        self._most_kib = options.get("max_memory_per_child")
        self._peak = peak_reader()

    def after_task(self):
        """Why the process is to be replaced after this task; None when it may go on."""
        self.done += 1
        if self._most_tasks and self.done >= self._most_tasks:
            return "max_tasks_per_child (%d) reached" % self._most_tasks
        used_kib = self._peak() // 1024 if self._most_kib else 0
        if used_kib <= (self._most_kib or 0):
            return None
        # The words of billiard's MAXMEM_USED_FMT.
        text = "child process exiting after exceeding memory limit (%dKiB / %dKiB)"
        logger.warning(text, used_kib, self._most_kib)
        return "max_memory_per_child: %d KiB of %d" % (used_kib, self._most_kib)

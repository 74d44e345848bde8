"""Tasks of every temper: quick, slow, noisy, hungry, flaky and broken."""

import time

from celery.exceptions import SoftTimeLimitExceeded
from celery.utils.log import get_task_logger

from celery_queue.celery_app import celery_app

logger = get_task_logger(__name__)


@celery_app.task
def add(x: float = 1, y: float = 2) -> float:
    """Add two numbers."""
    return x + y


@celery_app.task(bind=True)
def report(self, title: str = "Sales", pages: int = 4, seconds_per_page: float = 0.5) -> str:
    """Write a report page by page: slow, and it logs what it does."""
    for page in range(1, pages + 1):
        logger.info("%s: page %d of %d", title, page, pages)
        if not self.request.is_eager:
            self.update_state(state="PROGRESS", meta={"page": page, "pages": pages})
        time.sleep(seconds_per_page)
    return f"{title}, {pages} pages"


@celery_app.task
def fail(reason: str = "the customer has no address") -> None:
    """Fail at once, with this reason."""
    raise ValueError(reason)


@celery_app.task
def fail_deep(depth: int = 40) -> None:
    """Fail far down: the traceback is long and tells of two exceptions."""
    try:
        _price(depth)
    except KeyError as error:
        raise RuntimeError("the order could not be priced") from error


def _price(depth: int) -> None:
    _discount(depth - 1)


def _discount(depth: int) -> None:
    # Two functions in turn: Python shortens the traceback of one that calls itself.
    if depth <= 0:
        raise KeyError("discount")
    _price(depth - 1)


@celery_app.task(bind=True, max_retries=5)
def fetch(self, url: str = "https://example.org/", failures: int = 2, countdown: float = 1) -> str:
    """Fail as an unreliable service does, retry after a countdown, then succeed."""
    attempt = self.request.retries + 1
    if attempt <= failures:
        error = ConnectionError(f"{url} did not answer, attempt {attempt}")
        raise self.retry(exc=error, countdown=countdown)
    return f"{url} answered at attempt {attempt}"


@celery_app.task
def count_primes(below: int = 100_000) -> int:
    """Count the primes below a number: keeps one processor busy."""
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, below))


@celery_app.task
def fill_memory(megabytes: int = 200, seconds: float = 1) -> int:
    """Hold this much memory for a while; returns the bytes held."""
    held = bytearray(megabytes * 1024 * 1024)
    held[::4096] = b"x" * len(held[::4096])  # touch each page, or the system gives none
    time.sleep(seconds)
    return len(held)


@celery_app.task
def print_colours(text: str = "Grüße, 世界, 👋🏽") -> str:
    """Print letters of many scripts in the colours of a terminal."""
    for code, colour in ((31, "red"), (32, "green"), (33, "yellow"), (34, "blue")):
        print(f"\x1b[1;{code}m{colour}\x1b[0m {text}")
    return text


@celery_app.task(soft_time_limit=2, time_limit=4)
def overrun(seconds: float = 10, tidy: bool = True) -> str:
    """Run into its limits: soft after 2 s; hard after 4 s, when it does not tidy up and go."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            time.sleep(0.1)
        except SoftTimeLimitExceeded:
            logger.warning("the soft limit has passed")
            if tidy:
                return "stopped early, tidied up"
    return f"ran for all of {seconds:g} s"

"""How production runs the workers, as far as the project's files say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.project.declared import text_of
from core.project.tree import Tree

ALIKE: Final = ("prefork", "processes", "solo")
"""Pools whose rules a fleet keeps (`celery/concurrency/__init__.py`, ALIASES)."""

TRAITS: Final = {
    "threads": "runs tasks as threads of one process: no time limits, no terminate, shared globals",
    "gevent": "runs tasks as greenlets of one process, with patched sockets and no fork",
    "eventlet": "runs tasks as greenlets of one process, with patched sockets and no fork",
}


@dataclass(frozen=True, slots=True)
class ProductionPool:
    """The pool of one worker command; `where` is file and line."""

    pool: str
    concurrency: int | None
    where: str


# `celery -A proj worker -P gevent -c 100`, `["celery", "-A", "proj", "worker", "--pool=threads"]`.
_WORKER: Final = re.compile(r"\bcelery\b.*\bworker\b")
_POOL: Final = re.compile(r"""(?:\s|["'])(?:-P|--pool)["']?[\s=,]*["']?(?P<value>[a-z]+)""")
_CONCURRENCY: Final = re.compile(
    r"""(?:\s|["'])(?:-c|--concurrency)["']?[\s=,]*["']?(?P<value>\d+)"""
)


def production_pools(tree: Tree) -> Iterator[ProductionPool]:
    """Yield what each `celery ... worker` command in a Procfile, render.yaml and the like asks."""
    for file in tree.declaring:
        for number, line in enumerate(text_of(file).splitlines(), 1):
            if line.lstrip().startswith("#") or not _WORKER.search(line):
                continue
            pool, concurrency = _POOL.search(line), _CONCURRENCY.search(line)
            yield ProductionPool(
                pool["value"] if pool else "prefork",
                int(concurrency["value"]) if concurrency else None,
                f"{file}:{number}",
            )


def unlike(pool: str, where: str) -> str | None:
    """What to tell people of a production pool that a fleet does not stand for; else None."""
    if pool in ALIKE:
        return None
    trait = TRAITS.get(pool, "is a pool of its own")
    return (
        f"production's pool is {pool} ({where}), which {trait}."
        " A fleet keeps prefork's rules: what it shows of limits, crashes and memory is not"
        f" what {pool} will do"
    )

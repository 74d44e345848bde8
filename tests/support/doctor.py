"""Projects with planted faults, and the doctor's visit to them."""

import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from core.doctor.case import Case
from core.doctor.examination import CHECKS, Check, examine
from core.doctor.finding import Finding, State
from core.project.opening import open_project
from core.secret import Secret
from core.wishes import Wishes
from core.workers.containment import make_containment
from tests.support.program import homes
from tests.support.venvs import python_with_celery

APP = """\
import os
from celery import Celery

url = os.environ.get("REDIS_URL")
app = Celery("proj", broker=url, backend=url)
app.conf.update({settings})


@app.task({options})
def add(x=1, y=2):
    return x + y
"""
DEAD = "redis://127.0.0.1:1/0"


def plant(folder: Path, *, settings: str = "", options: str = "", **files: str) -> Path:
    """A small project; `files` are more of it, by name, with __ for a dot and ___ for a slash."""
    app = APP.format(settings=settings, options=options)
    for name, text in {"proj__py": app, **files}.items():
        file = folder / name.replace("___", "/").replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


async def visit(
    folder: Path,
    url: str,
    *,
    python: Path | None = None,
    environ: Mapping[str, str] | None = None,
    broker: str | None = None,
    app: str | None = None,
    ports: Mapping[str, int] | None = None,
    windows: bool = False,
    checks: tuple[Check, ...] = CHECKS,
) -> dict[str, Finding]:
    """All findings by id; `url` is REDIS_URL of the environment."""
    around = {**os.environ, **homes(folder.parent / "home"), "REDIS_URL": url, **(environ or {})}
    here = Path(sys.executable)  # on Windows it has a Celery, and no uv to make another
    interpreter = str(python or (here if sys.platform == "win32" else python_with_celery("5.7.0")))
    opened = partial(open_project, folder, app=app, python=interpreter, environ=around)
    wishes = Wishes(broker=Secret(broker)) if broker else Wishes()
    async with make_containment() as containment:
        case = Case(opened, wishes, around, containment, windows=windows, ports=ports or {})
        try:
            return {finding.id: finding async for finding in examine(case, checks)}
        finally:
            await case.close()


def wrong(findings: Mapping[str, Finding]) -> dict[str, State]:
    """The checks that found something."""
    bad = (State.FAULT, State.WARNING)
    return {id_: found.state for id_, found in findings.items() if found.state in bad}

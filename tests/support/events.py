"""Sends events as workers do, without a worker."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.inside import PROJECTS, broker_variables

NODE = "w1@box"


def publish(python: Path, url: str, *events: Mapping[str, Any]) -> None:
    """Send events as workers would, each from the node that it names, or `NODE`."""
    code = (
        "import sys; from tasky import app\n"
        "with app.connection_for_write() as connection:\n"
        "    dispatcher = app.events.Dispatcher(connection)\n"
        "    for event in eval(sys.argv[2]):\n"
        "        dispatcher.hostname = event.pop('node', sys.argv[1])\n"
        "        dispatcher.send(event.pop('type'), **event)\n"
    )
    subprocess.run(
        [str(python), "-c", code, NODE, repr(events)],
        cwd=PROJECTS / "tasky",
        env={**os.environ, **broker_variables(url)},
        check=True,
    )

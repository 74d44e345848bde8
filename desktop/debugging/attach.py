"""What one tells an editor so that it attaches to a debugpy that listens."""

import json
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A text to be copied, and where it goes."""

    text: str
    where: str


def vscode(name: str, port: int) -> Recipe:
    """A configuration (https://code.visualstudio.com/docs/python/debugging, Set configuration
    options); the files are where they are, so it needs no path mappings.
    """
    configuration = {
        "name": f"Solofleet: {name}",
        "type": "debugpy",
        "request": "attach",
        "connect": {"host": HOST, "port": port},
        "justMyCode": True,
    }
    where = 'Add it to "configurations" in .vscode/launch.json, choose it under Run and Debug, F5.'
    return Recipe(json.dumps(configuration, indent=4), where)


def pycharm(name: str, port: int, workdir: Path) -> Recipe:
    """The fields of "Attach to DAP", which PyCharm has since 2025.3
    (https://www.jetbrains.com/help/pycharm/2026.1/run-debug-configuration-attach-to-dap.html).
    """
    text = "\n".join(
        (
            f"Name: Solofleet: {name}",
            f"Remote address: {HOST}:{port}",
            f"Local project path: {workdir}",
            f"Remote project path: {workdir}",
        )
    )
    where = "Run, Edit Configurations, Add, Attach to DAP (PyCharm 2025.3 or newer); then debug it."
    return Recipe(text, where)

"""The command that does the same as the form."""

import os
from collections.abc import Sequence
from typing import Final

from core.tasks.call import TaskCall
from core.workers.spec import as_typed
from desktop.send.json_text import write_json

SHELLS: Final = {"PowerShell": "powershell", "cmd": "cmd", "sh": "sh"}
"""What people call them, and what `as_typed` does."""


def shell_here() -> str:
    """The one that is most likely at hand, by its name for people."""
    return "PowerShell" if os.name == "nt" else "sh"


def send_command(
    call: TaskCall, project: str, app: str, broker: str | None = None
) -> Sequence[str]:
    """`solofleet send ...` for this call; a pause between copies has no option there.

    `broker` is given where it is not the app's own and has no password: "builtin", say.
    """
    words = ["solofleet", "send", project, call.task, "-A", app]
    if broker is not None:
        words += ["--broker", broker]
    if call.args:
        words += ["--args", write_json(list(call.args))]
    if call.kwargs:
        words += ["--kwargs", write_json(dict(call.kwargs))]
    for option, value in (
        ("--queue", call.queue),
        ("--countdown", call.countdown_s),
        ("--priority", call.priority),
        ("--expires", call.expires_s),
        ("--count", call.count if call.count > 1 else None),
    ):
        if value is not None:
            words += [option, f"{value:g}" if isinstance(value, float) else str(value)]
    return words


def typed_command(words: Sequence[str], shell: str) -> str:
    """As one types it in a shell of `SHELLS`."""
    return as_typed(tuple(words), SHELLS[shell])

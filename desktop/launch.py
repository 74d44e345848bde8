"""`solofleet`, `solofleet FOLDER`: the window where there is a screen; all else: the terminal.

The window needs the terminal's modules no sooner than it is seen, and the terminal none of Qt's.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import INTERRUPTED
from desktop.screen import no_window


def main(argv: Sequence[str] | None = None) -> int:
    """Run `solofleet`; the exit code."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:  # before the command hears of it itself: while modules are read
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    project = _folder(arguments)
    if arguments not in ([], ["demo"]) and project is None:
        return _in_terminal(arguments)
    why = no_window(os.environ)
    if why is not None:
        sys.stderr.write(f"solofleet: no window, {why}\n")
        return _in_terminal(arguments)
    from desktop.start import start  # noqa: PLC0415

    return start(open_demo=arguments == ["demo"], project=project)


def _in_terminal(arguments: list[str]) -> int:
    from core.cli import main as terminal_main  # noqa: PLC0415

    return terminal_main(arguments)


def _folder(arguments: list[str]) -> str | None:
    """The project that is to be opened in the window: a folder is all that was said."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        return None
    from core.cli.commands import PLACES  # noqa: PLC0415

    return None if arguments[0] in PLACES else arguments[0]

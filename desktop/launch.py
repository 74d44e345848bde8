"""`solofleet`, `solofleet FOLDER`: the window where there is a screen; all else: the terminal."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from core.cli import main as terminal_main
from core.cli.commands import COMMANDS
from desktop.screen import no_window


def main(argv: Sequence[str] | None = None) -> int:
    """Run `solofleet`; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    project = _folder(arguments)
    if arguments not in ([], ["demo"]) and project is None:
        return terminal_main(arguments)
    why = no_window(os.environ)
    if why is not None:
        sys.stderr.write(f"solofleet: no window, {why}\n")
        return terminal_main(arguments)
    # Qt takes a tenth of a second and 40 MB, which no command in the terminal shall pay.
    from desktop.app import run  # noqa: PLC0415

    return run(open_demo=arguments == ["demo"], project=project)


def _folder(arguments: list[str]) -> str | None:
    """The project that is to be opened in the window: a folder is all that was said."""
    if len(arguments) != 1 or arguments[0] in {command.name for command in COMMANDS}:
        return None
    return arguments[0] if Path(arguments[0]).is_dir() else None

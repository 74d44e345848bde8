"""`solofleet`: the window where there is a screen and nothing else was asked, else the terminal."""

import os
import sys
from collections.abc import Sequence

from core.cli import main as terminal_main
from desktop.screen import no_window


def main(argv: Sequence[str] | None = None) -> int:
    """Run `solofleet`; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments not in ([], ["demo"]):
        return terminal_main(arguments)
    why = no_window(os.environ)
    if why is not None:
        sys.stderr.write(f"solofleet: no window, {why}\n")
        return terminal_main(arguments)
    # Qt takes a tenth of a second and 40 MB, which no command in the terminal shall pay.
    from desktop.app import run  # noqa: PLC0415

    return run(open_demo=bool(arguments))

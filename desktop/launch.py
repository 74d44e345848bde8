"""`solofleet`: the window where there is a screen and nothing else was asked, else the terminal."""

import os
import sys
from collections.abc import Mapping, Sequence

from core.cli import main as terminal_main


def main(argv: Sequence[str] | None = None) -> int:
    """Run `solofleet`; the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in ([], ["demo"]) and has_screen(os.environ):
        # Qt takes a tenth of a second and 40 MB, which no command in the terminal shall pay.
        from desktop.app import run  # noqa: PLC0415

        return run(open_demo=bool(arguments))
    return terminal_main(arguments)


def has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere where a server is."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))

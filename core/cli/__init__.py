"""The command line: the same session as the window's, printed."""

from core.cli.program import main

__all__ = ["main"]

"""The command line: the same session as the window's, printed."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. What commands need is read now: the window needs parts."""
    from core.cli.program import main as run  # noqa: PLC0415

    return run(argv)

"""Reads variables out of small pieces of code."""

from textwrap import dedent

from core.render.variables.code import reads_in


def seen(**files: str) -> set[tuple[str, bool]]:
    """Each variable that these modules read, and whether it must be there."""
    sources = {f"{name}.py": dedent(text).encode() for name, text in files.items()}
    return {("|".join(read.names), read.required) for read in reads_in(sources)}

"""Numbers as they are read."""


def grouped(number: int) -> str:
    """A number with its thousands set apart by a space, which no language reads as a decimal sign.

    The space is narrow, and no line ends in it.
    """
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")

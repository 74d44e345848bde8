"""What a signature reads from a line."""

from core.known.signature import KnownError, Signature

MISSING = Signature(
    "missing", r"no (\w+) here|lost: (\w+)", ("no ",), "{0} is away", "bring {0}", "https://x"
)


def test_the_words_take_what_the_pattern_named() -> None:
    wanted = KnownError("missing", "luck is away", "bring luck", "https://x", True)
    assert MISSING.read("there is no luck here") == MISSING.read("lost: luck") == wanted


def test_another_line_is_another_matter() -> None:
    assert MISSING.read("all is well") is None


def test_what_is_told_of_a_line_is_short() -> None:
    known = MISSING.read("no " + "x" * 5000 + " here")
    assert known is not None and len(known.cause) < 100

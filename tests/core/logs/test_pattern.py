import random
import re
from itertools import chain

import pytest

from core.errors import USAGE, FleetError
from core.logs.pattern import MOST, Pattern

WORDS = ["Error", "error", "ERROR", "page 7", "page 77", "straße", "ÖL", "öl", "€", "", " ", "\r"]
TEXTS = ["error", "Page 7", "ÖL", "€", "7", "r", "aße"]
REGEXES = [
    "error",
    "^error",
    "error$",
    "^$",
    "page 7+",
    r"\d\s",
    "[^r]7",
    r"7\s*$",
    "ö|€",
    r"\berror\b",
    r"\Aerror\Z",
    "(e)(r)?",
    "x*",
    "stra.e",
    r"stra\We?|s",
    "[^a-z ]{2}",
    ".{3,5}7",
]


def data(seed: int) -> bytes:
    chance = random.Random(seed)
    lines = (" ".join(chance.choices(WORDS, k=chance.randrange(4))) for _ in range(60))
    return "".join(line.rstrip("\r") + "\n" for line in lines).encode()


@pytest.mark.parametrize("case", [True, False])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("seed", range(5))
def test_the_lines_with_a_text_are_found(seed: int, text: str, case: bool) -> None:
    lines = data(seed).decode().split("\n")[:-1]
    there = re.compile(re.escape(text), 0 if case else re.IGNORECASE)
    expected = [index for index, line in enumerate(lines) if there.search(line)]
    assert Pattern(text, case=case).lines(data(seed)) == expected


@pytest.mark.parametrize("case", [True, False])
@pytest.mark.parametrize("regex", REGEXES)
@pytest.mark.parametrize("seed", range(5))
def test_the_lines_that_match_are_found_as_if_each_stood_alone(
    seed: int, regex: str, case: bool
) -> None:
    lines = data(seed).decode().split("\n")[:-1]
    there = re.compile(regex, 0 if case else re.IGNORECASE)
    expected = [index for index, line in enumerate(lines) if there.search(line)]
    assert Pattern(regex, regex=True, case=case).lines(data(seed)) == expected


def test_a_match_never_goes_over_the_end_of_a_line() -> None:
    assert Pattern("a[^b]*c", regex=True).lines(b"xa\nc\nabc\nac\n") == [3]
    assert Pattern(r"x\s*y", regex=True).lines(b"x\ny\nx y\n") == [2]
    assert Pattern("a\n").lines(b"a\na\n") == []


def test_bytes_that_are_not_utf_8_hide_nothing() -> None:
    assert Pattern("b").lines(b"a\xff\nb\xff\n") == [1]
    assert Pattern("b.?$", regex=True).lines(b"a\xff\n\xffb\n") == [1]


@pytest.mark.parametrize(("text", "regex"), [("ÖF", False), ("öf", True), ("(ö)f", True)])
def test_spans_are_in_characters(text: str, regex: bool) -> None:
    assert Pattern(text, regex=regex).spans("€ xöfoöF") == ((3, 5), (6, 8))


def test_a_match_of_nothing_has_no_span() -> None:
    assert Pattern("x*", regex=True).spans("axxa") == ((1, 3),)


# What the pattern is, which character the mark stands under, and a word of the reason.
BAD = [
    ("a(b", 2, "missing"),
    ("a)", 2, "parenthesis"),
    ("*a", 1, "repeat"),
    ("a[b", 2, "unterminated"),
    ("[z-a]", 2, "range"),
    (r"ab\q", 3, "escape"),
    ("a{1001}", 2, "repetition"),
    ("a|(?!b)", 3, "lookaround"),
    ("(?<=q)a", 1, "lookaround"),
    (r"(a)\1", 4, "backreference"),
    (r"x.{900}y", 3, "too much"),
]


@pytest.mark.parametrize(("text", "character", "reason"), BAD)
def test_a_bad_pattern_is_shown_with_the_place(text: str, character: int, reason: str) -> None:
    with pytest.raises(FleetError) as caught:
        Pattern(text, regex=True)
    why, shown, mark = caught.value.why.split("\n")
    assert reason in why
    assert f"character {character}" in why
    assert shown.strip() == text
    assert mark.index("^") - shown.index(text) == character - 1
    assert caught.value.exit_code == USAGE
    assert Pattern(text).lines(f"x\n{text}\n".encode()) == [1]


@pytest.mark.parametrize("regex", [r"(x+x+)+y", r"(a|aa)*b", r"(\w+\s?)*!", r"^(([a-z])+.)+[A-Z]$"])
def test_a_pattern_that_would_explode_ends(regex: str) -> None:
    block = (b"x" * 500 + b"a" * 500 + b" " + b"\n") * 100
    # `re` would take longer than the world is old
    assert Pattern(regex, regex=True, case=True).lines(block) == []


def test_a_slow_pattern_asks_for_smaller_portions_and_a_quick_one_for_larger_ones() -> None:
    ticks = chain.from_iterable((second, second + took) for second, took in enumerate(TOOK))
    pattern = Pattern("x", regex=True, clock=lambda: next(ticks))
    portions = [pattern.portion]
    for _ in TOOK:
        pattern.lines(b"x\n")
        portions.append(pattern.portion)
    assert portions == [4096, 8192, 8192, 2048, 1024, 1024, 2048]


TOOK = [0.0001, 0.002, 0.1, 0.1, 0.1, 0.0001]  # seconds


def test_a_text_is_quick_whatever_it_is() -> None:
    assert Pattern("x").portion == MOST

from collections.abc import Iterable

import pytest

from core.logs.lines import LineSplitter


def keep(block: bytes) -> bytes:
    return block


def fed(splitter: LineSplitter, chunks: Iterable[bytes]) -> bytes:
    return b"".join(splitter.feed(chunk) for chunk in chunks) + splitter.close()


def in_pieces(text: bytes, size: int) -> list[bytes]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def test_a_line_waits_for_its_newline() -> None:
    splitter = LineSplitter(keep)
    assert splitter.feed(b"one\ntw") == b"one\n"
    assert splitter.feed(b"o") == b""
    assert splitter.feed(b"\nthree\nfour\nfi") == b"two\nthree\nfour\n"


def test_the_last_line_needs_no_newline() -> None:
    splitter = LineSplitter(keep)
    splitter.feed(b"one\ntwo")
    assert splitter.close() == b"two\n"
    assert splitter.close() == b""


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_are_the_same_however_they_are_chunked(size: int) -> None:
    text = "one\r\n\r\n½ two €\nthree\rfour\n".encode()
    assert fed(LineSplitter(keep), in_pieces(text, size)) == text.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("size", [1, 5, 17, 64, 1000])
def test_a_line_beyond_the_limit_is_cut_and_says_by_how_much(size: int) -> None:
    text = b"short\n" + b"x" * 75 + b"\nafter\n" + b"y" * 20 + b"\n" + b"z" * 40
    blocks = fed(LineSplitter(keep, limit=20, margin=10), in_pieces(text, size))
    assert blocks.decode().splitlines() == [
        "short",
        "x" * 20 + " …[cut 55 bytes]",
        "after",
        "y" * 20,
        "z" * 20 + " …[cut 20 bytes]",
    ]


@pytest.mark.parametrize("size", [1, 1000])
def test_a_cut_never_splits_a_character(size: int) -> None:
    text = "€".encode() * 20 + b"\n"
    blocks = fed(LineSplitter(keep, limit=20, margin=10), in_pieces(text, size))
    assert blocks.decode() == "€" * 6 + " …[cut 42 bytes]\n"


def test_a_line_without_end_takes_bounded_memory() -> None:
    splitter = LineSplitter(keep, limit=20, margin=10)
    for _ in range(1000):
        assert splitter.feed(b"x" * 100) == b""
    assert len(splitter._carry) + len(splitter._head or b"") < 200
    assert splitter.feed(b"\n") == b"x" * 20 + " …[cut 99980 bytes]\n".encode()


def test_a_cut_line_without_newline_comes_out_at_the_end() -> None:
    splitter = LineSplitter(keep, limit=20, margin=10)
    assert splitter.feed(b"x" * 50) == b""
    assert splitter.close() == b"x" * 20 + " …[cut 30 bytes]\n".encode()


@pytest.mark.parametrize("size", [1, 3, 16, 33, 1000])
@pytest.mark.parametrize("before", range(30))
def test_what_is_cleaned_does_not_slip_through_at_a_cut(size: int, before: int) -> None:
    text = b"-" * before + b"SECRET" + b"-" * 60
    splitter = LineSplitter(lambda block: block.replace(b"SECRET", b"***"), limit=20, margin=8)
    shown = fed(splitter, in_pieces(text, size))
    assert b"SEC" not in shown
    assert b"RET" not in shown


def test_many_secrets_in_front_do_not_draw_half_a_secret_into_the_head() -> None:
    splitter = LineSplitter(lambda block: block.replace(b"SECRET", b""), limit=20, margin=8)
    splitter.feed(b"SECRET" * 4 + b"SECR")  # 28 bytes, all of which fit
    splitter.feed(b"ETSE")
    assert b"SE" not in splitter.feed(b"CRET\n") + splitter.close()

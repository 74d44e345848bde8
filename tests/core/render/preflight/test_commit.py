"""Texts and paths of a commit."""

import pytest

from core.render.preflight.commit import decoded, is_below, joined


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\xc3\xbc", "aü"),
        (b"\xef\xbb\xbfa", "a"),
        (b"\xff\xfea\x00", "a"),
        (b"a\xfc", "a\ufffd"),
    ],
)
def test_text_is_read_as_editors_of_windows_write_it(data: bytes, text: str) -> None:
    assert decoded(data) == text


@pytest.mark.parametrize(
    ("folder", "path", "whole"),
    [
        ("", "a.py", "a.py"),
        ("", "./backend/", "backend"),
        ("a/b", "../c.txt", "a/c.txt"),
        ("a", ".", "a"),
        ("", "../..", ""),
    ],
)
def test_paths_are_joined_as_git_names_them(folder: str, path: str, whole: str) -> None:
    assert joined(folder, path) == whole


def test_everything_is_below_the_top() -> None:
    assert is_below("a/b.py", "")
    assert is_below("a/b.py", "a")
    assert not is_below("ab/c.py", "a")

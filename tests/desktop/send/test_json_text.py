"""JSON of people, and what is wrong with it."""

import pytest

from desktop.send.json_text import NotJson, read_json, write_json


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('["eu", "us",]', "there is a comma before ] at column 13"),
        ('{"a": 1, }', "there is a comma before } at column 10"),
        ("[1, True]", "True is written true here, at column 5"),
        ("['a']", "a text stands in double quotes, not in single ones, at column 2"),
        ("", "it ends where a value should be at column 1"),
        ("[1", "a closing ] is missing at column 3"),
        ('{"a": 1', "a closing } is missing at column 8"),
        ('{"a" 1}', "a colon is missing after the name at column 6"),
        ("{a: 1}", "a name in double quotes, or a closing }, is missing at column 2"),
        ("[1 2]", "a comma is missing before 2 at column 4"),
        ("1 2", "there is more after its end at column 3"),
        ('["a', 'a closing " is missing for the one at column 2'),
        ('"C:\\data"', "a backslash is written \\\\, at column 4"),
        ('"a\nb"', "a line break is written \\n, at line 1, column 3"),
        ("[1,\n 2,\n]", "there is a comma before ] at line 3, column 1"),
        ("eu", 'a text stands in double quotes: "…", at column 1'),
        ("[,1]", ", stands where a value should be at column 2"),
        ("[NaN]", "there is no number NaN at column 2"),
        ("1" * 5000, "a number is too long, or it goes too deep at column 1"),
        ("[" * 100_000, "a number is too long, or it goes too deep at column 1"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_with_its_place(text: str, said: str) -> None:
    with pytest.raises(NotJson) as caught:
        read_json(text)
    assert str(caught.value) == f"Not JSON: {said}"


def test_the_position_is_that_of_the_sign_that_is_meant() -> None:
    with pytest.raises(NotJson) as caught:
        read_json('["eu", "us",]')
    assert caught.value.position == 12


def test_what_is_written_can_be_read() -> None:
    value = {"a": [1, None, "Grüße"]}
    assert write_json(value) == '{"a": [1, null, "Grüße"]}'
    assert read_json(write_json(value)) == value

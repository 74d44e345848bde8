"""The command line of an editor."""

import pytest

from core.errors import FleetError
from desktop.editor.command import filled, words_of


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("code --goto {file}:{line}", ("code", "--goto", "{file}:{line}")),
        (r'"C:\Program Files\Ed\ed.exe" {file}', (r"C:\Program Files\Ed\ed.exe", "{file}")),
        ("  ed 'a b'c \"\" ", ("ed", "a bc", "")),
        ("ed $HOME && rm", ("ed", "$HOME", "&&", "rm")),
    ],
)
def test_words_are_apart_by_blanks_unless_quoted(command: str, words: tuple[str, ...]) -> None:
    assert words_of(command) == words


@pytest.mark.parametrize(("command", "why"), [('"ed', "no end"), ("", "no program"), ("  ", "no")])
def test_a_command_that_cannot_be_used_is_refused(command: str, why: str) -> None:
    with pytest.raises(FleetError) as caught:
        words_of(command)
    assert why in caught.value.why


def test_file_and_line_are_put_in_once_and_are_never_split() -> None:
    assert filled(("ed", "{file}:{line}"), "/a b/{line} $(x).py", 7) == (
        "ed",
        "/a b/{line} $(x).py:7",
    )


def test_a_command_that_names_no_file_has_it_last() -> None:
    assert filled(("ed", "+{line}"), "/a.py", 7) == ("ed", "+7", "/a.py")


@pytest.mark.parametrize("sign", ["&", "%", '"', "|", "^", "\n"])
@pytest.mark.parametrize("program", [r"C:\bin\code.cmd", r"C:\ED.BAT"])
def test_a_batch_file_gets_no_name_that_it_would_take_for_a_command(
    program: str, sign: str
) -> None:
    with pytest.raises(FleetError, match="was not opened"):
        filled((program, "{file}"), f"C:\\a{sign}calc.py", 1)
    assert filled((program, "{file}"), r"C:\Program Files (x86)\a.py", 1)
    assert filled((r"C:\code.exe", "{file}"), f"C:\\a{sign}calc.py", 1)

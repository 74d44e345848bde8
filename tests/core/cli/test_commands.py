"""Where the commands are."""

import subprocess
import sys

import pytest

from core.cli.commands import PLACES, all_commands, commands_for


def test_each_command_is_where_the_list_says_it_is() -> None:
    assert [command.name for command in all_commands()] == list(PLACES)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ps", "--json"], ["ps"]),
        (["render", "check"], ["render check", "render blueprint", "render env"]),
        (["--help"], list(PLACES)),
        ([], list(PLACES)),
        (["fly"], list(PLACES)),
    ],
)
def test_only_what_was_asked_for_is_read(words: list[str], found: list[str]) -> None:
    assert [command.name for command in commands_for(words)][: len(found)] == found
    assert {command.name for command in commands_for(words)} >= set(found)


def test_a_command_brings_no_other_along() -> None:
    code = "import sys; from core.cli.commands import commands_for; commands_for(['ps']); "
    code += "print([name for name in sys.modules if name.startswith('core.render.preflight')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"

"""The command that does the same."""

import shlex
import sys

from core.cli.arguments import Arguments
from core.cli.commands import all_commands
from core.cli.options import typed_call
from core.cli.parsing import parse
from core.tasks.call import TaskCall
from desktop.send.command_line import SHELLS, send_command, shell_here, typed_command

CALL = TaskCall("shop.add", [1], {"y": "it's"}, "slow", 1.5, 3, 60.0, 12)


def read(words: list[str]) -> Arguments:
    return parse(words[1:], all_commands())


def test_the_command_line_reads_it_as_the_same_call() -> None:
    words = list(send_command(CALL, "/shop", "shop:app", "builtin"))
    typed = read(words)
    assert typed.task is not None
    assert typed_call(typed, typed.task) == CALL
    assert (typed.project, typed.app, typed.broker) == ("/shop", "shop:app", "builtin")


def test_a_simple_call_is_a_short_command() -> None:
    words = send_command(TaskCall("shop.add"), ".", "shop")
    assert words == ["solofleet", "send", ".", "shop.add", "-A", "shop"]


def test_it_is_quoted_for_each_shell() -> None:
    words = send_command(CALL, "/shop", "shop:app")
    assert shlex.split(typed_command(words, "sh")) == list(words)
    assert " 'solofleet' 'send /shop " in typed_command(words, "PowerShell")
    assert '\\"y\\"' in typed_command(words, "cmd")


def test_the_shell_of_this_system_is_one_of_them() -> None:
    assert shell_here() == ("PowerShell" if sys.platform == "win32" else "sh")
    assert shell_here() in SHELLS

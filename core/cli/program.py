"""Reads the command line, does what it says, and gives the exit code."""

import asyncio
import os
import sys
from collections.abc import Sequence

from core.cli.arguments import Arguments
from core.cli.command import Command, Here
from core.cli.commands import commands_for
from core.cli.json_printer import JsonPrinter
from core.cli.parsing import parse
from core.cli.printer import Printer
from core.cli.terminal import Terminal, real_terminal
from core.cli.text_printer import TextPrinter
from core.errors import INTERRUPTED, FleetError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit codes are those of `core.errors`."""
    words = list(sys.argv[1:] if argv is None else argv)
    commands = commands_for(words)
    arguments = parse(words, commands)
    environ = dict(os.environ)
    terminal = real_terminal(environ)
    printer = _printer(arguments, terminal)
    try:
        return asyncio.run(_run(commands, Here(arguments, terminal, printer, environ)))
    except FleetError as error:
        printer.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


async def _run(commands: Sequence[Command], here: Here) -> int:
    (command,) = (each for each in commands if each.name == here.arguments.command)
    return await command.run(here)


def _printer(arguments: Arguments, terminal: Terminal) -> Printer:
    if arguments.json:
        return JsonPrinter(terminal, logs=arguments.logs)
    return TextPrinter(terminal, logs=not arguments.quiet)

"""Reads the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from core import __version__
from core.cli.arguments import Arguments
from core.cli.command import Command
from core.cli.options import Parser
from core.errors import USAGE

FAMILIES: Final = {"render": "put the project on Render"}
"""What the first words are about of commands whose names have two."""


def parse(argv: Sequence[str], commands: Sequence[Command]) -> Arguments:
    """Read the command line. Exits with `USAGE` and a message when it makes no sense."""
    parser = _Parser(
        prog="solofleet",
        description="Run a fleet of solo Celery workers that stands for one prefork worker.",
        epilog=(
            "Exit codes: 0 done; 1 a task failed or was lost, or a worker crashed for good; "
            "2 the command makes no sense; 69 no broker or no worker; 124 --timeout; "
            "130 interrupted."
        ),
    )
    parser.add_argument("--version", action="version", version=f"solofleet {__version__}")
    verbs = _Verbs(parser)
    by_name: dict[str, tuple[Parser, Command]] = {}
    for command in commands:
        verb = verbs.add(command)
        if command.takes is not None:
            _take_words(verb, command)
        by_name[command.name] = (verb, command)
        command.add_options(verb)
    if not argv:
        parser.print_help(sys.stderr)
        parser.exit(USAGE)
    known, rest = parser.parse_known_args(argv)
    typed = vars(known)
    verb, command = by_name[typed["command"]]
    if command.takes is not None:
        typed |= _project_and_word(verb, command, [*typed.pop("words"), *rest])
    elif rest:
        verb.error(f"unrecognized arguments: {' '.join(rest)}")
    return Arguments(**typed)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"error: {message}\n  see: {self.prog} --help\n")


class _Verbs:
    """The parsers of all commands; those whose names have a first word in common share one."""

    def __init__(self, parser: Parser) -> None:
        self._families = {"": parser.add_subparsers(metavar="COMMAND", required=True)}

    def add(self, command: Command) -> Parser:
        family, _, name = command.name.rpartition(" ")
        if family not in self._families:
            about = FAMILIES[family]
            parser = self._families[""].add_parser(family, help=about, description=about)
            self._families[family] = parser.add_subparsers(metavar="WHAT", required=True)
        verb = self._families[family].add_parser(name, help=command.help)
        verb.set_defaults(command=command.name)
        return verb


def _take_words(parser: Parser, command: Command) -> None:
    shown = _shown(command)
    parser.usage = f"%(prog)s [options] [PROJECT] {shown}{' ...' * command.takes_many}"
    parser.add_argument("words", nargs="+", metavar=shown)


def _shown(command: Command) -> str:
    return (command.takes or "").removesuffix("s").upper()


def _project_and_word(parser: Parser, command: Command, words: list[str]) -> dict[str, str]:
    """Read `[PROJECT] WORD`: the one that may be left out comes first.

    argparse takes words that stand together only, so options between them are no fault here.
    """
    field = command.takes or ""
    if command.takes_many and not any(word.startswith("-") for word in words):
        project = words[:1] if len(words) > 1 and Path(words[0]).is_dir() else []
        word = ",".join(words[len(project) :])
    else:
        *project, word = words
    if len(project) > 1 or word.startswith("-") or any(each.startswith("-") for each in project):
        parser.error(f"one project and one {_shown(command).lower()}, not {' '.join(words)}")
    return {"project": project[0], field: word} if project else {field: word}

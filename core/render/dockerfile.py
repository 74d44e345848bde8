"""What a container of a Dockerfile starts, where its service is told no command of its own.

Of several stages the last one counts, and in it the last ENTRYPOINT and the last CMD
(https://docs.docker.com/reference/dockerfile/).
"""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Final, cast

_KEEPING: Final = ("ENTRYPOINT", "CMD")
_INSTRUCTION: Final = re.compile(r"\s*(?P<word>[A-Za-z]+)\s+(?P<rest>.*)", re.DOTALL)


def started(text: str) -> tuple[str, int] | None:
    """The command for a shell, and the line of its last part from 1; None where there is none.

    What ENTRYPOINT runs first stands in a line of its own. The working directory is that of the
    code, as `COPY . .` has it: names of files below it are told from there.
    """
    said: dict[str, tuple[str, int]] = {}
    folder = ""
    for line, word, rest in _instructions(text):
        if word == "FROM":
            said, folder = {}, ""
        elif word == "WORKDIR":
            folder = rest.strip().rstrip("/")
        elif word in _KEEPING:
            said[word] = (_command(rest), line)
    parts = [said[word] for word in _KEEPING if word in said]
    command = "\n".join(part for part, _ in parts)
    if not command.strip():
        return None
    return (command.replace(f"{folder}/", "./") if folder else command), parts[-1][1]


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, word and rest of each instruction: continued lines are joined, comments left out."""
    so_far, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        start = start if so_far else number
        if line.rstrip().endswith("\\"):
            so_far += line.rstrip()[:-1] + " "
            continue
        if found := _INSTRUCTION.fullmatch(so_far + line):
            yield start, found["word"].upper(), found["rest"]
        so_far = ""


def _command(rest: str) -> str:
    """The words of a list in brackets, else the text, which is for a shell."""
    try:
        words = json.loads(rest)
    except ValueError:
        return rest.strip()
    if not isinstance(words, list):
        return rest.strip()
    return shlex.join(str(word) for word in cast("list[object]", words))

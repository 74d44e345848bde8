"""Which of Celery's commands a command line is, and what that means for a row."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

WITH_VALUE: Final = frozenset(
    ("-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir")
)
"""Options of `celery` itself, before the command (`celery/bin/celery.py`, 5.2-5.7)."""

NO_EMBEDDED_BEAT: Final = (
    "-B puts beat into a worker: Celery refuses it on Windows, and with more workers than one each"
    ' of them would send every scheduled task. Make it a row: beat = "celery -A APP beat"'
)


def arguments(argv: Sequence[str]) -> tuple[str, ...] | None:
    """What stands behind `celery` or `python -m celery`; None when it is another program.

    Also for a command line as the system shows it, where the interpreter runs the script.
    """
    if not argv:
        return None
    if _stem(argv[0]) == "celery":
        return tuple(argv[1:])
    if not _stem(argv[0]).startswith("python"):
        return None
    for index, word in enumerate(argv[1:], 1):
        if word == "-m":
            module, *rest = (*argv[index + 1 :], "")
            return tuple(rest[:-1]) if module == "celery" else None
        if not word.startswith("-"):
            return tuple(argv[index + 1 :]) if _stem(word) == "celery" else None
    return None


def command_of(argv: Sequence[str]) -> str | None:
    """The command: "beat", "worker", "flower"; None for another program."""
    words = iter(arguments(argv) or ())
    for word in words:
        if word in WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def app_of(argv: Sequence[str]) -> str | None:
    """What follows `-A`; None when the app is not named."""
    words = arguments(argv) or ()
    for word, following in zip(words, (*words[1:], None), strict=True):
        if word in ("-A", "--app"):
            return following
        if word.startswith("--app="):
            return word.removeprefix("--app=")
    return None


def embeds_beat(argv: Sequence[str]) -> bool:
    """Whether it is a worker with `-B`."""
    return command_of(argv) == "worker" and bool({"-B", "--beat"} & set(argv))


def beat_with_files(argv: Sequence[str], schedule: Path) -> tuple[str, ...]:
    """The beat command whose schedule is kept there, and which writes no pid file.

    Without these both would lie in the repository (`celery/bin/beat.py`). What the command line
    says itself stays.
    """
    added: list[str] = []
    if not any(re.match(r"-s$|--schedule(=|$)", word) for word in argv):
        added += ["-s", str(schedule)]
    if not any(re.match(r"--pidfile(=|$)", word) for word in argv):
        added.append("--pidfile=")
    return (*argv, *added)


def _stem(program: str) -> str:
    name = re.split(r"[/\\]", program)[-1].lower()
    return re.sub(r"\.(exe|cmd|bat|py)$|-script\.pyw?$", "", name)

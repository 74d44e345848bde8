"""A start command taken apart: which programs a shell would run, and with which options."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

_SUBSTITUTED: Final = re.compile(r"\$\([^()]*\)|`[^`]*`")
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)
_RUNNERS: Final = (
    ("poetry", "run"),
    ("uv", "run"),
    ("pipenv", "run"),
    ("pdm", "run"),
    ("dumb-init",),
    ("tini", "--"),
    ("nice",),
    ("env",),
    ("time",),
    ("ddtrace-run",),
    ("opentelemetry-instrument",),
    ("newrelic-admin", "run-program"),
    ("doppler", "run"),
)
_TAKING: Final = frozenset(
    {
        *("--package", "--python", "-p", "--with", "--with-editable", "--with-requirements"),
        *("--extra", "--group", "--only-group", "--no-group", "--env-file", "--directory"),
        *("--project", "--index", "--default-index", "-n", "-W", "-X"),
    }
)
"""Options of these, and of Python, that take the next word (`uv run --help`, `python --help`)."""
_PYTHON: Final = re.compile(r"(?:.*/)?python(?:3(?:\.\d+)?)?(?:\.exe)?$")
_KEYWORDS: Final = ("if", "then", "elif", "else", "while", "until", "do", "!", "{")
"""Words of a shell before a command."""
_SHELLS: Final = ("sh", "bash", "dash", "zsh", "source", ".")
_SEPARATORS: Final = frozenset(("&&", "||", ";", "|", "&", "(", ")", ";;", "|&"))


@dataclass(frozen=True, slots=True)
class Call:
    """One program of a command line.

    `program` has no folder; `python -m celery` is `celery`. `words` follow it. `direct` is the
    program as it was written. `folder` is where `cd` has led by then, "" for the start. `exec`:
    it takes the shell's place. `behind`: it was sent to the background. `variables` are set for it.
    """

    program: str
    words: tuple[str, ...]
    direct: str
    folder: str = ""
    exec: bool = False
    behind: bool = False
    variables: tuple[tuple[str, str], ...] = ()

    def option(self, *names: str) -> str | None:
        """The value of an option, by any of its spellings: `-c 4`, `-c4`, `--concurrency=4`."""
        for number, word in enumerate(self.words):
            for name in names:
                if word == name:
                    return self.words[number + 1] if number + 1 < len(self.words) else ""
                if name.startswith("--") and word.startswith(f"{name}="):
                    return word[len(name) + 1 :]
                if not name.startswith("--") and word.startswith(name) and len(word) > len(name):
                    return word[len(name) :].removeprefix("=")
        return None

    def has(self, *names: str) -> bool:
        """Whether one of these words is there."""
        return any(word in names for word in self.words)


def calls_in(text: str) -> tuple[Call, ...]:
    """The programs of a command line, in order; none when a shell could not read it either."""
    try:
        return tuple(_calls(text))
    except ValueError:  # a quote that does not end
        return ()


def _calls(text: str) -> Iterator[Call]:
    folder = ""
    for line in _SUBSTITUTED.sub("$SUBSTITUTED", text.replace("\\\n", " ")).splitlines():
        for words, separator in _simple(line):
            call = _call(words, folder, behind=separator == "&")
            if call is None:
                continue
            if call.program == "cd" and call.words:
                folder = call.words[0].strip("/") if folder == "" else f"{folder}/{call.words[0]}"
                continue
            yield from _within(call)


def _within(call: Call) -> Iterator[Call]:
    """What `sh -c "..."` runs, in the place of the shell; else the call itself."""
    inner = call.option("-c") if call.program in _SHELLS else None
    if not inner:
        yield call
        return
    for each in _calls(inner):
        folder = f"{call.folder}/{each.folder}".strip("/")
        yield replace(each, folder=folder, behind=each.behind or call.behind)


def _simple(line: str) -> Iterator[tuple[list[str], str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for token in lexer:
        if token in _SEPARATORS:
            yield words, token
            words = []
        else:
            words.append(token)
    yield words, ""


def _call(words: list[str], folder: str, *, behind: bool) -> Call | None:
    variables: list[tuple[str, str]] = []
    replaces = False
    while words:
        if _ASSIGNMENT.fullmatch(words[0]):
            name, _, value = words[0].partition("=")
            variables.append((name, value))
            words = words[1:]
        elif words[0] in _KEYWORDS:
            words = words[1:]
        elif words[0] == "exec":
            replaces, words = True, words[1:]
        elif runner := next((r for r in _RUNNERS if tuple(words[: len(r)]) == r), None):
            words = _behind_options(words[len(runner) :])
        elif _PYTHON.fullmatch(words[0]) and (module := _behind_options(words[1:], "-m")):
            words = module
        else:
            break
    if not words:
        return None
    name = words[0].replace("\\", "/").rpartition("/")[2]
    return Call(name, tuple(words[1:]), words[0], folder, replaces, behind, tuple(variables))


def _behind_options(words: list[str], end: str | None = None) -> list[str]:
    """What options are followed by; with `end`, what follows this one, and nothing without it."""
    left = iter(words)
    for word in left:
        if word in ("--", end):
            return list(left)
        if word in _TAKING:
            next(left, None)
        elif not word.startswith("-"):
            return [] if end else [word, *left]
    return []


@dataclass(frozen=True, slots=True)
class Celery:
    """A `celery` command: what it does (`worker`, `beat`, `flower`, ...), with which app."""

    call: Call
    does: str
    app: str | None


_DOES: Final = frozenset(
    ("worker", "beat", "flower", "events", "multi", "inspect", "control", "call", "purge", "status")
)


def celery_of(call: Call) -> Celery | None:
    """Read a call of Celery; None when it is another program, or says nothing to do."""
    if call.program != "celery":
        return None
    does = next((word for word in call.words if word in _DOES), None)
    return Celery(call, does, call.option("-A", "--app")) if does else None


_SERVERS: Final = ("uvicorn", "gunicorn", "hypercorn", "daphne", "granian", "fastapi", "waitress")
_MODULE: Final = re.compile(r"[A-Za-z_][\w.]*(?::[\w.()]+)?")
_BOUND: Final = ("-b", "--bind", "--host", "--endpoint", "-e")
_SWITCHES: Final = ("--preload", "--reload", "--daemon", "-D", "--check-config", "--capture-output")
"""Options of gunicorn that take no word."""


def server_app(call: Call) -> str | None:
    """What a web server is told to serve, as `main:app`; None when it is no server that we know.

    gunicorn takes a module alone too, and serves its `application`.
    """
    if call.program not in _SERVERS:
        return None
    alone: str | None = None
    for before, word in zip(("", *call.words), call.words, strict=False):
        if before in _BOUND or not _MODULE.fullmatch(word):
            continue
        if ":" in word:
            return word
        free = not before.startswith("-") or "=" in before or before in _SWITCHES
        if call.program == "gunicorn" and free and alone is None:
            alone = f"{word}:application"
    return alone


def is_server(call: Call) -> bool:
    """Whether it is a web server of Python."""
    return call.program in _SERVERS


def script_of(call: Call) -> str | None:
    """The script that a call runs: itself, or what it gives to a shell."""
    if call.program in _SHELLS:
        return next((word for word in call.words if not word.startswith("-")), None)
    return call.direct if "/" in call.direct or call.direct.endswith(".sh") else None


def script_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a shell script, continued ones joined, with the number of the first."""
    start, so_far = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        start = start if so_far else number
        if line.endswith("\\"):
            so_far += line[:-1] + " "
            continue
        yield start, (so_far + line).strip()
        so_far = ""

"""Checks of what is written in the project's files and variables. They block: for a thread."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from core.doctor.case import Case
from core.doctor.finding import Seen, State, fault, ok, warning, worst
from core.project.declared import text_of
from core.project.literal import literal_number

_LITERAL: Final = re.compile(r"\$\{\w+\}|%\w+%|\$env:\w+|\{\{.*?\}\}")
_ADDRESS: Final = re.compile(r"URL|BROKER|BACKEND|DSN|URI")
_VALUE: Final = re.compile(r"^\s*value:\s*[\"']?(\$\{?\w+\}?)", re.MULTILINE)
_HERE: Final = re.compile(r"://(?:[^\s/@]*@)?(localhost|127\.0\.0\.1|\[::1\])(?=[:/\s\"']|$)")
_PRODUCTION: Final = ("render.yaml", "Procfile", ".env.production", ".env.prod")
_RENDER: Final = "render.yaml"


def literal_variables(case: Case) -> Seen:
    """Whether a value still holds a ${VARIABLE} that nobody replaces."""
    wrong: list[Seen] = []
    for variable, value in sorted(case.project.environment(case.environ).items()):
        if _ADDRESS.search(variable) and (found := _LITERAL.match(value.strip())):
            where = f"{variable} ({case.source_of(variable)}) is {found[0]}"
            wrong.append(fault(where, f"write the address itself into {variable}"))
    for file, number, found in _lines(case, (_RENDER,), _VALUE):
        fix = "write the value, or take it with fromService or fromGroup: Render expands nothing"
        wrong.append(fault(f"{file}:{number} has {found}", fix))
    for note in case.project.notes:
        if "is not set, so it is empty" in note:
            wrong.append(warning(note, "set that variable above this line"))
    if not wrong and case.findings["importing"].state in (State.OK, State.WARNING):
        wrong = list(_in_settings(case))
    return worst(wrong, ok("no value holds a variable that is not replaced"))


def _in_settings(case: Case) -> Iterator[Seen]:
    for key in ("broker", "results"):
        found = _LITERAL.search(case.settings[key]["url"] or "")
        if found:
            yield fault(f"the app's {key} address holds {found[0]}", "write the address itself")


def precedence(case: Case) -> Seen:
    """Whether a variable of the environment beats what the code says."""
    if case.wishes.broker is not None:
        return ok("--broker is what counts in this run")
    wrong = [
        warning(
            f"{place['variable']} ({case.source_of(place['variable'])}) is {place['url']};"
            f" the code says {place['code']}, and Celery takes the variable",
            f"remove one of the two, or let the code read {place['variable']}",
        )
        for place in (case.settings["broker"], case.settings["results"])
        if place["variable"]
    ]
    return worst(wrong, ok(f"the broker is {case.settings['broker']['url']}, as the code says"))


def localhost(case: Case) -> Seen:
    """Whether a file for production leads to the machine that it runs on."""
    wrong = [
        fault(
            f"{file}:{number} leads to {found}",
            "there nothing listens in production: take the address of the broker service",
        )
        for file, number, found in _lines(case, _PRODUCTION, _HERE)
    ]
    return worst(wrong, ok("no file for production leads to localhost"))


def tls_parameters(case: Case) -> Seen:
    """Whether each rediss:// address says how certificates are checked, and checks them."""
    wrong: list[Seen] = []
    fix = "end the address with ?ssl_cert_reqs=required: broker, backend and redis-py take that"
    for key, place in (("broker", case.settings["broker"]), ("results", case.settings["results"])):
        url = place["url"] or ""
        said = re.search(r"ssl_cert_reqs=(\w+)", url)
        reqs = said[1] if said else place["cert_reqs"]
        if "must have parameter ssl_cert_reqs" in (place["error"] or ""):
            wrong.append(fault(f"{key}: {url} has no ssl_cert_reqs, and Celery refuses it", fix))
        elif url.startswith("rediss://") and reqs is None and not place["tls"]:
            wrong.append(warning(f"{key}: {url} has no ssl_cert_reqs, so nothing is checked", fix))
        elif reqs and reqs.lower().removeprefix("cert_") == "none":
            wrong.append(warning(f"{key}: {url} is told to check no certificate", fix))
    return worst(wrong, ok("certificates are checked wherever TLS is used"))


_SCRIPTS: Final = (".ps1", ".bat", ".cmd")
_WORKER: Final = re.compile(r"\bcelery\b.*\bworker\b")
_BEAT: Final = re.compile(r"\s(-B|--beat)(?=\s|$)")
_NODE: Final = re.compile(r"(?:-n|--hostname)[ =]?\S*(%\w+%)")
_PREFORK: Final = re.compile(r"(?:-P|--pool)[ =](prefork|processes)\b")


def windows_traps(case: Case) -> Seen:
    """Whether a command for Windows asks for what Celery cannot do there."""
    wrong: list[Seen] = []
    files = (file for folder in case.tree.folders for file in folder.glob("*") if _local(file))
    for file in sorted(files):
        for number, line in enumerate(text_of(file).splitlines(), 1):
            if _WORKER.search(line) and not line.lstrip().startswith(("#", "::", "REM ")):
                place = f"{file}:{number}"
                on_windows = case.windows or file.suffix in _SCRIPTS
                wrong += _traps(line, place, file.suffix, on_windows=on_windows)
    return worst(wrong, ok("no command asks for what Celery cannot do on Windows"))


def _local(file: Path) -> bool:
    return file.suffix in _SCRIPTS or file.name.startswith("Procfile")


def _traps(line: str, place: str, suffix: str, *, on_windows: bool) -> Iterator[Seen]:
    node = _NODE.search(line)
    if node and suffix not in (".bat", ".cmd"):
        fix = "write -n worker1@%h, which Celery fills in itself"
        yield fault(f"{place} has {node[1]}, which only cmd.exe replaces", fix)
    if on_windows and (beat := _BEAT.search(line)):
        fix = "start beat on its own: celery -A APP beat"
        yield fault(f"{place} has {beat[1]}, which a worker on Windows refuses", fix)
    if on_windows and (pool := _PREFORK.search(line)):
        fix = "write --pool=solo there; several of those are what solofleet up runs"
        yield fault(f"{place} asks for {pool[1]}, which needs fork()", fix)


def visibility(case: Case) -> Seen:
    """Whether Redis gives a message to a second worker while the first still has it."""
    if not (case.settings["broker"]["url"] or "").startswith("redis"):
        return ok("only Redis has a visibility timeout")
    timeout_s = case.settings["visibility_timeout_s"]
    limits = case.settings["limits"]
    fix = f"set broker_transport_options={{'visibility_timeout': ...}} above it ({timeout_s:g} now)"
    wrong = [
        warning(f"{task} may run {limit:g} s, the visibility timeout is {timeout_s:g} s", fix)
        for task, limit in limits.items()
        if limit > timeout_s
    ][:3]
    wrong += [
        warning(f"{file}:{line} waits {wait:g} s, the visibility timeout is {timeout_s:g} s", fix)
        for file, line, wait in _countdowns(case)
        if wait > timeout_s
    ]
    return worst(wrong, ok(f"{timeout_s:g} s is above every time limit and countdown"))


def _countdowns(case: Case) -> Iterator[tuple[Path, int, float]]:
    for file in case.tree.python:
        text = text_of(file)
        if "countdown" not in text and "default_retry_delay" not in text:
            continue
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            match node:
                case ast.keyword(arg="countdown" | "default_retry_delay", value=value):
                    if (wait_s := literal_number(value)) is not None:
                        yield file, value.lineno, wait_s
                case _:
                    pass


def _lines(
    case: Case, names: tuple[str, ...], pattern: re.Pattern[str]
) -> Iterator[tuple[Path, int, str]]:
    """Each line of these files that the pattern fits: file, number from 1, its group."""
    for file in (folder / name for folder in case.tree.folders for name in names):
        for number, line in enumerate(text_of(file).splitlines() if file.is_file() else [], 1):
            found = pattern.search(line)
            if found and not line.lstrip().startswith("#"):
                yield file, number, found[1]

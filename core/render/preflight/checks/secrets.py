"""The check of what must not be committed: 37 secrets in files that git has."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from core.project.env_files import parse_env_text
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Snapshot
from core.render.variables.written import Kind
from core.secret import looks_secret, mask_url

_ENV: Final = re.compile(r"(?:^|/)\.env(?:\.[\w.-]+)?$")
_SAMPLE: Final = re.compile(r"example|sample|template|dist|default", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(
    r"your|change|example|placeholder|xxx|<.*>|\.\.\.|secret_?key|password|todo|dummy|test|insecure|\$",
    re.IGNORECASE,
)
_KNOWN: Final = re.compile(
    r"^(?:sk-[\w-]{16,}|sk_live_\w{16,}|rnd_\w{16,}|gh[pousr]_\w{30,}|AKIA[0-9A-Z]{16}|xox[bap]-[\w-]{20,}"
    r"|SG\.[\w-]{16,}\.\w+)"
)
_LOGIN: Final = re.compile(r"://[^\s/:@]*:([^\s/@]+)@")
_OPTION: Final = re.compile(r"--basic[_-]auth[= ]['\"]?[^\s:'\"]+:([^\s'\"]+)")


def tracked_secrets(snapshot: Snapshot) -> Iterator[Seen]:
    """37: secrets in tracked `.env` files, in render.yaml and in start commands."""
    for path in sorted(snapshot.commit.contents):
        if _ENV.search(path) and not _SAMPLE.search(path):
            yield from _in_env(path, snapshot.commit.text(path))
    for value in snapshot.blueprint.values:
        if value.kind is Kind.VALUE and (how := _secrecy(value.name, value.text)):
            yield _told(how, f"{value.name} stands in render.yaml", value.file, value.line)
    for service in snapshot.services:
        yield from _in_command(service)


def _in_env(path: str, text: str) -> Iterator[Seen]:
    for line in parse_env_text(text, path).values:
        if how := _secrecy(line.name, line.text):
            yield _told(how, f"{line.name} stands in {path}, which git has", path, line.line)


def _told(severity: Severity, what: str, file: str, line: int) -> Seen:
    why = "whoever reads the repository, now or later, has it"
    fix = (
        "git rm --cached, add it to .gitignore"
        if ".env" in file
        else "write sync: false in its place"
    )
    return Seen(severity, file, line, what, why, f"{fix}; and make a new one")


def _secrecy(name: str, text: str) -> Severity | None:
    """How sure it is that a value is a secret that works somewhere; None: it is none."""
    login = _LOGIN.search(text)
    if _KNOWN.match(text):
        return Severity.BLOCK
    part = login[1] if login else text if looks_secret(name) else ""
    if not part or _PLACEHOLDER.search(part) or (mask_url(text) == text and "://" in text):
        return None
    if login and re.search(r"@(?:localhost|127\.0\.0\.1|db|redis|postgres|rabbitmq)\b", text):
        return None
    return Severity.BLOCK if _is_random(part) else Severity.WARN


def _is_random(text: str) -> bool:
    """Whether it is as long and as mixed as what programs make: 3 bits a letter, 16 letters."""
    counts = Counter(text).values()
    bits = -sum(count / len(text) * math.log2(count / len(text)) for count in counts)
    return len(text) >= 16 and bits >= 3.0 and any(letter.isdigit() for letter in text)


def _in_command(service: Service) -> Iterator[Seen]:
    found = _OPTION.search(service.start.text) if service.start else None
    if service.start and found and "$" not in found[1]:
        sure = service.certain and not _PLACEHOLDER.search(found[1])
        what = f"the start command of {service.name} has a password in --basic_auth"
        why = "every member of the workspace sees start commands, and so do logs"
        fix = "set FLOWER_BASIC_AUTH as a variable with sync: false, and make a new one"
        severity = Severity.BLOCK if sure else Severity.WARN
        yield Seen(severity, service.start.file, service.start.line, what, why, fix)

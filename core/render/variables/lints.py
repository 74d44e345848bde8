"""Faults of variables that are deployed as they are written down. No text of them holds a value."""

import re
from collections.abc import Iterator
from typing import Final

from core.render.blueprint.services import Role
from core.render.preflight.commit import is_below
from core.render.variables.contract import ROLES, Picture, is_given
from core.render.variables.digests import Digests
from core.render.variables.finding import Finding, Severity
from core.render.variables.read import Read
from core.render.variables.written import Kind, Service, Written
from core.render.variables.wrong import host_here, reference_in, wrongs
from core.secret import looks_secret, mask_url

_PASSWORD: Final = re.compile(r"--basic[_-]auth[= ][\"']?[^\s:\"']+:(?!\$)[^\s\"']+")
_PLACEHOLDER: Final = re.compile(r"your|change.?me|example|placeholder|xxx|<.*>", re.IGNORECASE)
_SAMPLE: Final = re.compile(r"example|sample|template|dist", re.IGNORECASE)
_HERE_TOO: Final = {
    "literal": ", while python-dotenv expands them here",
    "localhost": ": right on this machine, wrong in a group",
}
"""What a file that is for a laptop too says beside it."""
_BROKERS: Final = ("CELERY_BROKER_URL", "BROKER_URL", "REDIS_URL")


def lints(picture: Picture, digests: Digests) -> tuple[Finding, ...]:
    """All of them, those that block first, then by place."""
    found = [*_of_values(picture), *_brokers(picture, digests), *_secrets(picture)]
    found += _missing(picture)
    order = sorted(found, key=lambda each: (each.severity.value, each.file, each.line, each.check))
    return tuple(dict.fromkeys(order))


def _of_values(picture: Picture) -> Iterator[Finding]:
    for written in dict.fromkeys(_deployed(picture)):
        for wrong in wrongs(written.name, written.text):
            blocks = written.deployed if wrong.rule == "localhost" else wrong.sure
            why = wrong.why if written.deployed else wrong.why + _HERE_TOO.get(wrong.rule, "")
            severity = Severity.BLOCK if blocks else Severity.WARN
            what = f"{written.name} {wrong.what}"
            yield _at(written, wrong.rule, severity, what, why, wrong.fix)


def _deployed(picture: Picture) -> Iterator[Written]:
    """What services get; of `.env` files what render.yaml does not set otherwise."""
    held = [each for one in picture.services or () for each in one.held]
    said = {each.name for each in (*held, *picture.env) if each.deployed}
    for written in (*held, *picture.env):
        if written.kind is Kind.VALUE and (written.deployed or written.name not in said):
            yield written


def _brokers(picture: Picture, digests: Digests) -> Iterator[Finding]:
    for web in picture.of_role(Role.WEB):
        for worker in picture.of_role(Role.WORKER):
            ours, theirs = web.get(_BROKERS), worker.get(_BROKERS)
            if ours is None or theirs is None:
                continue
            here, there = _identity(ours, digests), _identity(theirs, digests)
            if here is not None and there is not None and here != there:
                yield _at(
                    theirs,
                    "brokers",
                    Severity.BLOCK,
                    f"{web.name} sends by {ours.name}, {worker.name} reads by {theirs.name}:"
                    " two brokers",
                    f"they lead to different places ({ours.file}:{ours.line} is the other), so no"
                    " task arrives",
                    "give both the same: one environment group, linked to both",
                )


def _identity(written: Written, digests: Digests) -> str | None:
    if written.kind is Kind.VALUE:
        return digests.of(written.text)
    return written.refers_to or None


def _secrets(picture: Picture) -> Iterator[Finding]:
    services = picture.services or ()
    for written in dict.fromkeys(each for one in services for each in one.held):
        if _is_secret(written):
            yield _committed(written, "render.yaml", "write sync: false in its place")
    for written in picture.env:
        tracked = picture.tracked is not None and written.file in picture.tracked
        if tracked and not _SAMPLE.search(written.file) and _is_secret(written):
            fix = f"git rm --cached {written.file}, and add it to .gitignore"
            yield _committed(written, f"{written.file}, which git has", fix)
    for one in services:
        if _PASSWORD.search(one.command) or mask_url(one.command) != one.command:
            yield Finding(
                check="secret",
                severity=Severity.BLOCK,
                name="",
                file=one.file,
                line=one.line,
                what=f"the start command of {one.name} has a password in it",
                why="whoever reads the repository, the Dashboard or the logs has it",
                fix="take it from a variable, such as FLOWER_BASIC_AUTH, and make a new one",
            )


def _is_secret(written: Written) -> bool:
    text = written.text
    if written.kind is not Kind.VALUE or not text or reference_in(text):
        return False
    hidden = mask_url(text) != text
    return (hidden or looks_secret(written.name)) and not _PLACEHOLDER.search(text)


def _committed(written: Written, where: str, fix: str) -> Finding:
    return _at(
        written,
        "secret",
        Severity.BLOCK,
        f"{written.name} stands in {where}",
        "whoever reads the repository, now or later, has it",
        f"{fix}; and make a new one",
    )


def _missing(picture: Picture) -> Iterator[Finding]:
    for read in picture.reads:
        if any(is_given(name) for name in read.names):
            continue
        users = picture.users.get(read.file, ())
        lacking = [one for role in ROLES if role in users for one in _lacking(picture, role, read)]
        if lacking and read.required:
            names = " and ".join(dict.fromkeys(one.name for one in lacking))
            severity = Severity.BLOCK if read.must else Severity.WARN
            yield _unset(read, severity, f"{names} will not have {_names(read)}")
        elif lacking and not read.maybe and host_here(read.name, read.default or ""):
            names = " and ".join(dict.fromkeys(one.name for one in lacking))
            yield _unset(read, Severity.WARN, f"without {_names(read)}, {names} goes to localhost")
        elif picture.services is None and read.required and users and _is_nowhere(picture, read):
            yield _unset(read, Severity.WARN, f"{_names(read)} is written down nowhere")


def _lacking(picture: Picture, role: Role, read: Read) -> Iterator[Service]:
    """Services for this that do not get it, as far as can be known."""
    if _is_remote(picture, read):
        return
    for one in picture.of_role(role):
        if not is_below(read.file, one.folder):
            continue  # it runs other code
        known = not one.elsewhere or picture.remote is not None
        if known and one.get(read.names) is None:
            yield one


def _is_remote(picture: Picture, read: Read) -> bool:
    remote = {name.upper() for name in picture.remote or ()}
    return any(name.upper() in remote for name in read.names)


def _is_nowhere(picture: Picture, read: Read) -> bool:
    return picture.local(read.names) is None and not _is_remote(picture, read)


def _names(read: Read) -> str:
    return " or ".join(read.names)


def _unset(read: Read, severity: Severity, what: str) -> Finding:
    if read.required:
        when = ", where the code comes to that line" if read.maybe else ""
        why = f"{read.how} reads it there without a default, and raises{when}"
    else:
        why = "its default leads to the machine that the program runs on"
    return Finding(
        check="missing",
        severity=severity,
        name=read.name,
        file=read.file,
        line=read.line,
        what=what,
        why=why,
        fix=f"add {read.name} to the environment group that web and worker share",
    )


def _at(written: Written, check: str, severity: Severity, what: str, why: str, fix: str) -> Finding:
    return Finding(check, severity, written.name, written.file, written.line, what, why, fix)

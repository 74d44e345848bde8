"""Checks of variables: 33 what nobody expands, 35 what services will not have.

The faults themselves are told by `core.render.variables`; here they are asked of the commit.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import BLUEPRINT
from core.render.preflight.snapshot import Snapshot
from core.render.variables.code import reads_in
from core.render.variables.contract import Picture
from core.render.variables.digests import Digests
from core.render.variables.lints import lints
from core.render.variables.written import in_blueprint


def literal_variables(snapshot: Snapshot) -> Iterator[Seen]:
    """33: references that nobody replaces on Render, and addresses that are empty."""
    yield from told(picture_of(snapshot), "literal")
    for value in snapshot.sent():
        is_broker = re.search(r"BROKER|REDIS_URL|RESULT_BACKEND", value.name)
        if is_broker and not value.text.strip():
            what = f"{value.name} is empty"
            why = "Celery then falls back to amqp://localhost, or keeps no results, without a word"
            yield Seen(Severity.WARN, value.file, value.line, what, why, "give it its value")


# Files without any of these words read no variable; they need not be parsed once more.
_MAY_READ: Final = re.compile(rb"\benv|getenv|Env\b|\bconfig\(|Settings\b")


def contract(snapshot: Snapshot) -> Iterator[Seen]:
    """35: variables that code needs and services do not get; web and worker on two brokers."""
    yield from told(whole_picture(snapshot), "missing", "brokers")


def whole_picture(snapshot: Snapshot) -> Picture:
    """All that is written down, and all that started code reads."""
    users = {path: named for path in snapshot.codes if (named := _users(path, snapshot))}
    contents = snapshot.commit.contents
    reads = reads_in({path: contents[path] for path in users if _MAY_READ.search(contents[path])})
    return replace(picture_of(snapshot), reads=reads, users=users)


def _users(path: str, snapshot: Snapshot) -> tuple[str, ...]:
    web = any(path in root.web.likely for root in snapshot.roots)
    worker = any(path in root.worker.likely for root in snapshot.roots)
    return ("web",) * web + ("worker",) * worker


def told(picture: Picture, *checks: str) -> Iterator[Seen]:
    """What these checks of `core.render.variables` find in a picture."""
    for finding in lints(picture, Digests()):
        if finding.check in checks:
            severity = Severity(finding.severity.value)
            place = (finding.file, finding.line)
            yield Seen(severity, *place, finding.what, finding.why, finding.fix)


def picture_of(snapshot: Snapshot) -> Picture:
    """All that is written down, without the code.

    Groups of render.yaml that no service has count beside the `.env` files.
    """
    document = snapshot.blueprint.document
    text_of = snapshot.commit.find
    services = None if document is None else in_blueprint(document, BLUEPRINT, text_of)
    held = {each for service in services or () for each in service.held}
    return Picture(env=tuple(v for v in snapshot.values if v not in held), services=services)

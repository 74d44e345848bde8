"""What verifying a deployed app came to, each finding with its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sure(StrEnum):
    """How sure a finding is.

    PROVED: it was seen. INFERRED: it follows from what was seen, if Render and Celery do as they
    say. UNKNOWN: nobody could look. FAILED: it does not hold.
    """

    PROVED = "proved"
    INFERRED = "inferred"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim: `check` is its id, `what` the claim or its opposite, `evidence` why.

    `fix` is what to do next; empty where there is nothing to do.
    """

    check: str
    sure: Sure
    what: str
    evidence: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """What is looked at now, for whoever waits."""

    text: str


@dataclass(frozen=True, slots=True)
class Errand:
    """The task that was sent to be seen. What was not heard of is None or empty.

    Times are aware and in UTC: `sent_at` and `read_at` (its result was there) by this machine's
    clock, the others by the worker's. `node` is the worker that told of it, `service` and
    `instance` are those of Render's log, `line` is what stands there. `kept`: its result was read
    and is what it must be; None where there is no place for results.
    """

    id: str
    task: str
    queue: str
    sent_at: datetime
    node: str | None = None
    pid: int | None = None
    received_at: datetime | None = None
    started_at: datetime | None = None
    succeeded_at: datetime | None = None
    read_at: datetime | None = None
    kept: bool | None = False
    error: str | None = None
    service: str = ""
    instance: str = ""
    line: str = ""

    @property
    def times(self) -> tuple[tuple[str, datetime, str], ...]:
        """What happened when, and by whose clock, in order.

        The clock is told so that nobody subtracts one machine's time from the other's.
        """
        here, there = "this machine's clock", f"{self.node}'s clock"
        told = (
            ("sent", self.sent_at, here),
            ("received", self.received_at, there),
            ("started", self.started_at, there),
            ("succeeded", self.succeeded_at, there),
            ("result read", self.read_at, here),
        )
        return tuple((word, at, clock) for word, at, clock in told if at is not None)

    @property
    def ran(self) -> bool:
        """Whether anybody told that it succeeded."""
        return self.succeeded_at is not None or self.kept is True or bool(self.line)


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `broker` has no password; `source` says where its address is from.

    `commit` is what was pushed, empty where that is not known. `errand` is None where none was
    sent.
    """

    workspace: str
    commit: str
    broker: str
    source: str
    errand: Errand | None
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return all(finding.sure is not Sure.FAILED for finding in self.findings)


Tell = Callable[[Doing | Finding], None]


class Notes:
    """Collects findings, and tells each as it comes."""

    def __init__(self, tell: Tell) -> None:
        self.findings: list[Finding] = []
        self._tell = tell

    def doing(self, text: str) -> None:
        """Say what is looked at now."""
        self._tell(Doing(text))

    def found(self, *findings: Finding | None) -> None:
        """Take these in; None is none."""
        for finding in findings:
            if finding is not None:
                self.findings.append(finding)
                self._tell(finding)

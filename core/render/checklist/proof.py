"""Keeps what `solofleet render verify` came to last, for the boxes that it ticks."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from core.places import state_folder
from core.render.verifying.report import Finding, Report, Sure
from core.settings.atomic import replace_text

_FILE: Final = "verified.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found `at` that time of what runs `commit`, which is empty where nobody knew."""

    at: datetime
    commit: str
    findings: tuple[Finding, ...]

    def of(self, check: str) -> tuple[Finding, ...]:
        """What holds by this check; nothing where any of it does not, or another commit runs."""
        found = [each for each in self.findings if each.check == check]
        needed = [*found, *(each for each in self.findings if each.check == "commit")]
        holds = all(each.sure in (Sure.PROVED, Sure.INFERRED) for each in needed)
        return tuple(found) if holds else ()


def remember(project: str, report: Report, at: datetime, root: Path | None = None) -> None:
    """Keep a report over the one before. Blocks; where it cannot be written, it is not.

    `project` is the project's name, `root` the folder of all records. A report holds no value.
    """
    findings = [asdict(each) for each in report.findings]
    told = {"version": _VERSION, "at": at.isoformat(), "commit": report.commit}
    with suppress(OSError):
        replace_text(_file(project, root), json.dumps({**told, "findings": findings}, indent=1))


def recall(project: str, root: Path | None = None) -> Proof | None:
    """The last one; None where there is nothing, or nothing that can be read. Blocks."""
    try:
        told = cast("dict[str, Any]", json.loads(_file(project, root).read_text("utf-8")))
        if told["version"] != _VERSION:
            return None
        findings = tuple(_finding(each) for each in told["findings"])
        return Proof(datetime.fromisoformat(told["at"]), str(told["commit"]), findings)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**{**told, "sure": Sure(told["sure"])})


def _file(project: str, root: Path | None) -> Path:
    return (root or state_folder()) / project / _FILE

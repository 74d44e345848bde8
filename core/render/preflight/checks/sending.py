"""The check of the commit itself: what Render would get is not what stands on this disk."""

import sys
from collections.abc import Iterator

from core.render.preflight.finding import Seen, Severity
from core.render.preflight.python_pin import minor
from core.render.preflight.snapshot import Snapshot


def commit(snapshot: Snapshot) -> Iterator[Seen]:
    """Beside the 38: what git would send, and how it differs from the working tree."""
    sent = snapshot.commit
    fix = "commit what Render is to have"
    if sent.changed:
        told = ", ".join(sent.changed[:3]) + (" …" if len(sent.changed) > 3 else "")
        what = f"{len(sent.changed)} files differ from the commit: {told}"
        why = f"what is looked over, and what Render gets, is the commit {sent.oid[:8]}"
        yield Seen(Severity.INFO, min(sent.changed), None, what, why, fix)
    if sent.branch is None:
        what = f"HEAD is detached, at {sent.oid[:8]}"
        why = "Render deploys a branch, and this commit may be on none"
        yield Seen(Severity.WARN, None, None, what, why, "git switch to the branch")
    for path in sent.submodules:
        what = f"{path} is a submodule: what is in it is not looked over"
        why = "Render must be able to clone it as well"
        yield Seen(Severity.WARN, ".gitmodules", None, what, why, "see whether it is public")
    yield from _unreadable(snapshot)
    if snapshot.other_apps and not snapshot.services:
        started = ", ".join(app for root in snapshot.roots for app in root.apps) or "none"
        what = f"there are several Celery apps; {started} is looked over"
        others = ", ".join(
            f"{app} in {folder or 'the top'}" for folder, app in snapshot.other_apps[:3]
        )
        why = f"nothing says what starts {others}"
        yield Seen(Severity.INFO, None, None, what, why, "name another with -A, or open its folder")


def _unreadable(snapshot: Snapshot) -> Iterator[Seen]:
    """Code that is imported and is no Python for ours; a newer one may know better."""
    ours = sys.version_info[1]
    for root in snapshot.roots:
        newer = int(minor(root.pin.version).partition(".")[2] or 0) > ours
        for path in sorted(root.likely & snapshot.codes.keys()):
            if (problem := snapshot.codes[path].problem) is None:
                continue
            what = f"{path} could not be read: {problem[0]}"
            why = f"it is no Python 3.{ours}" + (
                ", and may be right for a newer one" if newer else ""
            )
            fix = "compile it with the version that Render runs: python -m compileall"
            severity = Severity.INFO if newer else Severity.WARN
            yield Seen(severity, path, problem[1], what, why, fix)

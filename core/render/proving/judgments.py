"""What each step means for one check: the evidence as a text, or what is wrong."""

from collections.abc import Callable, Mapping
from typing import Final

from core.render.preflight.finding import Seen, Severity
from core.render.proving import said
from core.render.proving.event import StepEnded
from core.render.proving.plan import Subject

Judged = str | Seen


def at(subject: Subject, severity: Severity, what: str, why: str, fix: str) -> Seen:
    """A fault in the start command of a service."""
    return Seen(severity, subject.file, subject.line, what, why, fix)


def _build(subject: Subject, ended: StepEnded) -> Judged:
    if ended.passed:
        return f"{subject.build}: {ended.facts['packages']} packages in {ended.took_s:.0f} s"
    what = f"the build of {subject.name} fails on Linux: {subject.build}"
    fix = "mend what it names; the lines above stand in Render's log too"
    return at(subject, Severity.BLOCK, what, said.ending(ended), fix)


def _wheels(subject: Subject, ended: StepEnded) -> Judged:
    if not ended.passed:
        why, fix = "the build failed", "mend that first"
        what = f"nobody has tried whether all packages of {subject.name} have wheels"
        return at(subject, Severity.UNPROVEN, what, why, fix)
    compiled = [str(name) for name in ended.facts["compiled"]]
    if not compiled:
        return "no package had to be compiled"
    what = f"{', '.join(compiled)} had to be compiled, for want of a wheel"
    why = "it takes long at each build, and fails where a library of the system is missing"
    return at(
        subject, Severity.WARN, what, why, "take a version that has wheels, or a lower Python"
    )


def _import(subject: Subject, ended: StepEnded) -> Judged:
    if ended.passed:
        return f"{subject.app} was imported, with {len(ended.facts['tasks'])} tasks"
    what = f"{subject.app} cannot be imported with the variables of {subject.name} alone"
    why = str(ended.facts.get("why") or said.ending(ended))
    return at(subject, Severity.BLOCK, what, why, said.mending_import(why))


def _broker(subject: Subject, ended: StepEnded) -> Judged:
    if not ended.passed:
        what = f"nobody has tried whether the variables of {subject.name} lead to a broker"
        return at(subject, Severity.UNPROVEN, what, "the app was not imported", "mend that first")
    url = str(ended.facts["broker"]["url"])
    if problem := ended.facts["results"]["error"]:
        what = f"the result backend of {subject.name} cannot be made"
        return at(subject, Severity.BLOCK, what, str(problem), "mend the address of the results")
    if said.is_literal(url):
        what = f"{subject.name} takes a reference for the address of its broker: {url}"
        why = "Render expands nothing, and nobody else does"
        return at(subject, Severity.BLOCK, what, why, "write the address itself")
    if said.is_default(url):
        what = f"{subject.name} has no broker, and takes Celery's default, {url}"
        why = "no variable that it gets leads to one, and nothing listens there on Render"
        fix = "add CELERY_BROKER_URL to the environment group"
        return at(subject, Severity.BLOCK, what, why, fix)
    return f"the broker is {url}"


def _worker(subject: Subject, ended: StepEnded) -> Judged:
    facts = ended.facts
    if ended.passed:
        count = int(facts["processes"])
        pool = f", {count} {'process' if count == 1 else 'processes'}" if count else ""
        return f"{facts['node']} was ready in {ended.took_s:.1f} s{pool}"
    if "what" in facts:  # the app cannot be led to a broker of its own: no fault of it
        what = f"{subject.name} could not be tried: {facts['what']}"
        return at(subject, Severity.UNPROVEN, what, str(facts["why"]), str(facts["fix"]))
    what = f"{subject.name} does not get ready: {subject.start}"
    fix = "run that command on Linux; its last lines stand above"
    return at(subject, Severity.BLOCK, what, said.ending(ended), fix)


def _task(subject: Subject, ended: StepEnded) -> Judged:
    facts = ended.facts
    if ended.passed:
        return f"it took {facts['took_s']:.2f} s and gave {str(facts['result'])[:60]}"
    if facts.get("eager"):
        what = f"task_always_eager is on with the variables of {subject.name}"
        why = "each task then runs in the web service, and none reaches a worker"
        return at(subject, Severity.BLOCK, what, why, "switch it on by a variable of development")
    if facts.get("unknown"):
        what = f"{subject.name} does not know the task"
        why = "its module is not imported by the worker, or the command has an --include of its own"
        fix = "name its module in include or autodiscover_tasks, or name another with --send"
        return at(subject, Severity.BLOCK, what, why, fix)
    if "error" in facts:
        what = f"the task failed in {subject.name}: {facts['state']}"
        error = str(facts["error"])
        return at(subject, Severity.BLOCK, what, error, said.mending_task(error))
    what = f"the task did not come back from {subject.name}"
    why = f"{said.ending(ended)}; {said.FATES.get(str(facts.get('fate')), 'it is gone')}"
    return at(subject, Severity.BLOCK, what, why, "send it with arguments of less work, or mend it")


def _stop(subject: Subject, ended: StepEnded) -> Judged:
    facts = ended.facts
    if not ended.passed:
        what = f"nobody has tried whether {subject.name} ends its task when Render stops it"
        return at(subject, Severity.UNPROVEN, what, said.ending(ended), "mend that first")
    fate = str(facts["fate"])
    became = said.FATES.get(fate, f"the task ended as {fate}")
    if not facts["heard"]:
        what = f"SIGTERM does not reach the worker of {subject.name}"
        why = f"the shell before it took the signal and went; Render kills what is left: {became}"
        return at(subject, Severity.BLOCK, what, why, "start it with exec: exec celery ...")
    if facts["killed"]:
        what = f"{subject.name} was still there {facts['waited_s']:.0f} s after SIGTERM"
        why = f"something in it ignores the signal, so that Render has to kill it: {became}"
        fix = "look for signal.signal(SIGTERM, ...), or for a script that keeps it"
        return at(subject, Severity.BLOCK, what, why, fix)
    if fate in ("SUCCESS", "waiting"):
        return f"{became}; it left {facts['exit_s']:.1f} s after SIGTERM"
    severity = Severity.WARN if fate == "out" else Severity.BLOCK
    what = f"a deploy costs {subject.name} the task that runs"
    why = f"it left {facts['exit_s']:.1f} s after SIGTERM; {became}"
    fix = "leave out REMAP_SIGTERM, or set task_acks_late and worker_soft_shutdown_timeout with it"
    return at(subject, severity, what, why, fix)


def _web(subject: Subject, ended: StepEnded) -> Judged:
    facts = ended.facts
    path = subject.path or "/"
    if ended.passed:
        told = f"GET {path} gave {facts['status']}" if facts["status"] else "its port is open"
        return f"{told} {facts['ready_s']:.1f} s after its start, on {facts['host']}"
    if host := facts.get("host"):
        what = f"{subject.name} listens on {host}, which nobody reaches from outside"
        return at(
            subject, Severity.BLOCK, what, "Render looks for the port on 0.0.0.0", "--host 0.0.0.0"
        )
    if status := facts.get("status"):
        what = f"GET {path} of {subject.name} gave {status}"
        why = "Render takes the service for dead while that is not 2xx or 3xx"
        fix = "name a path that answers without a login, or mend what it asks"
        return at(subject, Severity.BLOCK, what, why, fix)
    if ports := facts.get("ports"):
        what = f"{subject.name} listens on {', '.join(ports)}, not on $PORT"
        why = "Render gives the port in PORT, and may not find another one"
        return at(subject, Severity.WARN, what, why, "add --port $PORT to its command")
    what = f"{subject.name} does not come up: {subject.start}"
    fix = "run that command on Linux; its last lines stand above"
    return at(subject, Severity.BLOCK, what, said.ending(ended), fix)


JUDGMENTS: Final[Mapping[str, Callable[[Subject, StepEnded], Judged]]] = {
    "resolves-on-linux": _build,
    "wheels": _wheels,
    "importable": _import,
    "literal-variables": _broker,
    "worker-start": _worker,
    "task": _task,
    "sigterm": _stop,
    "web-start": _web,
}
"""By check; for a step that was taken."""

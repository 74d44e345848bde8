"""From what happened on Linux to verdicts: passed with evidence, failed, or unproven.

Pure. A step that nothing reached proves nothing: it stays unproven, with what stands in its way.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from core.render.preflight.finding import Finding, Seen, Severity
from core.render.proving import said
from core.render.proving.event import Step, StepEnded
from core.render.proving.judgments import JUDGMENTS, at
from core.render.proving.memory import memory_verdict
from core.render.proving.plan import Plan, Subject
from core.render.proving.verdict import Passed, Verdict
from core.render.sizing.measured import Measured

DYNAMIC: Final[Mapping[str, tuple[Step, str]]] = {
    "resolves-on-linux": (Step.BUILD, "{} can be built on Linux"),
    "wheels": (Step.BUILD, "all packages of {} have wheels"),
    "importable": (Step.IMPORT, "{} can be imported with its own variables alone"),
    "literal-variables": (Step.IMPORT, "the variables of {} lead to a broker"),
    "worker-start": (Step.WORKER, "{} gets ready"),
    "task": (Step.TASK, "{} runs a task"),
    "memory": (Step.MEMORY, "the processes of {} fit into its plan"),
    "sigterm": (Step.STOP, "{} ends its task when Render stops it"),
    "web-start": (Step.WEB, "{} answers its health check"),
}
"""What a run settles: the step, and what nobody has tried while that was not taken."""
GROUP: Final = "Run on Linux"


class Judge:
    """Gives verdicts about the services of one plan; `where` is what they ran on."""

    def __init__(
        self, plan: Plan, ended: Iterable[StepEnded], where: str, measured: Measured | None = None
    ) -> None:
        self._plan = plan
        self._where = where
        self._measured = measured
        self._ended = {(each.service, each.step): each for each in ended}

    def verdicts(self) -> Iterator[Verdict]:
        """One of each check and service, in the order of `DYNAMIC`."""
        for check, (step, _) in DYNAMIC.items():
            for subject in self._plan.subjects:
                if _concerns(check, step, subject):
                    yield self._verdict(check, step, subject)
            for service, reason in self._plan.left:
                if check == ("worker-start" if service.works else "web-start"):
                    what = DYNAMIC[check][1].format(service.name)
                    fix = "run it where Linux is, by its own commands"
                    seen = (service.file, service.line, f"nobody has tried whether {what}", reason)
                    yield Finding(check, Seen(Severity.UNPROVEN, *seen, fix))

    def _verdict(self, check: str, step: Step, subject: Subject) -> Verdict:
        ended = self._of(subject, step)
        if ended is None:
            return self._unproven(check, subject, *self._in_the_way(subject))
        if step is Step.BUILD and ended.passed and not self._python(subject)[1]:
            version, _ = self._python(subject)
            why = f"there is no Python {self._plan.python} on {self._where}: it ran on {version}"
            return self._unproven(check, subject, why, "install that version there, or uv")
        if check == "memory":
            return memory_verdict(
                subject,
                ended,
                self._ended.get((subject.name, Step.TASK)),
                self._plan.call,
                self._measured,
            )
        told = JUDGMENTS[check](subject, ended)
        if isinstance(told, str):
            return Passed(check, subject.name, told + self._elsewhere(subject, step))
        return Finding(check, _softened(told, subject))

    def _of(self, subject: Subject, step: Step) -> StepEnded | None:
        built = step in (Step.PYTHON, Step.BUILD)
        return self._ended.get((subject.built_as if built else subject.name, step))

    def _python(self, subject: Subject) -> tuple[str, bool]:
        made = self._of(subject, Step.PYTHON)
        if made is None:
            return "", False
        return str(made.facts.get("version")), bool(made.facts.get("wanted"))

    def _elsewhere(self, subject: Subject, step: Step) -> str:
        """On what it ran: told once, and wherever that is not what Render takes."""
        version, wanted = self._python(subject)
        if not wanted:
            return f" (on Python {version}, not {self._plan.python})"
        return f" (Python {version}, {self._where})" if step is Step.BUILD else ""

    def _in_the_way(self, subject: Subject) -> tuple[str, str]:
        broker = self._ended.get(("", Step.BROKER))
        if broker is not None and not broker.passed:
            return f"no Redis could be started: {said.telling(broker.lines)}", (
                f"install redis-server or valkey-server on {self._where}"
            )
        for step in Step:
            ended = self._of(subject, step)
            if ended is not None and not ended.passed:
                if step is Step.PYTHON:
                    return f"no environment could be made: {said.telling(ended.lines)}", (
                        f"install python3-venv or uv on {self._where}"
                    )
                return f"the step before it failed: {step}", "mend that first"
        return "the run did not come so far", "run it again"

    def _unproven(self, check: str, subject: Subject, why: str, fix: str) -> Finding:
        what = f"nobody has tried whether {DYNAMIC[check][1].format(subject.name)}"
        return Finding(check, at(subject, Severity.UNPROVEN, what, why, fix))


def _softened(seen: Seen, subject: Subject) -> Seen:
    """What fails while values are missing may run on Render, which has them."""
    lacking = subject.values.lacking
    if seen.severity is not Severity.BLOCK or not lacking:
        return seen
    why = f"{seen.why}; {', '.join(lacking)} had no value here"
    return Seen(Severity.WARN, seen.file, seen.line, seen.what, why, seen.fix)


def _concerns(check: str, step: Step, subject: Subject) -> bool:
    """Whether a check is about a service: what several build alike is told for the first."""
    if step is Step.BUILD:
        return subject.built_as == subject.name
    return (check == "web-start") == (subject.app is None)

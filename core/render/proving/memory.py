"""Whether the processes that ran fit into the plan, by what they took.

The system tells what each process of a real prefork worker takes in proportion (PSS). What tasks
take over that is known when a task of the project ran, now or in an earlier measuring run.
"""

from statistics import mean
from typing import Final

from core.errors import FleetError
from core.render.plans import MB, Plan, known_plans
from core.render.preflight.finding import Finding, Severity
from core.render.proving.event import StepEnded
from core.render.proving.judgments import at
from core.render.proving.plan import Subject
from core.render.proving.verdict import Passed, Verdict
from core.render.sizing.concurrency import Footprint, is_safe, risk
from core.render.sizing.measured import Measured
from core.tasks.call import TaskCall

CHECK: Final = "memory"
_FIX: Final = "fewer processes, worker_max_memory_per_child, or a larger plan (solofleet size)"


def memory_verdict(
    subject: Subject,
    memory: StepEnded,
    task: StepEnded | None,
    call: TaskCall | None,
    measured: Measured | None,
) -> Verdict:
    """Judge the step MEMORY; `task` is how the step TASK went, `call` the task if not the probe."""
    if not memory.passed:
        why = "neither the worker nor the system told of its children"
        return _found(subject, Severity.UNPROVEN, _untried(subject), why, "solofleet size measures")
    children = [int(each) for each in memory.facts["children"]]
    own = [int(each) for each in memory.facts["own"]]
    count = len(children)
    base = int(memory.facts["parent"]) + sum(children) - sum(own)
    rest = Footprint(base, round(mean(own)), 0, "real children")
    at_rest = f"parent and {count} children take {rest.total(count) // MB} MB at rest"
    plan = _plan(subject)
    if plan is None:
        return _found(subject, Severity.UNPROVEN, _untried(subject), at_rest, "name a plan")
    need, told = _of_task(task, call, measured)
    whole = Footprint(rest.base, rest.child, need or 0, rest.source)
    if not is_safe(plan, whole, count):
        what = (
            f"{count} processes of {subject.name} need {whole.total(count) // MB} MB of {plan.name}"
        )
        sure = rest.total(count) > plan.memory
        severity = Severity.BLOCK if sure else Severity.WARN
        return _found(subject, severity, what, f"{risk(plan, whole, count)}; {at_rest}", _FIX)
    if need is None:
        why = f"{at_rest} of {plan.name}'s {plan.memory // MB}; what tasks take is not known"
        fix = "name one of its tasks with --send, or measure with solofleet size --send"
        return _found(subject, Severity.UNPROVEN, _untried(subject), why, fix)
    evidence = f"{at_rest}, {told} takes {need // MB} MB more in each: {risk(plan, whole, count)}"
    return Passed(CHECK, subject.name, evidence)


def _of_task(
    task: StepEnded | None, call: TaskCall | None, measured: Measured | None
) -> tuple[int | None, str]:
    """Bytes that a task takes over a child at rest, the most that is known, and which."""
    found = [] if measured is None else [(each.most, each.name) for each in measured.tasks]
    if call is not None and task is not None and task.passed:
        found.append((int(task.facts["grown"]), call.task))
    return max(found, default=(None, ""))


def _untried(subject: Subject) -> str:
    return f"nobody has tried whether the processes of {subject.name} fit into its plan"


def _plan(subject: Subject) -> Plan | None:
    try:
        return known_plans().plan(subject.service.plan or "starter")
    except FleetError:
        return None  # another check tells


def _found(subject: Subject, severity: Severity, what: str, why: str, fix: str) -> Finding:
    return Finding(CHECK, at(subject, severity, what, why, fix))

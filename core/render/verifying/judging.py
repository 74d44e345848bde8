"""From what Render, the broker and the workers told to findings. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from core.bridge.workers import WorkerSeen
from core.render.api.answers import Service
from core.render.preflight.command import calls_in, celery_of
from core.render.verifying.report import Errand, Finding, Sure
from core.render.verifying.standing import Standing

_OF_RENDER: Final = re.compile(r"srv-[0-9a-z]{12,}")
"""How instances of services are called there; that they are hosts of that name too is seen, and
documented nowhere."""
_TELLING: Final = ("info", "debug")
_LOGS: Final = "read its log: solofleet render logs --service {}"


def on_render(worker: WorkerSeen, standings: Iterable[Standing]) -> str:
    """The instance that a worker calls itself after, of these services; else empty."""
    for standing in standings:
        if standing.service is None:
            continue
        for each in standing.instances:
            if each.id and each.id in (worker.host, worker.node.partition("@")[0]):
                return each.id
    return ""


def seems_render(worker: WorkerSeen) -> bool:
    """Whether its name is one that Render gives."""
    return _OF_RENDER.match(worker.host) is not None


def service_finding(standing: Standing) -> Finding:
    """Whether a service is up, as Render has it."""
    name, service, live = standing.match.name, standing.service, standing.live
    if service is None:
        what, why = f"{name} is not on Render", "the workspace has no such service"
        fix = "connect the repository: https://dashboard.render.com/blueprints"
        return Finding("service", Sure.FAILED, what, why, fix)
    if service.suspended:
        fix = f"resume it: {service.dashboard}"
        return Finding("service", Sure.FAILED, f"{name} is suspended", "says Render", fix)
    if live is None:
        coming = standing.coming
        why = f"{coming.id} is under way: {coming.status}" if coming else "no deploy of it is live"
        fix = "follow it: solofleet render deploy --follow" if coming else _LOGS.format(name)
        return Finding("service", Sure.FAILED, f"{name} is not live", why, fix)
    if standing.failures:
        last = standing.failures[-1]
        what = f"{name} fails: {last.failure}"
        why = f"{len(standing.failures)} failures since {live.id} began, the last {last.at}"
        oom = last.failure is not None and last.failure.out_of_memory
        fix = "solofleet size tells what its plan takes" if oom else _LOGS.format(name)
        return Finding("service", Sure.FAILED, what, why, fix)
    count = len(standing.instances)
    why = f"deploy {live.id}, {count} instance{'' if count == 1 else 's'}, no failure since"
    return Finding("service", Sure.PROVED, f"{name} is live", why)


def commit_finding(standing: Standing, pushed: str) -> Finding | None:
    """Whether what is live was built from the pushed commit; None where nothing is live.

    `pushed` is the commit by what this clone knows, or by a person's word. That it runs follows
    where no instance is older than the live deploy; nothing in a worker tells its commit.
    """
    name, live = standing.match.name, standing.live
    if live is None:
        return None
    has = f"Render says that {live.id} of {name} has {live.commit[:9] or 'no commit'}"
    if not pushed or not live.commit:
        why = f"{has}; this clone knows no pushed branch to compare with" if not pushed else has
        fix = "name it: --commit SHA"
        return Finding("commit", Sure.UNKNOWN, f"which commit {name} runs", why, fix)
    if not live.commit.startswith(pushed) and not pushed.startswith(live.commit):
        what = f"{name} runs another commit than {pushed[:9]}"
        if (coming := standing.coming) is not None:
            has += f"; {coming.id} with {coming.commit[:9]} is under way"
        fix = "git fetch where others push too; else solofleet render deploy; then verify again"
        return Finding("commit", Sure.FAILED, what, has, fix)
    old = [each.id for each in standing.instances if standing.of_live(each.id) is False]
    if old:
        what = f"{name} still has instances from before {live.id}: {', '.join(old)}"
        fix = "wait until Render has stopped them, or restart it, then verify again"
        return Finding("commit", Sure.FAILED, what, has, fix)
    if not standing.instances:
        why, fix = f"{has}, and lists no instance of it", "verify again when there is one"
        return Finding("commit", Sure.UNKNOWN, f"which commit {name} runs", why, fix)
    if doubtful := [each.id for each in standing.instances if standing.of_live(each.id) is None]:
        why = f"{has}; when {', '.join(doubtful)} began is not told, which may be before that"
        return Finding("commit", Sure.UNKNOWN, f"which commit {name} runs", why)
    count = len(standing.instances)
    began = "its instance" if count == 1 else f"each of its {count} instances"
    why = f"{has}, and {began} began after that deploy did; no worker tells its commit itself"
    return Finding("commit", Sure.INFERRED, f"{name} runs the pushed commit {pushed[:9]}", why)


def local_finding(here: Sequence[WorkerSeen], silent: Sequence[WorkerSeen]) -> Finding:
    """Whether workers of this machine take from production's broker."""
    if here:
        names = ", ".join(f"{each.node} (pid {each.pid})" for each in here)
        what = f"on this machine {names} take{'s' if len(here) == 1 else ''} production's tasks"
        why = "it answers on production's broker, so nothing was sent: it might have run it"
        fix = "stop it, and give workers here a broker of their own: --broker builtin"
        return Finding("local-workers", Sure.FAILED, what, why, fix)
    if silent:
        names = ", ".join(each.node for each in silent)
        why = f"{names} of this machine answered nobody: busy, or on another broker"
        what = "whether a worker of this machine takes production's tasks"
        return Finding("local-workers", Sure.UNKNOWN, what, why, "stop it, then verify again")
    why = "none of those that answer there is a process of this machine"
    return Finding("local-workers", Sure.PROVED, "no worker here takes production's tasks", why)


def remote_finding(there: Sequence[WorkerSeen], broker: str) -> Finding:
    """Whether workers on Render take from the broker of this machine."""
    strays = [each.node for each in there if each.where == "elsewhere" and seems_render(each)]
    if strays:
        what = f"{', '.join(strays)} of Render takes from the broker of this machine"
        fix = "give the service on Render the address of production's broker"
        return Finding("render-workers", Sure.FAILED, what, f"it answers on {broker}", fix)
    why = f"{len(there)} workers answer on {broker}, none of them is named as Render names them"
    return Finding(
        "render-workers", Sure.INFERRED, "no worker on Render takes what is sent here", why
    )


def ran_finding(
    errand: Errand, workers: Sequence[WorkerSeen], standings: Sequence[Standing]
) -> Finding:
    """Whether the task was run on Render, and how sure that is."""
    check = "ran-on-render"
    if not errand.ran:
        why = errand.error or f"nobody told of {errand.id} within the time that it had"
        fix = "see what waits: solofleet queues; and the worker's log: solofleet render logs"
        return Finding(check, Sure.FAILED, "the task was not run", why, fix)
    worker = next((each for each in workers if each.node == errand.node), None)
    if worker is not None and worker.where != "elsewhere":
        what = f"the task was run by {worker.node}, a process of this machine"
        fix = "stop it, and give workers here a broker of their own: --broker builtin"
        return Finding(check, Sure.FAILED, what, f"its pid is {worker.pid}", fix)
    by = f"{errand.node} (pid {errand.pid}) told of it" if errand.node else "its result is there"
    if errand.instance or errand.service:
        what = f"the task was run on Render, by {errand.service}"
        why = f"Render's log of instance {errand.instance} has: {errand.line}; {by}"
        if any(each.of_live(errand.instance) is False for each in standings):
            what += ", in an instance from before its live deploy"
            fix = "wait until Render has stopped that one, then verify again"
            return Finding(check, Sure.FAILED, what, why, fix)
        return Finding(check, Sure.PROVED, what, why)
    instance = on_render(worker, standings) if worker else ""
    if instance:
        what = f"the task was run by {errand.node}, which is named after {instance}"
        why = f"{by}; Render lists that instance; its log does not have the task"
        return Finding(check, Sure.INFERRED, what, why, _to_prove())
    what = (
        f"the task was run by {errand.node or 'a worker'}, and nothing tells that it is on Render"
    )
    why = f"{by}; neither Render's log nor its list of instances has it"
    return Finding(check, Sure.FAILED, what, why, _to_prove())


def _to_prove() -> str:
    return "start it with --loglevel=info, so that the log on Render names each task"


def tells_tasks(service: Service) -> bool:
    """Whether the start command lets a worker log each task; Celery's default is WARNING."""
    for call in calls_in(service.start_command):
        if (found := celery_of(call)) is not None and found.does == "worker":
            level = call.option("-l", "--loglevel") or ""
            return level.lower() in _TELLING
    return True  # a script, of which nothing is known here


def online_findings(
    workers: Sequence[WorkerSeen], standings: Sequence[Standing]
) -> Iterator[Finding]:
    """Whether each worker service has its workers on the broker, with what it was told to have."""
    far = [each for each in workers if each.where == "elsewhere"]
    count = sum(len(each.instances) for each in standings)
    if len(far) < max(1, count):
        what = f"{len(far)} of {max(1, count)} workers answer on production's broker"
        why = ", ".join(each.node for each in far) or "nobody does"
        fix = "see whether it is up, and whether its address of the broker is this one: its log"
        yield Finding("online", Sure.FAILED, what, why, fix)
        return
    names = ", ".join(each.node for each in far)
    are = "worker is" if len(far) == 1 else "workers are"
    yield Finding("online", Sure.PROVED, f"{len(far)} {are} online", names)
    for standing in standings:
        wanted = _concurrency(standing.service) if standing.service else None
        for each in far:
            own = on_render(each, [standing]) or len(standings) == 1
            if own and each.concurrency is not None:
                yield _slots(each, wanted)


def _slots(worker: WorkerSeen, wanted: int | None) -> Finding:
    told = f"{worker.node}: {worker.pool or 'a pool'} with {worker.concurrency} at once"
    if worker.pool == "solo":
        what, fix = f"{worker.node} runs one task at a time", "leave --pool=solo out on Linux"
        return Finding("concurrency", Sure.FAILED, what, told, fix)
    if wanted is not None and worker.concurrency != wanted:
        what = f"{worker.node} runs {worker.concurrency} tasks at once, not {wanted}"
        fix = "see what --concurrency and the app's worker_concurrency are there, then restart it"
        return Finding("concurrency", Sure.FAILED, what, told, fix)
    what = f"{worker.node} runs {worker.concurrency} tasks at once"
    asked = "" if wanted is None else ", as its command says"
    return Finding("concurrency", Sure.PROVED, what, told + asked)


def _concurrency(service: Service) -> int | None:
    for call in calls_in(service.start_command):
        if (found := celery_of(call)) is not None and found.does == "worker":
            said = call.option("-c", "--concurrency") or ""
            return int(said) if said.isdecimal() else None
    return None

"""What the drawer tells of a worker, in words."""

from core.session import Session
from core.workers.phase import Worker, describe
from desktop.run.drawer import About
from desktop.run.history import History
from desktop.run.worker_rows import WorkerRow

TASKS = 50


def about(session: Session, row: WorkerRow, history: History, now: float) -> About:
    """All that is known of a worker of this session; `now` in the session's monotonic seconds."""
    worker = row.worker
    return About(
        row=row,
        facts=_facts(session, row, now),
        command=_command(session, worker.name),
        workdir=str(session.project.workdir),
        env=session.project.env,
        events=tuple(history.of(worker.name)),
        tasks=session.ledger.tasks(worker=worker.name, limit=TASKS),
    )


def _command(session: Session, name: str) -> tuple[str, ...]:
    if name in session.company:
        return session.company.command(name)
    return session.roster.command(name)


def _facts(session: Session, row: WorkerRow, now: float) -> tuple[tuple[str, str], ...]:
    worker, counts = row.worker, row.counts
    told = [("State", f"{row.look.label}, {span(now - worker.since)}")]
    told.append(("Evidence", describe(worker, now)))
    if worker.task is not None and worker.task.limit_s is not None:
        told.append(("Time limit", f"{worker.task.limit_s:g} s, kept by Solofleet"))
    if worker.up_since is not None and worker.alive:
        told.append(("Up", f"{span(now - worker.up_since)}, {_restarts(worker)}"))
    else:
        told.append(("Up", _restarts(worker)))
    if counts is not None:
        told.append(("Tasks", _tasks(counts.received, counts.retried, counts.revoked, counts.lost)))
        if worker.queues:
            told.append(("Queues", ", ".join(worker.queues)))
        told.append(("Mode", str(session.mode)))
    elif address := session.company.address(worker.name):
        told.append(("Address", address))
    return tuple(told)


def _restarts(worker: Worker) -> str:
    return f"{worker.restarts} restart{'' if worker.restarts == 1 else 's'}"


def _tasks(received: int, retried: int, revoked: int, lost: int) -> str:
    more = ((retried, "retries"), (revoked, "revoked"), (lost, "lost"))
    return ", ".join([f"{received} received", *(f"{n} {word}" for n, word in more if n)])


def span(seconds: float) -> str:
    """A time as one says it: the two largest units."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"

"""Checks of what prefork does to tasks: 19 processes, 20 what is made before it, 21 globals."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.code import Code, Part
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.snapshot import Root, Snapshot
from core.render.preflight.tasks_of import Step, Task, steps, tasks_of

_STARTS: Final = re.compile(
    r"^(?:multiprocessing(?:\.pool)?\.(?:Pool|Process|Manager)"
    r"|multiprocessing\.get_context\(\)\.(?:Pool|Process)"
    r"|(?:concurrent\.futures\.)?(?:process\.)?ProcessPoolExecutor)$"
)


def processes_in_tasks(snapshot: Snapshot) -> Iterator[Seen]:
    """19: multiprocessing in a task, which works in solo, and not in prefork."""
    for root in snapshot.roots:
        if not _preforks(root):
            continue
        for code in snapshot.worker_code(root):
            for task in tasks_of(code):
                for step in steps(code, task, snapshot.codes, root.where):
                    if (seen := _process(step, task, root)) is not None:
                        yield seen


def _process(step: Step, task: Task, root: Root) -> Seen | None:
    if not isinstance(step.part.node, ast.Call):
        return None
    name = step.code.called(step.part.node)
    if not _STARTS.match(name):
        return None
    around = "" if step.own else ", which calls this"
    what = f"the task {task.function.name}{around} starts {name.rpartition('.')[2]}"
    why = "prefork's processes are daemonic, and Python allows such no children: AssertionError"
    fix = "use billiard, threads, a subprocess, or a group of tasks"
    sure = root.known and not step.part.caught
    severity = Severity.BLOCK if sure else Severity.WARN
    return Seen(severity, step.code.path, step.part.line, what, why, fix)


def _preforks(root: Root) -> bool:
    """Whether a worker of it runs prefork, which it does unless it is told otherwise."""
    workers = [celery for service in root.services for _, celery in service.celery("worker")]
    pools = [celery.call.option("-P", "--pool") for celery in workers]
    return not pools or any(pool in (None, "prefork", "processes", "solo") for pool in pools)


_MADE: Final = (
    (
        r"(?:sqlalchemy(?:\.ext\.asyncio)?(?:\.engine)?\.)create_(?:async_)?engine",
        "database engine",
    ),
    (r"(?:sqlmodel\.)create_engine", "database engine"),
    (r"(?:psycopg2?|pymysql|MySQLdb|sqlite3|asyncpg)\.connect", "database connection"),
    (r"pymongo\.(?:\w+\.)?(?:Async)?MongoClient", "MongoDB client"),
    (r"httpx\.(?:Async)?Client|aiohttp\.ClientSession", "HTTP client"),
    (r"asyncio\.(?:new_event_loop|get_event_loop)", "event loop"),
    (r"threading\.Thread|concurrent\.futures\.(?:thread\.)?ThreadPoolExecutor", "thread"),
    (r"grpc\.(?:aio\.)?(?:in)?secure_channel", "gRPC channel"),
    (r"torch\.cuda\.\w+", "CUDA context"),
    (r"(?:kafka\.)Kafka(?:Producer|Consumer)", "Kafka client"),
    (r"redis\.asyncio\.(?:Redis|StrictRedis|from_url|Redis\.from_url)", "Redis client"),
    (r"redis\.(?:client\.)?(?:Redis|StrictRedis|from_url|Redis\.from_url)", "Redis client"),
)
_KINDS: Final = tuple((re.compile(pattern), kind) for pattern, kind in _MADE)
_LAZY: Final = re.compile(r"worker_process_init|\.dispose\(")


def made_before_fork(snapshot: Snapshot) -> Iterator[Seen]:
    """20: connections, loops and threads that are made at import, and then shared by the fork."""
    for root in snapshot.roots:
        if not _preforks(root):
            continue
        for code in snapshot.worker_code(root):
            for part, call in code.calls():
                kind = _kind(code.called(call)) if not part.within and not part.caught else None
                if kind is None or _is_minded(snapshot, code):
                    continue
                what = f"a {kind} is made when {code.path} is imported"
                why = "prefork imports once and forks: its processes share it, and mix up answers"
                fix = "make it in worker_process_init, or when it is first needed"
                if kind == "database engine":
                    fix += "; or call engine.dispose(close=False) in worker_process_init"
                severity = Severity.WARN
                if kind == "Redis client":  # redis-py notices the fork, and connects anew
                    severity, why = (
                        Severity.INFO,
                        "redis-py connects anew in each process; keep it so",
                    )
                yield Seen(severity, code.path, part.line, what, why, fix)


def _kind(name: str) -> str | None:
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(name)), None)


def _is_minded(snapshot: Snapshot, code: Code) -> bool:
    return _LAZY.search(snapshot.commit.text(code.path)) is not None


_CHANGES: Final = ("append", "add", "update", "extend", "insert", "pop", "remove", "setdefault")
_CONTAINERS: Final = ("dict", "list", "set", "collections.defaultdict", "collections.deque")


def shared_globals(snapshot: Snapshot) -> Iterator[Seen]:
    """21: module globals that tasks change, as if there were one process."""
    for root in snapshot.roots:
        for code in snapshot.worker_code(root):
            containers = set(_globals(code))
            for task in tasks_of(code):
                said = {name for p in code.bodies[task.function] for name in _declared(p)}
                changed = [
                    (part.line, name)
                    for part in code.bodies[task.function]
                    for name in _changed(part, containers, said)
                ]
                for name in dict.fromkeys(name for _, name in changed):
                    line = next(line for line, each in changed if each == name)
                    what = f"the task {task.function.name} changes the global {name}"
                    why = "each process has a copy of its own: what one task leaves, another misses"
                    fix = "keep it in Redis or a database"
                    yield Seen(Severity.WARN, code.path, line, what, why, fix)


def _globals(code: Code) -> Iterator[str]:
    for part in code.of(ast.Assign, ast.AnnAssign):
        if part.within:
            continue
        match part.node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                made = isinstance(value, ast.Call) and code.called(value) in _CONTAINERS
                if made or isinstance(value, ast.Dict | ast.List | ast.Set):
                    yield name
            case _:
                pass


def _declared(part: Part) -> list[str]:
    return part.node.names if isinstance(part.node, ast.Global) else []


def _changed(part: Part, containers: set[str], said: set[str]) -> Iterator[str]:
    match part.node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _target(target, containers, said)
        case ast.AugAssign(target=target):
            yield from _target(target, containers, said)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)):
            if name in containers and attr in _CHANGES:
                yield name
        case _:
            pass


def _target(target: ast.expr, containers: set[str], said: set[str]) -> Iterator[str]:
    match target:
        case ast.Name(id=name) if name in said:
            yield name
        case ast.Subscript(value=ast.Name(id=name)) if name in containers:
            yield name
        case _:
            pass

"""Checks of what runs the code: the app's place, its interpreter, its libraries, its import."""

import asyncio
import re

from core.bridge.calls import Calls
from core.doctor.case import Case
from core.doctor.finding import Seen, fault, ok, warning, worst
from core.errors import FleetError
from core.project.compatibility import check_mode, check_versions
from core.project.declared import apps_in_commands, text_of
from core.project.modules import find_module
from core.project.tree import look_around
from core.project.versions import read_versions
from core.wishes import wants_redis, worker_mode, worker_spec


async def app(case: Case) -> Seen:
    """Find the project's app."""
    case.project = project = await asyncio.to_thread(case.open)
    case.tree = await asyncio.to_thread(look_around, project.root)
    first = project.candidates[0] if project.candidates else None
    where = f" ({first.file}:{first.line})" if first and first.file and first.line else ""
    others = len(project.candidates) - 1
    more = f", and {others} less likely" if others > 0 else ""
    return ok(f"{project.app} in {project.workdir}{where}{more}")


def root_directory(case: Case) -> Seen:
    """Whether every command that names the app is run in its folder. Blocks: for a thread."""
    project, wrong = case.project, list[Seen]()
    for file in case.tree.declaring:
        if file.name.startswith(".env"):
            continue
        text = text_of(file)
        for name, line in apps_in_commands(text):
            if find_module(name, file.parent) or not find_module(name, project.workdir):
                continue
            folder = project.workdir.relative_to(project.root).as_posix()
            if not _goes_to(text, folder):
                evidence = f"{file}:{line} names {name}, which is in {folder}"
                fix = f"start it in {folder}; on Render set Root Directory (rootDir) to {folder}"
                wrong.append(fault(evidence, fix))
    if wrong:
        return worst(wrong, wrong[0])
    if project.workdir == project.root:
        return ok("the app is imported from the project's own folder")
    folder = project.workdir.relative_to(project.root).as_posix()
    return ok(f"start commands in {folder}, which is also Render's Root Directory")


def _goes_to(text: str, folder: str) -> bool:
    """Whether a file names the folder as the place of its commands: Render's, or a container's."""
    name = re.escape(folder)
    place = rf"""["']?\.?/?{name}\b"""
    there = rf"""\b(?:rootDir|build|context):\s*{place}|\bcd\s+{place}|--workdir[ =]{place}"""
    return re.search(there, text) is not None


async def interpreter(case: Case) -> Seen:
    """Find the Python that runs the project."""
    found = case.project.interpreter
    case.versions = versions = await read_versions(found, case.environ)
    evidence = f"Python {versions.python} at {found.path}, {found.origin}"
    return ok(evidence)


async def versions(case: Case) -> Seen:
    """Whether its Celery and what that stands on run together."""
    redis = wants_redis(case.project, case.wishes)
    check_versions(case.versions, case.project.interpreter, redis=redis)
    check_mode(case.versions, worker_mode(case.project, case.wishes), windows=case.windows)
    told = ("celery", "kombu", "billiard", "redis")
    parts = [f"{name} {getattr(case.versions, name) or 'not installed'}" for name in told]
    return ok(", ".join(parts))


async def importing(case: Case) -> Seen:
    """Import the app as a worker does, and read what its settings come to."""
    spec = worker_spec(case.project, case.wishes, case.environ, None)
    calls = Calls(case.host(spec))
    try:
        case.calls, case.settings = calls, await calls.settings()
    except FleetError as error:
        return fault(f"{error.what}: {error.why}", _elsewhere(case, error) or error.fix)
    tasks = case.settings["tasks"]
    if not tasks:
        evidence = f"{case.project.app} is imported, and has no tasks of its own"
        return warning(evidence, "name their module: Celery(..., include=['package.tasks'])")
    if case.settings["eager"]:
        evidence = "task_always_eager is set: whoever calls a task runs it, and no worker gets one"
        return warning(evidence, "set it in tests only (in Django, CELERY_TASK_ALWAYS_EAGER)")
    return ok(f"{len(tasks)} tasks, such as {tasks[0]}")


def _elsewhere(case: Case, error: FleetError) -> str | None:
    """The folder that has the module that was not found, if the project has it."""
    missing = re.search(r"No module named '([\w.]+)'", error.why)
    if missing is None:
        return None
    for folder in case.tree.folders:
        package = folder / missing[1].replace(".", "/")
        if folder != case.project.workdir and (package.is_dir() or find_module(missing[1], folder)):
            place = folder.relative_to(case.project.root).as_posix()
            return (
                f"{missing[1]} is in {folder}: start there (solofleet doctor {folder}), and on"
                f" Render set Root Directory to {place}"
            )
    return None

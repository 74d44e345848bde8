"""The check of the folder that commands start in: 17 the module of -A is there."""

from collections.abc import Iterator

from core.render.preflight.command import server_app
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.roots import app_files
from core.render.preflight.services import Placed, Service
from core.render.preflight.snapshot import Snapshot


def importable(snapshot: Snapshot) -> Iterator[Seen]:
    """17: the app of each command is in its root directory; that it imports, only a run tells."""
    for root in snapshot.roots:
        for service in root.services:
            for app, placed in _apps(service):
                if not app_files(app, root.where) and not _has_path(service):
                    yield from _nowhere(snapshot, app, placed, service)
        for app in root.found:
            what = f"nobody has imported {app} on Linux"
            why = "that its file is there is known; what it imports in turn is not"
            folder = f"in {root.path}: " if root.path else ""
            by_hand = f'{folder}python -c "import {app.partition(":")[0]}"'
            fix = f"solofleet render check --prove; or on Linux, {by_hand}"
            yield Seen(Severity.UNPROVEN, None, None, what, why, fix)
        if not root.services and root.path and root.found:
            what = f"{root.found[0]} is started in {root.path}"
            why = "Render starts in the top folder unless it is told another"
            yield Seen(Severity.INFO, None, None, what, why, f"set rootDir to {root.path}")


def _apps(service: Service) -> Iterator[tuple[str, Placed]]:
    for placed in service.start.calls if service.start else ():
        if placed.call.option("--workdir", "--app-dir", "--chdir") and not placed.celery:
            continue
        if placed.call.option("--workdir") or dict(placed.call.variables).get("PYTHONPATH"):
            continue
        app = placed.celery.app if placed.celery else server_app(placed.call)
        if app and "$" not in app:
            yield app, placed


def _has_path(service: Service) -> bool:
    return any(value.name == "PYTHONPATH" for value in service.values)


def _nowhere(snapshot: Snapshot, app: str, placed: Placed, service: Service) -> Iterator[Seen]:
    module = app.partition(":")[0].replace(".", "/")
    tails = (f"/{module}.py", f"/{module}/__init__.py", f"/{module}/celery.py")
    there = next(
        (
            path.removesuffix(tail).strip("/")
            for path in sorted(snapshot.commit.entries)
            for tail in tails
            if f"/{path}".endswith(tail) and not path.endswith("tests")
        ),
        None,
    )
    if there is not None and service.is_of_docker:
        return  # its COPY may put it where it is looked for
    root = service.root or "the top folder"
    what = f"{app} is started in {root}, which has no such module"
    if there is None or not service.certain or not service.runs_python:
        why = "it may be installed as a package; else ModuleNotFoundError"
        fix = "check the name, and that its files are committed"
        yield Seen(Severity.WARN, placed.file, placed.line, what, why, fix)
        return
    folder = _folder_of(there, module)
    why = f"it is in {folder or 'the top folder'}: ModuleNotFoundError"
    fix = f"set rootDir to {folder}" if folder else "leave rootDir out"
    yield Seen(Severity.BLOCK, placed.file, placed.line, what, why, fix)


def _folder_of(path: str, module: str) -> str:
    for tail in (f"{module}.py", f"{module}/__init__.py", f"{module}/celery.py"):
        if path.endswith(tail):
            return path.removesuffix(tail).strip("/")
    return path

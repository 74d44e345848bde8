"""Reads a root directory: what starts there, what that imports, what the build installs."""

from collections.abc import Iterable, Mapping

from core.render.preflight.code import Code
from core.render.preflight.command import server_app
from core.render.preflight.commit import Commit, is_below, joined
from core.render.preflight.graph import Layout, layout, reach
from core.render.preflight.listed import packages_of
from core.render.preflight.python_pin import DEFAULT, find_pin, minor
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Root
from core.render.variables.written import Written


def read_root(
    path: str,
    services: Iterable[Service],
    commit: Commit,
    codes: Mapping[str, Code],
    values: Iterable[Written],
    own: tuple[str | None, str | None] = (None, None),
) -> Root:
    """Read one; `own` are the project's Celery app and web app, where they are started here."""
    here = tuple(service for service in services if service.root == path)
    started = [placed for service in here if service.start for placed in service.start.calls]
    folders = sorted({joined(path, placed.call.folder) for placed in started})
    where = layout(commit.entries.keys(), (path, *folders, joined(path, "src")))
    named = [celery.app for each in started if (celery := each.celery) and celery.app]
    apps = tuple(dict.fromkeys(named or ([own[0]] if own[0] else [])))
    served = [app for placed in started if (app := server_app(placed.call))]
    served = served or ([own[1]] if own[1] and not here else [])
    held = {value for service in here for value in service.values}
    told = [value for value in values if not here or value.owner is None or value in held]
    pin = find_pin(path, told, commit.find)
    return Root(
        path=path,
        services=here,
        packages=packages_of(path, here, commit.find, minor(pin.version) or minor(DEFAULT)),
        pin=pin,
        where=where,
        apps=apps,
        found=tuple(app for app in apps if app_files(app, where)),
        worker=reach((file for app in apps for file in app_files(app, where)), codes, where),
        web=reach((file for app in served for file in app_files(app, where)), codes, where),
        rest=frozenset(file for file in codes if is_below(file, path)),
    )


def app_files(app: str, where: Layout) -> tuple[str, ...]:
    """The files that `-A app`, or a web server that is told `app`, imports first."""
    module, colon, _ = app.partition(":")
    files = where.files_of(module)
    inner = () if colon else where.files_of(f"{module}.celery")
    if files or inner:
        return tuple(dict.fromkeys((*files, *inner)))
    # The last part may be an attribute of the module.
    parent = module.rpartition(".")[0]
    return where.files_of(parent) if parent and not colon else ()

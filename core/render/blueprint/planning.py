"""From a project, and the workers that run it here, to the services that run it on Render."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from core.errors import USAGE, FleetError
from core.groups import worker_groups
from core.project.opening import Project
from core.project.tree import look_around
from core.render.blueprint.making import Ground, Making
from core.render.blueprint.services import Role
from core.render.blueprint.wanted import Wanted
from core.render.blueprint.wants import Wants, wanted_variables
from core.render.build import Build, find_build
from core.render.schedule import find_schedule
from core.render.web import Protocol, WebApp, find_web_apps
from core.rows.choice import declared_rows
from core.rows.declared import DeclaredRow
from core.wishes import Wishes, worker_spec
from core.workers.mode import Mode


def repository_of(root: Path) -> Path:
    """The folder of the Git repository that holds `root`; `root` itself when none does."""
    return next((f for f in (root, *root.parents) if (f / ".git").exists()), root)


def wanted_blueprint(ground: Ground, wishes: Wishes, environ: Mapping[str, str]) -> Wanted:
    """The services of a project.

    Raises FleetError: two apps of which either could be meant, no list of packages, settings that
    make no sense.
    """
    project = ground.project
    _refuse_two_apps(project)
    build = find_build(project.workdir, ground.repository)
    own = look_around(build.folder).python
    rows = declared_rows(project)
    wants = wanted_variables(project, own)
    plain = replace(wishes, mode=Mode.PLAIN, hoard=False, daemonic=False, spare=False)
    groups = worker_groups(project, plain, environ)
    spec = worker_spec(project, plain, environ, None)
    make = Making(ground, build, wants, spec)
    served = (DeclaredRow(Role.WEB.value, command) for command in ground.commands)
    web = _chosen_web(find_web_apps(project.workdir, own, (*served, *rows)), build)
    schedule = find_schedule(own, rows)
    services = [
        *([make.web(web)] if web else []),
        *(make.worker(group) for group in groups),
        *([make.beat(schedule.scheduler)] if schedule else []),
        *([make.flower()] if ground.choices.flower else []),
        *([make.key_value()] if make.has_key_value else []),
    ]
    notes = (*_notes(ground, build, web, wants), *make.notes())
    return Wanted(tuple(services), f"{make.base}-env", make.group_variables(), notes)


def _refuse_two_apps(project: Project) -> None:
    first, *others = project.candidates or (None,)
    for other in others:
        if first and other and other.workdir != first.workdir and other.score > first.score - 25:
            raise FleetError(
                f"{project.root} holds two Celery apps: {first.app} in {first.workdir}, and"
                f" {other.app} in {other.workdir}",
                "each has services of its own on Render, and either could be meant",
                f"Name the folder of one: solofleet render blueprint {other.workdir}. The services"
                " of both go into one render.yaml.",
                exit_code=USAGE,
            )


def _chosen_web(apps: Sequence[WebApp], build: Build) -> WebApp | None:
    """The likeliest; of Django's two the one whose server is there."""
    first = apps[0] if apps else None
    if first is None or not first.of_django or build.has("uvicorn") or not build.has("gunicorn"):
        return first
    return next((app for app in apps if app.of_django and app.protocol is Protocol.WSGI), first)


def _of_django(wants: Wants) -> Iterator[str]:
    """What Django needs beside a start command (https://render.com/docs/deploy-django)."""
    yield "Django's tables are made by preDeployCommand: python manage.py migrate"
    if "RENDER_EXTERNAL_HOSTNAME" not in wants.read and "ALLOWED_HOSTS" not in wants.read:
        yield (
            "Django answers 400 to a host that ALLOWED_HOSTS does not have, to the health check as"
            " well: add os.environ['RENDER_EXTERNAL_HOSTNAME'] to it"
        )


def _notes(ground: Ground, build: Build, web: WebApp | None, wants: Wants) -> Iterator[str]:
    if web is None:
        yield "no web application was found: no web service"
    elif web.health is None:
        yield f"{web.where} has no path such as /health: Render only looks whether the port listens"
    if web is not None and web.of_django:
        yield from _of_django(wants)
    needed = [web and web.server, "flower" if ground.choices.flower else None, "celery"]
    for package in filter(None, needed):
        if not build.has(package):
            yield f"{package} is not in {build.lists[0]}, and is needed there"
    if build.python_version is None and ground.python is None:
        yield "the version of Python is not known here: Render takes its own default"

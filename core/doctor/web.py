"""The check whether the web service sends to the broker that the workers read.

The web service imports the same Celery app, but with other variables: those of its folder's
`.env`, and of its line in a Procfile. So its module is imported as uvicorn would, in a process of
its own, and asked where its app leads to.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from core.bridge.calls import Calls
from core.doctor.case import Case
from core.doctor.finding import Seen, fault, ok, skipped
from core.doctor.places import address_of, same_broker
from core.errors import FleetError
from core.project.declared import text_of
from core.project.env_files import ENV_FILES, env_values
from core.project.modules import find_module
from core.project.source import read_source
from core.wishes import worker_spec
from core.workers.spec import WorkerSpec

_SERVER: Final = re.compile(
    r"\b(?:uvicorn|gunicorn|hypercorn|daphne|granian)\b.*?\s([A-Za-z_][\w.]*):\w+"
)
_WORKER: Final = re.compile(r"\bcelery\b.*\bworker\b")
_ASSIGNED: Final = re.compile(r"(?:^|[\s:;&\"'])([A-Z_][A-Z0-9_]*)=([^\s\"']+)")


@dataclass(frozen=True, slots=True)
class Web:
    """A web service: the module it runs, the folder it starts in, who says so, its variables."""

    module: str
    file: Path
    folder: Path
    where: str
    variables: Mapping[str, str]


def find_web(case: Case) -> Web | None:
    """The web service of the project: from a command, else a `main.py` that makes an app."""
    folders = [case.project.workdir, *case.tree.folders]
    for file, number, line in _commands(case):
        if found := _SERVER.search(line):
            for folder in (file.parent, *folders):
                if module := find_module(found[1], folder):
                    variables = dict(_ASSIGNED.findall(line[: found.start()]))
                    where = f"{file}:{number}"
                    return Web(found[1], module.file, folder, where, variables)
    for folder in folders:
        main = folder / "main.py"
        if main.is_file() and re.search(r"\b(?:FastAPI|Flask|Starlette)\(", text_of(main)):
            return Web("main", main, folder, str(main), {})
    return None


async def web_broker(case: Case) -> Seen:
    """Whether tasks that the web service sends arrive where the workers read."""
    web = await asyncio.to_thread(find_web, case)
    if web is None:
        return skipped("no web service was found")
    spec = worker_spec(case.project, case.wishes, case.environ, None)
    theirs, how = await _settings_of_web(case, web, spec)
    ours = case.settings
    if variables := _of_worker_line(case):
        ours = await _ask(case, replace(spec, env={**spec.env, **variables}))
    web_place, place = address_of(theirs["broker"]), address_of(ours["broker"])
    if same_broker(web_place, place):
        return ok(f"{web.where} sends to {web_place.shown} too ({how})")
    return fault(
        f"the web service ({web.where}, {how}) sends to {web_place.shown}, the workers read from"
        f" {place.shown}",
        "give both the same address: one .env, on Render one environment group",
    )


async def _settings_of_web(case: Case, web: Web, spec: WorkerSpec) -> tuple[Mapping[str, Any], str]:
    own = replace(spec, env=_environment(case, web), workdir=web.folder)
    name = _app_in(case, web)
    if name is not None:
        try:
            return await _ask(case, replace(own, app=name)), f"{name} imported"
        except FleetError:
            pass  # its web framework is not installed here, say: the variables still tell
    return await _ask(case, replace(own, workdir=spec.workdir)), "the app under its variables"


async def _ask(case: Case, spec: WorkerSpec) -> Mapping[str, Any]:
    return await Calls(case.host(spec)).settings()


def _app_in(case: Case, web: Web) -> str | None:
    """What `-A` takes for the Celery app that the web module holds, if a name of it does."""
    source = read_source(web.file)
    if source.apps:
        return f"{web.module}:{source.apps[0].attr}"
    file = case.project.candidates[0].file if case.project.candidates else None
    for bound, origin in source.bound.items():
        if origin is not None and origin.name is not None and not origin.level:
            found = find_module(origin.module, web.folder)
            if found and file and found.file == file and found.attr is None:
                names = {mention.attr for mention in read_source(file).apps}
                if origin.name in names:
                    return f"{web.module}:{bound}"
    return None


def _environment(case: Case, web: Web) -> dict[str, str]:
    files = [folder / name for folder in (web.folder, case.project.root) for name in ENV_FILES]
    values, _ = env_values(files, case.environ)
    own = {value.name: value.secret.reveal() for value in values}
    return {**case.project.environment({**own, **case.environ}), **web.variables}


def _of_worker_line(case: Case) -> dict[str, str]:
    for _, _, line in _commands(case):
        if found := _WORKER.search(line):
            return dict(_ASSIGNED.findall(line[: found.start()]))
    return {}


def _commands(case: Case) -> Iterator[tuple[Path, int, str]]:
    for file in case.tree.declaring:
        if not file.name.startswith(".env"):
            for number, line in enumerate(text_of(file).splitlines(), 1):
                if not line.lstrip().startswith("#"):
                    yield file, number, line

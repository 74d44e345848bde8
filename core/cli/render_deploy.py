"""`solofleet render deploy`: start a deploy, follow it to its end, break it off, go back."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import assert_never

from core.cli.command import Command, Here
from core.cli.consent import agree
from core.cli.json_printer import as_json
from core.cli.options import Parser
from core.cli.printable import printable
from core.cli.ps import counted
from core.cli.render_account import OnRender, add_change, add_render, on_render
from core.cli.render_status import deploy_fields, told_at
from core.cli.table import indented
from core.errors import DONE, FAILED, USAGE, FleetError
from core.project.folder import project_folder
from core.render.api.answers import Deploy, Service
from core.render.api.client import RenderApi
from core.render.api.deploying import start_deploy
from core.render.api.following import DeployChanged, Happened, News, Printed, Trouble, follow
from core.render.pushing import Branch, read_branch
from core.render.remote.deploys import earlier, under_way
from core.render.remote.ending import Ended, Ending


class _Teller:
    """Tells the news of deploys, each behind the name of its service."""

    def __init__(self, here: Here, services: Sequence[Service]) -> None:
        self._here = here
        self._width = max(map(len, (service.name for service in services)), default=0)

    def tell(self, service: Service, news: News) -> None:
        match news:
            case DeployChanged(deploy):
                commit = f", commit {deploy.commit[:7]}" if deploy.commit else ""
                words = f"> {deploy.id} {deploy.status.replace('_', ' ')}{commit}"
                self._say(service, "deploy", words, **deploy_fields(deploy))
            case Happened(event):
                at = None if event.at is None else event.at.isoformat()
                self._say(service, "event", f"> {event}", at=at, type=event.type, text=str(event))
            case Printed(line):
                text = printable(line.message, colour=self._here.terminal.colour)
                self._say(service, "log", f"| {text}", type=line.type, text=line.message)
            case Trouble(text):
                self._here.terminal.aside(f"{service.name}: {text}")
            case _:
                assert_never(news)

    def tell_end(self, service: Service, ended: Ended) -> None:
        """Why it is not live, behind all that was told of it."""
        error = ended.error
        if self._here.arguments.json:
            parts = {"what": error.what, "why": error.why, "fix": error.fix}
            self._say(service, "failure", "", deploy=ended.deploy.id, **parts, lines=ended.lines)
            return
        colour = self._here.terminal.colour
        self._here.terminal.line(
            "",
            error.what,
            *indented(f"why: {error.why}"),
            *indented(f"fix: {error.fix}"),
            *(f"    | {printable(line, colour=colour)}" for line in ended.lines),
        )

    def _say(self, service: Service, kind: str, words: str, **fields: object) -> None:
        if self._here.arguments.json:
            line = as_json(kind, service=service.name, **fields)
        else:
            line = f"{service.name:<{self._width}} {words}"
        self._here.terminal.line(line)


def _options(parser: Parser) -> None:
    add_render(parser)
    add_change(parser)
    parser.add_argument(
        "--service", action="append", metavar="NAME", help="by default all of render.yaml"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--commit", metavar="SHA", help="by default the head of the branch")
    what.add_argument("--cancel", action="store_true", help="break off what is under way")
    what.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="DEPLOY",
        help="deploy again what was live before; or that of this id or commit",
    )
    what.add_argument("--follow", action="store_true", help="start nothing, follow the latest one")
    parser.add_argument("--clear-cache", action="store_true", help="build without the cache")


async def _run(here: Here) -> int:
    typed = here.arguments
    async with on_render(here) as there:
        services = [there.service(name) for name in typed.service or ()] or there.there()
        if not services:
            there.service(None)  # tells why there is none
        if typed.cancel:
            return await _cancel(here, there, services)
        deploys = await _begin(here, there, services)
        teller = _Teller(here, services)
        try:
            ends = await _watch_all(there.api, deploys, teller)
        except asyncio.CancelledError:
            here.terminal.aside("the deploys go on; see them: solofleet render deploy --follow")
            raise
        except FleetError as error:
            error.fix += " The deploys go on; see them: solofleet render deploy --follow."
            raise
    return DONE if all(deploy.good for deploy in ends) else FAILED


async def _watch_all(
    api: RenderApi, deploys: Sequence[tuple[Service, Deploy]], teller: _Teller
) -> list[Deploy]:
    """Each as it ended. Raises the first FleetError of any."""
    try:
        async with asyncio.TaskGroup() as jobs:
            ends = [jobs.create_task(_watch(api, *each, teller)) for each in deploys]
    except* FleetError as group:
        raise _first(group) from None
    return [end.result() for end in ends]


def _first(group: BaseExceptionGroup[FleetError]) -> FleetError:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error


async def _begin(
    here: Here, there: OnRender, services: Sequence[Service]
) -> list[tuple[Service, Deploy]]:
    """Ask for all of them first, then start them: the same commit everywhere, or nothing yet."""
    typed = here.arguments
    if typed.follow:
        return [(each, await _latest(there.api, each)) for each in services]
    if typed.rollback is None and typed.commit is None:
        branch = await asyncio.to_thread(_branch, Path(typed.project))
        for line in unpushed(branch, services):
            here.terminal.aside(line)
    workspace, plans = there.owner.name, list[tuple[Service, Deploy | None]]()
    for service in services:
        target = None
        what = f"commit {typed.commit}" if typed.commit else f"the head of {service.branch}"
        if typed.rollback is not None:
            target = earlier(await there.api.deploys(service), typed.rollback, service)
            when = told_at(target.created_at)
            what = f"again what {target.id} had ({target.commit[:7]}, {when})"
        agree(f"deploy {what} to {service.name} ({service.id}, workspace {workspace})", here.ask)
        plans.append((service, target))
    begun: list[tuple[Service, Deploy]] = []
    for service, target in plans:
        try:
            begun.append((service, await _start(here, there.api, service, target)))
        except FleetError as error:
            if begun:
                names = ", ".join(each.name for each, _ in begun)
                error.fix += f" Begun, and going on, is the deploy of {names}."
            raise
    return begun


def _branch(project: Path) -> Branch | None:
    """The branch that is checked out; None where there is none."""
    try:
        return read_branch(project_folder(project))
    except FleetError:
        return None


def unpushed(branch: Branch | None, services: Sequence[Service]) -> Iterator[str]:
    """What of this folder Render does not have, and would not deploy."""
    if branch is None or branch.name not in {service.branch for service in services}:
        return
    parts = [counted(branch.ahead, "commit")] if branch.ahead else []
    parts += [counted(len(branch.changed), "changed file")] if branch.changed else []
    if parts:
        yield (
            f"note: {' and '.join(parts)} of {branch.name} are here only, and not deployed: "
            "solofleet render push"
        )


async def _start(here: Here, api: RenderApi, service: Service, target: Deploy | None) -> Deploy:
    if target is None:
        return await start_deploy(
            api,
            service,
            here.terminal.aside,
            commit=here.arguments.commit,
            clear_cache=here.arguments.clear_cache,
        )
    deploy = await api.roll_back(service, target.id)
    if service.trigger != "off":
        here.terminal.aside(f"{service.name} still deploys by itself: the next push goes live")
    return deploy


async def _latest(api: RenderApi, service: Service) -> Deploy:
    if deploys := await api.deploys(service, most=1):
        return deploys[0]
    raise FleetError(
        f"there is nothing to follow for {service.name}",
        "it was never deployed",
        "Start one: solofleet render deploy",
        exit_code=USAGE,
    )


async def _watch(api: RenderApi, service: Service, deploy: Deploy, teller: _Teller) -> Deploy:
    ending = Ending(service)
    async with aclosing(follow(api, service, deploy)) as all_news:
        async for news in all_news:
            teller.tell(service, news)
            ending.take(news)
            if isinstance(news, DeployChanged):
                deploy = news.deploy
    if (ended := ending.explain()) is not None:
        teller.tell_end(service, ended)
    return deploy


async def _cancel(here: Here, there: OnRender, services: Sequence[Service]) -> int:
    teller, found = _Teller(here, services), False
    for service in services:
        for deploy in under_way(await there.api.deploys(service)):
            found = True
            what = f"break off {deploy.id} ({deploy.status}, commit {deploy.commit[:7]})"
            agree(f"{what} of {service.name}, workspace {there.owner.name}", here.ask)
            canceled = await there.api.cancel_deploy(service, deploy.id)
            teller.tell(service, DeployChanged(canceled))
    if not found:
        here.terminal.aside("nothing is under way")
    return DONE


RENDER_DEPLOY = Command("render deploy", "deploy, follow, break off, go back", _options, _run)

"""`solofleet flower`: Flower for a project, until interrupted.

Its URL is given without user and password. Browsers take both from a URL, but then they stand in
the browser's arguments, which every process may read, and in its history. So they are shown beside
it, each by itself to be copied; to programs and files only with `--show-password`.
"""

import asyncio
import webbrowser
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.broker.builtin import free_port
from core.cli.app_calls import refuse_builtin
from core.cli.command import Command, Here
from core.cli.flower_printer import FlowerPrinter
from core.cli.interrupts import interrupts
from core.cli.options import Parser, add_project, number
from core.errors import INTERRUPTED, FleetError
from core.flower.access import find_access
from core.flower.choice import own_version, project_has_flower
from core.flower.health import lets_in
from core.flower.plan import PREFIX_VARIABLE, FlowerPlan, alone, in_project, read_prefix
from core.flower.port import choose_port, own_folder, remember_port
from core.flower.running import FlowerState, PortTaken, Stage, run_flower
from core.flower.watching import Sight, make_workers_seen
from core.jobs import job_group
from core.wishes import worker_spec
from core.workers.containment import Containment, make_containment


@dataclass(frozen=True, slots=True)
class Means:
    """What one run needs: how to plan it for a port, and the ways out.

    `port` is the one that was asked for. `remember` takes the port that it answers on.
    """

    plan: Callable[[int], Awaitable[FlowerPlan]]
    calls: Calls
    containment: Containment
    printer: FlowerPrinter
    port: int | None
    choose: Callable[[], int]
    remember: Callable[[int], None]
    open_browser: Callable[[str], bool] | None = None


class FlowerRun:
    """One run of Flower; `stop` ends it."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._stopped = asyncio.Event()
        self._sight: Sight | None = None

    def stop(self) -> None:
        """End it, however often that is said."""
        self._stopped.set()

    async def run(self) -> int:
        """Until stopped; the exit code. Raises FleetError when Flower ends by itself."""
        async with job_group() as jobs:
            serving = jobs.create_task(self._serve())
            await self._stopped.wait()
            serving.cancel()
        return INTERRUPTED

    async def _serve(self) -> None:
        try:
            await self._serve_on(self._means.port or self._means.choose())
        except PortTaken as error:
            if self._means.port is not None:
                raise
            self._means.printer.note(f"{error.what}: {error.why}; trying another one")
            await self._serve_on(free_port())

    async def _serve_on(self, port: int) -> None:
        plan = await self._means.plan(port)
        async with job_group() as jobs:

            def show(state: FlowerState) -> None:
                if state.stage is Stage.READY and self._sight is None:
                    self._sight = Sight()
                    jobs.create_task(self._greet(state))
                else:
                    self._means.printer.show(state, self._sight or Sight())

            await run_flower(plan, self._means.containment, show)

    async def _greet(self, state: FlowerState) -> None:
        """It serves for the first time: tell so once it also counts what the workers do."""
        means, plan = self._means, state.plan
        await asyncio.to_thread(means.remember, plan.port)
        try:
            self._sight = await make_workers_seen(plan, means.calls)
        except FleetError as error:
            means.printer.note(f"{error.what}: {error.why}")
        if not await lets_in(plan):
            means.printer.note("it asks for another login: a flowerconfig.py of the project's?")
        means.printer.show(state, self._sight or Sight())
        if means.open_browser and not await asyncio.to_thread(means.open_browser, plan.url):
            means.printer.note(f"no browser could be opened; go to {plan.url}")


def _options(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.add_argument(
        "--port",
        type=number(1, 65535),
        metavar="N",
        help="by default that of the last time, or 5555, or any that is free",
    )
    parser.add_argument("--url-prefix", metavar="P", help="serve it below http://HOST/P/")
    parser.add_argument(
        "--show-password", action="store_true", help="also where no person reads it, as in --json"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


async def _run(here: Here) -> int:
    typed, say = here.arguments, here.terminal.aside
    project, versions = await here.checked()
    refuse_builtin(project, here.wishes)
    in_users = project_has_flower(versions, project.interpreter)
    spec = worker_spec(project, here.wishes, here.environ, None)
    env = spec.environment()
    prefix = read_prefix(
        env.get(PREFIX_VARIABLE, "") if typed.url_prefix is None else typed.url_prefix
    )
    folder = await asyncio.to_thread(own_folder, project.name)
    access = await asyncio.to_thread(find_access, project.name, env)
    async with make_containment(say) as containment:
        host = Host(spec, containment)
        calls = Calls(host)

        async def plan(port: int) -> FlowerPlan:
            if in_users:
                return in_project(spec, access, port, prefix)
            return alone(spec, await calls.watched(), folder, access, port, prefix)

        if not in_users:
            say(
                f"{project.interpreter.path} has no Flower, so Solofleet's own runs: a"
                " flowerconfig.py of the project's, and its task formats, are not used"
            )
        printer = FlowerPrinter(
            here.terminal,
            app=project.app,
            version=versions.flower if in_users else own_version(),
            as_lines=typed.json,
            tells_password=typed.show_password or (here.terminal.person and not typed.json),
        )
        means = Means(
            plan=plan,
            calls=calls,
            containment=containment,
            printer=printer,
            port=typed.port,
            choose=lambda: choose_port(folder),
            remember=lambda port: remember_port(folder, port),
            open_browser=webbrowser.open if typed.open else None,
        )
        try:
            run = FlowerRun(means)
            here.terminal.on_broken = run.stop
            with interrupts(run.stop, run.stop):
                return await run.run()
        finally:
            await host.close()


FLOWER = Command("flower", "run Flower for a project", _options, _run)

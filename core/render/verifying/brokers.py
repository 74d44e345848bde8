"""What shows through two brokers: production's, and that of this machine."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.bridge.roll_call import Roll, call_roll
from core.bridge.workers import WorkerSeen, seen
from core.broker.address import read_address
from core.errors import FleetError
from core.project.opening import Project
from core.render.api.client import RenderApi
from core.render.api.refusal import NetworkLost, Refused
from core.render.verifying import delivery, judging
from core.render.verifying.errand import run_errand
from core.render.verifying.in_log import LOG_S, in_log
from core.render.verifying.production import Production, inner_names
from core.render.verifying.report import Errand, Finding, Notes, Sure
from core.render.verifying.standing import Standing
from core.secret import Secret
from core.wishes import Wishes, wants_builtin, worker_spec
from core.workers.containment import Containment
from core.workers.nearby import Nearby
from core.workers.spec import WorkerSpec

ANSWER_S: Final = 2.0
"""Brokers of production are far away."""
QUESTIONS: Final = ("stats", "active_queues", "registered")


class Brokers:
    """Asks through both, and sends the errand through production's.

    `shown` is that one without its password, `nodes` are who answered there and is not of this
    machine, `errand` is what was sent. `nearby` are the workers among this machine's processes; it
    blocks.
    """

    def __init__(
        self,
        project: Project,
        containment: Containment,
        environ: Mapping[str, str],
        notes: Notes,
        nearby: Callable[[], Sequence[Nearby]],
    ) -> None:
        self.shown = ""
        self.nodes: frozenset[str] = frozenset()
        self.errand: Errand | None = None
        self._project = project
        self._containment = containment
        self._local = worker_spec(project, Wishes(), environ, None)
        self._notes = notes
        self._nearby = nearby
        self._silent: list[WorkerSeen] = []
        self._at_home: frozenset[str] = frozenset()

    async def production(
        self,
        production: Production,
        standings: Sequence[Standing],
        api: RenderApi,
        patience_s: float,
    ) -> None:
        """Look at production's; `standings` are those of the worker services.

        What the app or the broker refuse is a finding. Raises FleetError where Render fails.
        """
        spec = replace(self._local, env=production.environment(self._local.env), broker={})
        host = Host(spec, self._containment)
        try:
            calls = Calls(host)
            if far := await self._who(calls, production, standings):
                await self._send(calls, spec, far, standings, api, patience_s)
        except (Refused, NetworkLost):
            raise
        except FleetError as error:
            fix = error.fix
            if inner_names(production):
                fix = "let this machine in: Render's dashboard, the Key Value, Access Control"
            self._notes.found(Finding("broker", Sure.FAILED, error.what, error.why, fix))
        finally:
            await host.close()

    async def _who(
        self, calls: Calls, production: Production, standings: Sequence[Standing]
    ) -> list[WorkerSeen]:
        """Those to whom the errand may go; nobody where a worker of this machine could take it."""
        self._notes.doing(f"asking who is on production's broker, by {production.source}")
        url = await calls.broker_url()
        if not production.is_of(url):
            raise astray(url, production)
        latency_ms = await calls.ping()
        self.shown = read_address(Secret(url)).shown
        what = f"production's broker answers: {self.shown}"
        self._notes.found(Finding("broker", Sure.PROVED, what, f"in {latency_ms:.0f} ms from here"))
        roll = await call_roll(calls, QUESTIONS, timeout_s=ANSWER_S)
        answering, silent = await self._seen(roll)
        self._silent = [each for each in silent if each.node not in self._at_home]
        here = [each for each in answering if each.where != "elsewhere"]
        far = [each for each in answering if each.where == "elsewhere"]
        self.nodes = frozenset(each.node for each in far)
        self._notes.found(judging.local_finding(here, self._silent))
        self._notes.found(*judging.online_findings(far, standings))
        if far:
            own = (await calls.settings())["tasks"]
            known = {node: roll.replies[node].get("registered") or () for node in self.nodes}
            self._notes.found(delivery.tasks_finding(own, known))
        return [] if here else far

    async def _send(
        self,
        calls: Calls,
        spec: WorkerSpec,
        far: Sequence[WorkerSeen],
        standings: Sequence[Standing],
        api: RenderApi,
        patience_s: float,
    ) -> None:
        results = (await calls.settings())["results"]
        keeps = bool(results["url"]) and not results["error"]
        taken = {queue for each in far for queue in each.queues or ()}
        before = await calls.queues(sorted(taken))
        queue = delivery.queue_for([each.queues or () for each in far], before.waiting)
        self._notes.doing(f"sending a task through the queue {queue}")
        errand = await run_errand(
            calls,
            spec,
            self._containment,
            [each.node for each in far],
            queue,
            patience_s=patience_s,
            keeps_results=keeps,
        )
        services = [each.service for each in standings if each.service is not None]
        telling = any(judging.tells_tasks(each) for each in services)
        if errand.ran:
            self._notes.doing("looking for it in the log on Render")
            errand = await in_log(api, errand, services, wait_s=LOG_S if telling else 0)
        self.errand = errand
        declared = (await calls.queues()).waiting
        after = await calls.queues(sorted({*taken, *declared}))
        self._notes.found(
            judging.ran_finding(errand, [*far, *self._silent], standings),
            delivery.log_finding(errand, telling),
            delivery.queues_finding(errand, before, after, taken),
            delivery.results_finding(errand, keeps, results["error"]),
        )

    async def _seen(self, roll: Roll) -> tuple[list[WorkerSeen], list[WorkerSeen]]:
        """Those that answer, and those of this machine that do not."""
        near = await asyncio.to_thread(self._nearby)
        workers = seen(roll, near, self._project, time.time())
        answering = [each for each in workers if each.node in roll.replies]
        return answering, [each for each in workers if each.node not in roll.replies]

    async def local(self, production: Production) -> None:
        """The other way round: workers of Render on the broker of this machine.

        Whoever of this machine answers there is not on production's: so this comes first.
        """
        if wants_builtin(self._project, Wishes()):
            what = "no worker on Render reaches the broker of this machine"
            why = "workers here get the built-in one, which listens on this machine alone"
            self._notes.found(Finding("render-workers", Sure.INFERRED, what, why))
            return
        self._notes.doing("asking who is on the broker of this machine")
        host = Host(self._local, self._containment)
        try:
            calls = Calls(host)
            url = await calls.broker_url()
            shown = read_address(Secret(url)).shown
            if production.addresses and production.is_of(url):
                self._notes.found(_same_broker(shown, production))
                return
            await calls.ping()
            answering, _ = await self._seen(await call_roll(calls, timeout_s=ANSWER_S))
            self._at_home = frozenset(each.node for each in answering)
            self._notes.found(judging.remote_finding(answering, shown))
        except FleetError as error:
            what = "whether a worker on Render takes from the broker of this machine"
            self._notes.found(
                Finding("render-workers", Sure.UNKNOWN, what, f"{error.what}: {error.why}")
            )
        finally:
            await host.close()


def astray(url: str, production: Production) -> FleetError:
    """The error for an app that has another broker than it was led to."""
    return FleetError(
        "the app cannot be led to production's broker from here",
        f"with the variables of {production.source} it still leads to {url}",
        "let the app take its broker from the environment, and call load_dotenv without override",
    )


def _same_broker(shown: str, production: Production) -> Finding:
    if production.of_env_file:
        what = "whether this machine and production have different brokers"
        why = "the address in .env was taken for production's"
        fix = "name production's: --broker-from render, or SOLOFLEET_PRODUCTION_BROKER"
        return Finding("render-workers", Sure.UNKNOWN, what, why, fix)
    what = f"this machine's own settings lead to production's broker, {shown}"
    why = "each worker that is started here takes production's tasks"
    return Finding("render-workers", Sure.FAILED, what, why, "write another address into .env")

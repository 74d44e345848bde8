"""What the lifecycle decides is carried out, on real processes that play workers."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from core.changes import Change, LogGrew, Said, WorkerChanged, WorkerRemoved
from core.jobs import job_group
from core.logs.intake import LogIntake
from core.logs.redact import Redactor
from core.tasks.facts import Settled
from core.tasks.ledger import Ledger
from core.tasks.task import TaskChanged
from core.workers.containment import make_containment
from core.workers.loss import Loss
from core.workers.means import Means
from core.workers.messages import RemoveAsked, RestartAsked, Rung, StartAsked, StopAsked
from core.workers.mode import Mode
from core.workers.phase import Phase, Worker
from core.workers.policy import Policy
from core.workers.process import Child
from core.workers.spec import WorkerSpec
from core.workers.supervisor import Supervisor
from tests.support.clock import MovedLoop, run_moved

if sys.platform == "win32":
    pytest.skip("its actor is started by a shebang", allow_module_level=True)

ACTOR = Path(__file__).parents[2] / "data" / "children" / "actor.py"
NODE = "w1@box"
HOUR_S = 3600.0
LIMIT_S = 20.0
QUICK = Policy(backoff_first_s=0.02, backoff_max_s=0.05)
OBEDIENT = ["ready", "stopped", "exit 0"]

pytestmark = pytest.mark.usefixtures("nothing_left")


@dataclass
class Fleet:
    """A supervisor, and all that it told."""

    supervisor: Supervisor
    ledger: Ledger
    jobs: asyncio.TaskGroup
    changes: list[Change] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    asked_plainly: list[str] = field(default_factory=list)
    ended: list[tuple[str, str]] = field(default_factory=list)
    running: dict[int, str] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def worker(self, name: str = NODE) -> Worker:
        return next(worker for worker in self.supervisor.workers if worker.name == name)

    def phases(self) -> list[Phase]:
        """What its one worker was seen as, one after the other."""
        seen = [c.worker.phase for c in self.changes if isinstance(c, WorkerChanged)]
        return [phase for at, phase in enumerate(seen) if at == 0 or seen[at - 1] is not phase]

    def said(self) -> list[str]:
        return [change.text for change in self.changes if isinstance(change, Said)]

    def log(self, name: str = NODE) -> list[str]:
        store = self.supervisor.log(name)
        return store.slice(store.first, store.end)

    async def until(self, holds: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while not holds():
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            pytest.fail(f"never came; {self.supervisor.workers} {self.said()}")

    async def until_phase(self, phase: Phase, name: str = NODE) -> None:
        await self.until(lambda: self.worker(name).phase is phase)

    async def until_rest(self) -> None:
        await self.until(lambda: self.supervisor.resting)

    async def start(self, phase: Phase = Phase.READY) -> None:
        self.supervisor.tell(NODE, StartAsked())
        await self.until_phase(phase)


Open = Callable[..., "asynccontextmanager[Fleet]"]


@pytest.fixture
def fleet(tmp_path: Path) -> Open:
    """Opens a supervisor of one worker that plays these acts, run by run; the last one again."""
    actor = tmp_path / "python"
    actor.write_text(f"#!{sys.executable} -S\n{ACTOR.read_text()}")
    actor.chmod(0o755)

    @asynccontextmanager
    async def opened(
        *acts: list[str],
        policy: Policy = QUICK,
        python: Path = actor,
        plain: bool = False,
        settle: Callable[[Fleet, Loss], object] = lambda fleet, loss: None,
    ) -> AsyncIterator[Fleet]:
        env = {"ACTS": json.dumps(acts), "COUNTS": str(tmp_path)}
        spec = WorkerSpec(python, "app", tmp_path, env | ({"PLAIN": "1"} if plain else {}))
        ledger = Ledger()
        async with make_containment() as containment, job_group() as jobs:

            def publish(change: Change) -> None:
                fleet.changes.append(change)
                fleet.news.set()

            async def settle_loss(loss: Loss) -> None:
                fleet.losses.append(loss)
                settle(fleet, loss)

            async def ask_plain(name: str) -> None:
                fleet.asked_plainly.append(name)
                os.kill(fleet.worker(name).pid or 0, signal.SIGINT)

            def born(child: Child) -> None:
                fleet.running[child.pid] = child.title

            def gone(pid: int) -> None:
                del fleet.running[pid]

            means = Means(
                spec=replace(spec, mode=Mode.PLAIN if plain else Mode.FLEET),
                policy=policy,
                containment=containment,
                jobs=jobs,
                ledger=ledger,
                publish=publish,
                open_log=lambda name, run, store: LogIntake(store, None, Redactor()),
                mask=lambda secrets: None,
                settle=settle_loss,
                ask_plain=ask_plain,
                born=born,
                gone=gone,
                ended=lambda name, fact: fleet.ended.append((name, fact.id)),
                wake=lambda: fleet.news.set(),
            )
            fleet = Fleet(Supervisor(means), ledger, jobs)
            fleet.supervisor.add(NODE)
            try:
                yield fleet
                fleet.supervisor.tell(NODE, StopAsked(Rung.KILL))
                await fleet.until_rest()
                assert not fleet.running
            finally:
                fleet.supervisor.close()

    return opened


async def test_a_worker_is_started_greeted_and_heard(fleet: Open) -> None:
    async with fleet(["log hello", "ready", "take a", "begin a", "end a", "hang"]) as own:
        own.ledger.sent(["a"], "shop.add", 0.0)
        await own.start()
        await own.until(lambda: own.ledger.counts.totals().succeeded == 1)
        assert own.said() == [f"node {NODE}"]
        assert own.log() == ["hello"]
        assert own.running == {own.worker().pid: NODE}
        states = [change.state for change in own.changes if isinstance(change, TaskChanged)]
        assert states == ["received", "started", "succeeded"]
        assert any(isinstance(change, LogGrew) for change in own.changes)
        assert not own.supervisor.resting


async def test_the_ends_of_tasks_and_the_roots_of_workers_are_there_for_a_meter(
    fleet: Open,
) -> None:
    async with fleet(["ready", "take a", "begin a", "end a", "hang"]) as own:
        await own.start()
        await own.until(lambda: own.ended)
        assert own.ended == [(NODE, "a")]
        assert list(own.supervisor.roots) == [NODE]


async def test_a_worker_that_is_asked_to_stop_leaves_in_order(fleet: Open) -> None:
    async with fleet(OBEDIENT) as own:
        await own.start()
        own.supervisor.tell(NODE, StopAsked())
        await own.until_rest()
        assert own.phases() == [Phase.STARTING, Phase.READY, Phase.STOPPING, Phase.EXITED]
        assert (own.worker().exit, own.losses, own.running) == (0, [], {})


async def test_a_worker_that_does_not_leave_within_the_grace_is_killed(fleet: Open) -> None:
    async with fleet(["ready", "hang"], policy=Policy(grace_s=0.05)) as own:
        await own.start()
        own.supervisor.tell(NODE, StopAsked())
        await own.until_phase(Phase.EXITED)
        assert own.worker().exit == -signal.SIGKILL


async def test_a_crash_is_settled_with_all_that_was_held_and_the_next_run_follows(
    fleet: Open,
) -> None:
    acts = ["ready", "take a", "take b", "begin b", "exit 3"], OBEDIENT
    async with fleet(*acts) as own:
        own.ledger.sent(["a", "b"], "shop.add", 0.0)
        await own.start()
        await own.until(lambda: own.worker().run == 2 and own.worker().phase is Phase.READY)
        (loss,) = own.losses
        assert (loss.worker, loss.run, loss.exit) == (NODE, 1, 3)
        assert [(held.id, held.tag, held.running) for held in loss.held] == [
            ("a", "tag-a", False),
            ("b", "tag-b", True),
        ]
        assert loss.told_at is not None and loss.told_at <= loss.ended_at
        assert Phase.BACKOFF in own.phases()
        assert (own.worker().restarts, own.worker().exit) == (1, 3)


async def test_a_crash_that_held_nothing_is_settled_too_for_what_it_could_not_tell(
    fleet: Open,
) -> None:
    async with fleet(["ready", "die"], OBEDIENT) as own:
        await own.start()
        await own.until(lambda: own.worker().run == 2 and own.worker().phase is Phase.READY)
        (loss,) = own.losses
        assert (loss.held, loss.exit) == ((), -signal.SIGKILL)


async def test_a_worker_that_is_faster_than_its_spawn_is_known_to_be_gone(fleet: Open) -> None:
    async with fleet(["early 3"], policy=Policy(backoff_first_s=0.01, fatal_after=2)) as own:
        own.supervisor.tell(NODE, StartAsked())
        await own.until_phase(Phase.FATAL)
        await own.until_rest()
        assert (own.worker().run, own.losses, own.running) == (2, [], {})


async def test_a_kill_before_there_is_a_process_ends_it_as_soon_as_it_is_born(fleet: Open) -> None:
    async with fleet(OBEDIENT) as own:
        own.supervisor.tell(NODE, StartAsked())
        own.supervisor.tell(NODE, StopAsked(Rung.KILL))
        assert not own.supervisor.resting
        await own.until_rest()
        assert own.worker().phase is Phase.EXITED
        assert own.worker().exit == -signal.SIGKILL


async def test_what_cannot_be_spawned_is_told_with_the_reason(fleet: Open, tmp_path: Path) -> None:
    policy = Policy(backoff_first_s=0.01, fatal_after=2)
    async with fleet(OBEDIENT, python=tmp_path / "no-python", policy=policy) as own:
        own.supervisor.tell(NODE, StartAsked())
        await own.until_phase(Phase.FATAL)
        assert "there is no program" in own.worker().evidence
        await own.until_rest()


async def test_a_restart_gives_a_new_process_under_the_same_name(fleet: Open) -> None:
    async with fleet(OBEDIENT) as own:
        await own.start()
        pid = own.worker().pid
        own.supervisor.tell(NODE, RestartAsked())
        await own.until(lambda: own.worker().run == 2 and own.worker().phase is Phase.READY)
        assert own.worker().pid != pid
        assert own.worker().restarts == 1


async def test_a_note_is_told_once_in_the_fleet(fleet: Open) -> None:
    async with fleet(OBEDIENT) as own:
        await own.start()
        own.supervisor.tell(NODE, RestartAsked())
        await own.until(lambda: own.worker().run == 2 and own.worker().phase is Phase.READY)
        assert own.said() == [f"node {NODE}"]


async def test_a_fleet_is_idle_while_every_worker_waits_for_tasks(fleet: Open) -> None:
    act = ["ready", "stopped", "take a", "begin a", "end a", "hang"]
    async with fleet(act) as own:
        assert own.supervisor.idle() is None
        await own.start()
        before = own.supervisor.idle()
        assert before is not None
        assert own.supervisor.idle() == before
        own.supervisor._runs[NODE].child.send(b"go on\n")
        await own.until(lambda: own.ledger.counts.worker(NODE).succeeded)
        assert own.supervisor.idle() != before


async def test_a_removed_worker_is_forgotten_but_for_its_log(fleet: Open) -> None:
    async with fleet(["log once", *OBEDIENT]) as own:
        await own.start()
        own.supervisor.tell(NODE, RemoveAsked())
        await own.until_rest()
        assert own.changes[-1] == WorkerRemoved(NODE)
        assert own.supervisor.workers == ()
        assert own.log() == ["once"]
        assert list(own.supervisor.logs) == [NODE]
        own.supervisor.tell(NODE, StartAsked())
        assert own.supervisor.resting


async def test_a_worker_that_comes_back_is_counted_on(fleet: Open) -> None:
    act = ["ready", "take a", "begin a", "end a", "stopped", "exit 0"]
    second = [step.replace(" a", " b") for step in act]
    async with fleet(act, second) as own:
        own.ledger.sent(["a", "b"], "shop.add", 0.0)
        await own.start()
        await own.until(lambda: own.ledger.counts.totals().succeeded == 1)
        own.supervisor.tell(NODE, RemoveAsked())
        await own.until_rest()
        own.supervisor.add(NODE)
        await own.start()
        await own.until(lambda: own.ledger.counts.totals().succeeded == 2)
        assert (own.worker().run, own.worker().restarts) == (2, 0)


async def test_a_plain_worker_is_asked_by_other_means_and_its_output_is_its_log(
    fleet: Open,
) -> None:
    async with fleet(["raw on stdout", "log on stderr", "hang"], plain=True) as own:
        own.supervisor.tell(NODE, StartAsked())
        await own.until(lambda: len(own.log()) == 2)
        assert own.log() == ["on stdout", "on stderr"]
        own.supervisor.tell(NODE, StopAsked())
        await own.until_rest()
        assert own.asked_plainly == [NODE]
        assert own.worker().exit == -signal.SIGINT


async def test_what_others_found_out_is_entered_like_what_a_worker_said(fleet: Open) -> None:
    def settle(own: Fleet, loss: Loss) -> None:
        for held in loss.held:
            fact = Settled(0.0, held.id, held.name, "failed", loss.why)
            own.supervisor.fact(loss.worker, loss.run, fact)

    async with fleet(["ready", "take a", "begin a", "die"], OBEDIENT, settle=settle) as own:
        own.ledger.sent(["a"], "shop.add", 0.0)
        await own.start()
        await own.until(lambda: own.ledger.counts.totals().failed == 1)
        task = own.ledger.task("a")
        assert task is not None and "SIGKILL" in (task.error or "")


async def test_a_job_that_fails_ends_all_and_comes_out_as_it_was_raised(fleet: Open) -> None:
    def settle(own: Fleet, loss: Loss) -> None:
        raise ValueError("a bug of ours")

    with pytest.raises(ValueError, match="a bug of ours"):
        async with fleet(["ready", "die"], ["ready", "hang"], settle=settle) as own:
            await own.start()
            await own.until(lambda: False)
    assert own.supervisor.resting
    assert not own.running


async def test_workers_of_another_group_are_run_by_their_own_spec(fleet: Open) -> None:
    """Only workers of one group are alike: they share out rate limits, and have one spare."""
    async with fleet(["ready", "hang"]) as own:
        spec = own.supervisor._means.spec
        other = replace(spec, env={**spec.env, "ACTS": json.dumps([["log other", *OBEDIENT]])})
        for name in ("o1@box", "o2@box"):
            own.supervisor.add(name, other)
        await own.start()
        own.supervisor.tell("o2@box", StartAsked())
        await own.until(lambda: own.log("o2@box") == ["other"])
        assert own.log() == []
        assert own.supervisor._alike("o2@box") == ["o1@box", "o2@box"]
        assert own.supervisor._alike(NODE) == [NODE]
        own.supervisor.tell("o2@box", StopAsked(Rung.KILL))


async def test_a_job_that_is_cancelled_takes_its_process_along(fleet: Open) -> None:
    with pytest.raises(asyncio.CancelledError):
        async with fleet(["ready", "hang"]) as own:
            await own.start()
            raise asyncio.CancelledError
    assert not own.running


# --- A laptop that sleeps ---


def test_a_worker_that_stops_keeps_its_grace_over_a_sleep_of_an_hour(fleet: Open) -> None:
    async def main(loop: MovedLoop) -> None:
        async with fleet(["ready", "take a", "begin a", "stopped", "hang"]) as own:
            await own.start(Phase.BUSY)
            own.supervisor.tell(NODE, StopAsked())
            await loop.sleep_machine(HOUR_S)
            assert any("slept for 360" in text for text in own.said())
            await loop.pass_time(25)
            assert (own.worker().phase, own.worker().run) == (Phase.STOPPING, 1)
            assert own.running
            await loop.pass_time(8)
            await own.until_phase(Phase.EXITED)
            assert own.worker().exit == -signal.SIGKILL

    run_moved(main)


def test_a_busy_worker_is_not_suspect_because_of_a_sleep(fleet: Open) -> None:
    async def main(loop: MovedLoop) -> None:
        async with fleet(["ready", "take a", "begin a", "hang"]) as own:
            await own.start(Phase.BUSY)
            await loop.sleep_machine(HOUR_S)
            await loop.pass_time(50)
            assert own.worker().phase is Phase.BUSY
            await loop.pass_time(15)
            assert (own.worker().phase, own.worker().run) == (Phase.SUSPECT, 1)

    run_moved(main)


def test_a_worker_that_crashed_waits_its_time_after_a_sleep(fleet: Open) -> None:
    async def main(loop: MovedLoop) -> None:
        async with fleet(["ready", "exit 3"], OBEDIENT, policy=Policy(backoff_first_s=10)) as own:
            await own.start(Phase.BACKOFF)
            await loop.sleep_machine(HOUR_S)
            await loop.pass_time(8)
            assert own.worker().phase is Phase.BACKOFF
            await loop.pass_time(5)
            await own.until_phase(Phase.READY)

    run_moved(main)

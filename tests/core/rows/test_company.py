"""Rows on real processes."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.broker.builtin import free_port
from core.changes import Change, RowChanged, Said
from core.jobs import job_group
from core.logs.intake import log_opener
from core.logs.redact import Redactor
from core.rows.company import Company
from core.rows.readiness import LineMatches, PortListens, UpFor
from core.rows.row import RowSpec
from core.secret import Secret
from core.tasks.ledger import Ledger
from core.workers.containment import make_containment
from core.workers.means import Means
from core.workers.messages import RestartAsked, Rung, StartAsked, StopAsked
from core.workers.phase import Phase, Stage, Worker
from core.workers.policy import Policy
from core.workers.spec import WorkerSpec
from tests.support.waiting import wait_until

LIMIT_S = 30.0
CHILDREN = Path(__file__).parents[2] / "data" / "children"
STAYS = "import time; print('up', flush=True); time.sleep(1000)"
SAYS_UP = LineMatches(re.compile("^up$"))


class Played:
    """A company, and all that it told."""

    company: Company

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.fleet: list[Worker] = []
        self.pids: set[int] = set()
        self.news = asyncio.Event()

    def row(self, name: str = "web") -> Worker:
        return next(row for row in self.company.rows if row.name == name)

    def phases(self, name: str = "web") -> list[str]:
        seen = [
            change.row.phase.value
            for change in self.changes
            if isinstance(change, RowChanged) and change.row.name == name
        ]
        return [phase for at, phase in enumerate(seen) if at == 0 or seen[at - 1] != phase]

    def said(self) -> list[str]:
        return [change.text for change in self.changes if isinstance(change, Said)]

    def log(self, name: str = "web") -> list[str]:
        store = self.company.log(name)
        return store.slice(store.first, store.end)

    def publish(self, change: Change) -> None:
        self.changes.append(change)
        if isinstance(change, RowChanged):
            self.company.proceed()
        self.news.set()

    async def until(self, holds: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while not holds():
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            pytest.fail(f"never came; {self.company.rows} {self.said()}")

    async def start(self, phase: Phase = Phase.READY) -> None:
        self.company.ask(None, StartAsked())
        await self.until(lambda: all(row.phase is phase for row in self.company.rows))

    async def stop(self, rung: Rung = Rung.WARM) -> None:
        self.company.ask(None, StopAsked(rung))
        await self.until(lambda: self.company.resting)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


@asynccontextmanager
async def company(*rows: RowSpec) -> AsyncIterator[Played]:
    played = Played()
    redactor = Redactor.of({}, [secret for row in rows for secret in row.secrets])
    async with make_containment() as containment, job_group() as jobs:
        means = Means(
            spec=WorkerSpec(Path(sys.executable), "app", Path.cwd(), dict(os.environ)),
            policy=Policy(),
            containment=containment,
            jobs=jobs,
            ledger=Ledger(),
            publish=played.publish,
            open_log=log_opener("p", redactor, lambda text: None),
            mask=redactor.learn,
            settle=_never,
            ask_plain=_never,
            born=lambda child: played.pids.add(child.pid),
            gone=played.pids.discard,
            ended=lambda name, fact: None,
            wake=played.news.set,
        )
        played.company = Company(rows, means, Path.cwd(), lambda: played.fleet)
        try:
            yield played
        finally:
            await played.stop(Rung.KILL)
            played.company.close()
    assert not played.pids


async def _never(what: Any) -> None:
    raise AssertionError(f"a row has no {what}")


def row(program: str = STAYS, name: str = "web", **fields: Any) -> RowSpec:
    fields.setdefault("ready", SAYS_UP)
    code = (str(CHILDREN / program),) if program.endswith(".py") else ("-c", program)
    return RowSpec(name, ("python", "-u", *code), Path.cwd(), **fields)


async def test_a_row_is_ready_when_its_log_says_so_and_stops_when_asked() -> None:
    async with company(row()) as played:
        await played.start()
        assert played.row().evidence == "said: up"
        await played.stop()
        assert played.phases() == ["starting", "ready", "stopping", "exited"]
        assert played.log()[0] == "up"


async def test_a_row_that_comes_later_is_started_like_the_others_and_its_secrets_are_masked() -> (
    None
):
    program = "import sys; print(sys.stdin.read()); print('up', flush=True)\nwhile True: pass"
    later = row(program, "late", first_words=b"the password is k2JdQ7xw", restart=False)
    async with company() as played:
        played.company.add(later, ["k2JdQ7xw"])
        assert played.company.rows[0].phase is Phase.STOPPED
        played.company.ask("late", StartAsked())
        await played.until(lambda: played.company.rows[0].phase is Phase.READY)
        assert played.log("late")[0] == "the password is ***"
        await played.stop()


async def test_a_row_that_has_ended_may_be_another_one_and_keeps_its_log() -> None:
    async with company(row()) as played:
        await played.start()
        await played.stop()
        played.company.add(row("print('another'); print('up', flush=True); input()", restart=False))
        played.company.ask("web", StartAsked())
        await played.until(lambda: "another" in played.log())
        assert played.log()[0] == "up"


async def test_an_environment_that_is_whole_has_nothing_of_the_projects() -> None:
    program = "import os; print(sorted(os.environ)); print('up', flush=True); input()"
    kept = {"ONLY": "1"}
    if sys.platform == "win32":
        kept["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    async with company(row(program, env=kept, whole_env=True, restart=False)) as played:
        played.company.ask(None, StartAsked())
        await played.until(lambda: "up" in played.log())
        assert "'ONLY'" in played.log()[0]
        assert "PATH" not in played.log()[0]


async def test_output_keeps_its_order_and_comes_at_once_in_utf_8() -> None:
    program = "import sys; print('ö'); print('ü', file=sys.stderr); print('up'); input()"
    async with company(row(program, restart=False)) as played:
        played.company.ask("web", StartAsked())
        await played.until(lambda: played.row().phase is Phase.CRASHED)  # there is no input
        assert played.log()[:3] == ["ö", "ü", "up"]


async def test_a_row_is_ready_when_its_port_listens() -> None:
    port = free_port()
    program = (
        f"import socket, time; print('up', flush=True)\n"
        f"with socket.create_server(('127.0.0.1', {port})): time.sleep(1000)"
    )
    async with company(row(program, ready=PortListens(port))) as played:
        await played.start()
        assert played.row().evidence == f"port {port} listens"


async def test_a_port_that_somebody_else_has_is_told_with_his_process() -> None:
    port = free_port()
    serves = (
        f"import socket, time\n"
        f"with socket.create_server(('127.0.0.1', {port})): print('up', flush=True); time.sleep(99)"
    )
    async with company(row(serves, "other"), row(ready=PortListens(port), restart=False)) as played:
        played.company.ask("other", StartAsked())
        await played.until(lambda: played.row("other").phase is Phase.READY)
        played.company.ask("web", StartAsked())
        await played.until(lambda: played.row().phase is Phase.CRASHED)
        assert f"port {port} is in use by" in played.row().why
        assert played.row().pid is None


async def test_a_row_that_crashes_is_tried_again_and_given_up_in_the_end() -> None:
    async with company(row("raise SystemExit(3)", ready=UpFor(60))) as played:
        played.company.ask("web", StartAsked())
        await played.until(lambda: played.row().phase is Phase.BACKOFF)
        assert "try 1 in 1 s" in played.said()[0]
        assert "code 3" in played.said()[0]
        for _ in range(3):
            played.company.ask("web", RestartAsked())
            await played.until(lambda: played.row().phase in (Phase.BACKOFF, Phase.FATAL))
        assert played.row().restarts == 3


async def test_a_program_that_is_not_there_is_an_error_in_three_parts() -> None:
    nowhere = RowSpec("web", ("nowhere-at-all",), Path.cwd(), restart=False)
    async with company(nowhere) as played:
        await played.start(Phase.CRASHED)
        assert "there is no program nowhere-at-all" in played.row().why


async def test_a_restart_gives_a_new_process() -> None:
    async with company(row()) as played:
        await played.start()
        first = played.row().pid
        played.company.ask("web", RestartAsked(patient=True))
        await played.until(lambda: played.row().run == 2 and played.row().phase is Phase.READY)
        assert played.row().pid != first
        assert played.row().restarts == 1


async def test_rows_start_in_turn_each_when_the_former_is_ready() -> None:
    rows = (row(name="beat", after=("workers",)), row(after=("workers", "beat")))
    async with company(*rows) as played:
        played.fleet = [Worker("w1@box", Stage.STARTING)]
        played.company.ask(None, StartAsked())
        assert [each.phase for each in played.company.rows] == [Phase.STOPPED] * 2
        assert not played.company.resting
        played.fleet = [Worker("w1@box", Stage.UP)]
        played.company.proceed()
        assert [each.phase for each in played.company.rows] == [Phase.STARTING, Phase.STOPPED]
        await played.until(lambda: played.row().phase is Phase.READY)
        beat_ready = next(
            index
            for index, change in enumerate(played.changes)
            if isinstance(change, RowChanged)
            and (change.row.name, change.row.phase) == ("beat", Phase.READY)
        )
        web = [
            i
            for i, c in enumerate(played.changes)
            if isinstance(c, RowChanged) and c.row.name == "web"
        ]
        assert min(web) > beat_ready


async def test_a_row_is_not_started_without_the_one_that_it_names() -> None:
    rows = (row("exit(1)", "db", ready=UpFor(60), restart=False), row(after=("db",), strict=True))
    async with company(*rows) as played:
        played.company.ask(None, StartAsked())
        await played.until(lambda: played.company.resting)
        assert "is not started: it waits for db, which does not come up" in played.said()
        assert played.row().phase is Phase.STOPPED


async def test_the_usual_order_is_no_condition() -> None:
    rows = (row("exit(1)", "beat", ready=UpFor(60), restart=False), row(after=("beat",)))
    async with company(*rows) as played:
        played.company.ask(None, StartAsked())
        await played.until(lambda: played.row().phase is Phase.READY)


async def test_a_stop_takes_the_turn_from_those_who_wait() -> None:
    async with company(row(after=("workers",))) as played:
        played.fleet = [Worker("w1@box", Stage.STARTING)]
        played.company.ask(None, StartAsked())
        await played.stop()
        played.fleet = [Worker("w1@box", Stage.UP)]
        played.company.proceed()
        assert played.row().phase is Phase.STOPPED


async def test_a_row_that_ignores_signals_is_killed_with_its_descendants_after_the_grace() -> None:
    program = (
        f"import runpy, signal, sys\n"
        f"for n in ('SIGTERM', 'SIGINT', 'SIGBREAK'):\n"
        f"    if hasattr(signal, n): signal.signal(getattr(signal, n), signal.SIG_IGN)\n"
        f"sys.argv = ['family.py', '2', 'strays']\n"
        f"runpy.run_path({str(CHILDREN / 'family.py')!r}, run_name='__main__')"
    )
    async with company(
        row(program, ready=LineMatches(re.compile(r"\d+ \d+ \d+")), grace_s=0.3)
    ) as played:
        await played.start()
        pids = [int(word) for word in played.log()[-1].split()]
        assert len(pids) == 3
        await played.stop()
        wait_until(lambda: not any(map(_lives, pids)), 5, "the family to end")
        assert any("not gone after 0.3 s: killed" in text for text in played.said())


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_a_stop_now_is_a_kill() -> None:
    async with company(row("stubborn.py", ready=LineMatches(re.compile(r"\d+")))) as played:
        await played.start()
        await played.stop(Rung.COLD)
        assert played.row().phase is Phase.EXITED


async def test_secrets_of_a_row_reach_it_and_do_not_show() -> None:
    program = "import os; print(os.environ['LOGIN'], flush=True); print('up', flush=True); input()"
    env = {"LOGIN": Secret("admin:much-too-open")}
    async with company(row(program, env=env, restart=False)) as played:
        played.company.ask("web", StartAsked())
        await played.until(lambda: played.log())
        assert played.log()[0] == "***"


async def test_everybody_is_the_fleet_and_the_rows() -> None:
    async with company(row(reload=True), row(name="other")) as played:
        played.fleet = [Worker("w1@box")]
        assert [each.name for each in played.company.everybody()] == ["w1@box", "web", "other"]
        assert [each.name for each in played.company.reloading()] == ["web"]
        assert "web" in played.company
        assert "w1@box" not in played.company
        with pytest.raises(KeyError):
            played.company.log("w1@box")


if sys.platform != "win32":

    async def test_the_signal_that_a_row_wants_is_the_one_it_gets() -> None:
        program = (
            "import signal, time\n"
            "signal.signal(signal.SIGINT, lambda *_: (print('INT'), exit(0)))\n"
            "print('up'); time.sleep(1000)"
        )
        async with company(row(program, stop_signal="INT")) as played:
            await played.start()
            await played.stop()
            assert played.log()[-1] == "INT"
            assert played.row().exit == 0

    async def test_who_was_ended_by_our_signal_ended_as_asked() -> None:
        async with company(row()) as played:
            await played.start()
            await played.stop()
            assert (played.row().why, played.row().exit) == ("ended as asked", -signal.SIGTERM)

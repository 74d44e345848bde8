"""One process answers calls, and is replaced when it cannot any more."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import psutil
import pytest

from core.bridge.host import START_S, Host, NoAnswer
from core.errors import UNAVAILABLE, FleetError
from core.workers.containment import make_containment
from core.workers.spec import WorkerSpec
from tests.support.clock import MovedLoop, run_moved

if sys.platform == "win32":
    pytest.skip("its actor is started by a shebang", allow_module_level=True)

ANSWERER = Path(__file__).parents[2] / "data" / "children" / "answerer.py"
LONG_S = 30.0
MOMENT_S = 0.05

Open = Callable[..., AbstractAsyncContextManager[Host]]


@pytest.fixture
def host(tmp_path: Path) -> Open:
    """Opens a host whose process begins as `start` says."""
    answerer = tmp_path / "python"
    answerer.write_text(f"#!{sys.executable} -S\n{ANSWERER.read_text()}")
    answerer.chmod(0o755)

    @asynccontextmanager
    async def opened(start: str = "well", python: Path = answerer) -> AsyncIterator[Host]:
        before = set(psutil.Process().children())
        spec = WorkerSpec(python, "shop", tmp_path, {"START": start})
        async with make_containment() as containment:
            host = Host(spec, containment)
            try:
                yield host
            finally:
                await host.close()
        assert set(psutil.Process().children()) <= before

    return opened


async def pid_of(host: Host) -> int:
    return (await host.call("echo", deadline_s=LONG_S))["pid"]


async def test_a_call_is_answered_and_the_next_one_by_the_same_process(host: Open) -> None:
    async with host() as own:
        answer = await own.call("echo", deadline_s=LONG_S, text="Zürich")
        assert answer["text"] == "Zürich"
        assert await pid_of(own) == answer["pid"]


async def test_calls_at_once_get_each_its_own_answer(host: Open) -> None:
    async with host() as own, asyncio.TaskGroup() as group:
        jobs = [
            group.create_task(own.call("echo", deadline_s=LONG_S, number=number, fill="x" * 9000))
            for number in range(40)
        ]
        for number, job in enumerate(jobs):
            assert (await job)["number"] == number


async def test_a_failed_operation_is_an_error_without_secrets_and_the_process_goes_on(
    host: Open,
) -> None:
    async with host() as own:
        pid = await pid_of(own)
        with pytest.raises(FleetError) as failed:
            await own.call("fail", deadline_s=LONG_S)
        assert not isinstance(failed.value, NoAnswer)
        assert (failed.value.what, failed.value.exit_code) == ("fail failed", UNAVAILABLE)
        assert failed.value.why == "redis://me:***@box refused"
        assert await pid_of(own) == pid


async def test_an_app_that_cannot_be_imported_is_the_answer_to_every_call(host: Open) -> None:
    async with host("refuse") as own:
        for _ in range(2):
            with pytest.raises(FleetError, match="shop cannot be imported"):
                await own.call("echo", deadline_s=LONG_S)


async def test_an_app_whose_import_ends_the_process_is_no_call_that_went_out(host: Open) -> None:
    async with host("die") as own:
        with pytest.raises(FleetError, match="importing shop ended") as died:
            await own.call("echo", deadline_s=LONG_S)
        assert not isinstance(died.value, NoAnswer)
        assert "hunter2" not in str(died.value)


async def test_what_the_interpreter_says_by_itself_is_no_answer(host: Open) -> None:
    async with host("noise") as own:
        assert await pid_of(own)


async def test_an_app_that_has_changed_is_read_by_another_process(host: Open) -> None:
    async with host() as own:
        await own.renew()  # there is none yet
        pid = await pid_of(own)
        await own.renew()
        assert not psutil.pid_exists(pid)
        assert await pid_of(own) != pid


async def test_a_process_that_dies_in_mid_call_gives_no_answer_and_is_replaced(host: Open) -> None:
    async with host() as own:
        pid = await pid_of(own)
        with pytest.raises(NoAnswer, match="ended the interpreter") as died:
            await own.call("die", deadline_s=LONG_S)
        assert "the module requests is not installed" in died.value.why
        assert await pid_of(own) != pid


async def test_a_call_that_takes_too_long_gives_no_answer_and_the_next_one_is_answered(
    host: Open,
) -> None:
    async with host() as own:
        pid = await pid_of(own)
        with pytest.raises(NoAnswer, match=f"within {MOMENT_S} s"):
            await own.call("hang", deadline_s=MOMENT_S)
        assert await pid_of(own) != pid


async def test_a_call_that_is_cancelled_leaves_no_answer_to_the_next_one(host: Open) -> None:
    async with host() as own:
        pid = await pid_of(own)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(MOMENT_S):
                await own.call("hang", deadline_s=LONG_S)
        assert await pid_of(own) != pid


async def test_an_interpreter_that_is_not_there_is_an_error_each_time(
    host: Open, tmp_path: Path
) -> None:
    async with host(python=tmp_path / "none") as own:
        for _ in range(2):
            with pytest.raises(FleetError, match="could not be started"):
                await own.call("echo", deadline_s=LONG_S)


async def test_the_end_of_the_host_is_the_answer_to_who_waits(host: Open) -> None:
    async with host() as own:
        await pid_of(own)
        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(_failure(own, "hang"))
            await asyncio.sleep(0)
            await own.close()
        assert isinstance(waiting.result(), NoAnswer)


async def test_a_closed_host_starts_nothing(host: Open) -> None:
    async with host() as own:
        await own.close()
        assert "closed" in (await _failure(own, "echo")).why


async def test_a_host_that_is_closed_while_it_starts_leaves_nothing(host: Open) -> None:
    async with host() as own, asyncio.TaskGroup() as group:
        waiting = group.create_task(_failure(own, "echo"))
        await asyncio.sleep(0)
        await own.close()
        assert "importing shop was given up" in (await waiting).what


async def _failure(host: Host, kind: str) -> FleetError:
    with pytest.raises(FleetError) as failed:
        await host.call(kind, deadline_s=LONG_S)
    return failed.value


def test_a_call_may_be_answered_after_a_sleep_of_an_hour(host: Open) -> None:
    async def main(loop: MovedLoop) -> None:
        async with host() as own, asyncio.TaskGroup() as group:
            await pid_of(own)
            waiting = group.create_task(own.call("echo", deadline_s=LONG_S))
            await asyncio.sleep(0)
            await loop.sleep_machine(3600)
            await waiting

    run_moved(main)


def test_an_import_that_hangs_is_given_up(host: Open) -> None:
    async def main(loop: MovedLoop) -> None:
        async with host("hang") as own, asyncio.TaskGroup() as group:
            waiting = group.create_task(_failure(own, "echo"))
            while not waiting.done():
                await loop.pass_time(START_S)
            assert "the app hangs in its import" in waiting.result().why

    run_moved(main)

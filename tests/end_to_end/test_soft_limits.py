"""A soft time limit that strikes at the worst moments breaks nothing."""

import asyncio

from core.workers.phase import Phase
from tests.support.broker import Server
from tests.support.fleets import Fleet, fleet

LIMIT_S = 0.05  # of tasky.near_the_limit
TASKS = 2000


async def all_ended(own: Fleet) -> None:
    async with asyncio.timeout(100):
        await own.session.until(lambda: own.totals.waiting + own.totals.running == 0)


async def test_two_thousand_tasks_that_end_at_their_limit_leave_nothing_broken(
    server: Server,
) -> None:
    """Each wakes within 2 ms of its limit, and then logs, locks and talks to the broker."""
    async with fleet(server.url, 4) as own:
        await own.start()
        pids = {short: own.pid(short) for short in own.workers}
        ids: list[str] = []
        for late_by_ms in (-2, -1, 0, 1, 2):
            sleep_s = LIMIT_S + late_by_ms / 1000
            ids += await own.send("near_the_limit", sleep_s, count=TASKS // 5)
        await all_ended(own)
        errors = {own.task(task_id).error for task_id in ids} - {None}
        assert errors == {"SoftTimeLimitExceeded()"}
        assert own.totals.succeeded + own.totals.failed == TASKS
        assert own.totals.succeeded > 0

        locked = await own.send("locked", count=40)
        await all_ended(own)
        assert {own.task(task_id).result for task_id in locked} == {"False"}
        assert {short: own.pid(short) for short in own.workers} == pids
        await own.until_phase(Phase.READY)
        for short in own.workers:
            assert Phase.BROKER_LOST not in own.phases_of(own.name(short))
            assert "Pool callback raised" not in own.log(short)
            assert "Unrecoverable error" not in own.log(short)
        assert (server.waiting(), server.unacked()) == (0, 0)

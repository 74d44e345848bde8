"""One timer for many deadlines, on a clock that the test moves."""

from collections.abc import Awaitable, Callable

from core.workers.alarm import Alarm
from tests.support.clock import MovedLoop, run_moved

HOUR_S = 3600.0


class Bell:
    """An alarm, and what it told."""

    def __init__(self, loop: MovedLoop) -> None:
        self.rung: list[str] = []
        self.gaps: list[float] = []
        self.loop = loop
        self.on_due: Callable[[str], None] = self.rung.append
        self.alarm = Alarm(lambda key: self.on_due(key), self.gaps.append)

    def set(self, key: str, in_s: float) -> None:
        self.alarm.set(key, self.loop.time() + in_s)


def with_bell(test: Callable[[Bell, MovedLoop], Awaitable[None]]) -> None:
    async def main(loop: MovedLoop) -> None:
        bell = Bell(loop)
        await test(bell, loop)
        bell.alarm.close()

    run_moved(main)


def test_keys_ring_in_the_order_of_their_instants() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        bell.set("late", 7)
        bell.set("early", 3)
        await loop.pass_time(2.5)
        assert bell.rung == []
        await loop.pass_time(1)
        assert bell.rung == ["early"]
        await loop.pass_time(4)
        assert bell.rung == ["early", "late"]

    with_bell(test)


def test_a_key_that_is_set_again_rings_at_its_last_instant_only() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        bell.set("a", 1)
        bell.set("a", 5)
        await loop.pass_time(4)
        assert bell.rung == []
        await loop.pass_time(2)
        assert bell.rung == ["a"]

    with_bell(test)


def test_a_forgotten_key_is_silent() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        bell.set("a", 1)
        bell.alarm.forget("a")
        bell.alarm.forget("never set")
        await loop.pass_time(3)
        assert bell.rung == []

    with_bell(test)


def test_a_key_set_for_later_while_it_rings_does_not_put_others_off() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        def ring(key: str) -> None:
            bell.rung.append(key)
            if key == "again":
                bell.set("again", 60)

        bell.on_due = ring
        bell.set("again", 1)
        bell.set("other", 3)
        await loop.pass_time(4)
        assert bell.rung == ["again", "other"]

    with_bell(test)


def test_a_sleep_puts_every_deadline_off_and_is_told_once() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        bell.set("soon", 1)
        bell.set("later", 20)
        await loop.sleep_machine(HOUR_S)
        assert bell.rung == []
        (gap_s,) = bell.gaps
        assert HOUR_S <= gap_s < HOUR_S + 2
        await loop.pass_time(4)
        assert bell.rung == ["soon"]
        await loop.pass_time(20)
        assert bell.rung == ["soon", "later"]
        assert len(bell.gaps) == 1

    with_bell(test)


def test_a_sleep_is_noticed_when_nothing_was_due() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        await loop.sleep_machine(HOUR_S)
        assert len(bell.gaps) == 1

    with_bell(test)


def test_a_busy_moment_is_no_sleep() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        bell.set("a", 1)
        await loop.sleep_machine(8)
        assert (bell.rung, bell.gaps) == (["a"], [])

    with_bell(test)


def test_a_closed_alarm_is_silent() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        bell.set("a", 1)
        bell.alarm.close()
        await loop.sleep_machine(HOUR_S)
        assert (bell.rung, bell.gaps) == ([], [])

    with_bell(test)


def test_few_timers_wait_whatever_is_set() -> None:
    async def test(bell: Bell, loop: MovedLoop) -> None:
        for number in range(100):
            bell.set(f"worker{number}", 30 + number)
        assert sum(not timer.cancelled() for timer in loop._scheduled) == 2

    with_bell(test)

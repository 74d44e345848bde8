"""What a Flower says of itself; test_running.py asks one that runs."""

from core.flower import health
from core.flower.plan import FlowerPlan


async def test_where_nobody_listens_there_is_no_health(plan: FlowerPlan) -> None:
    assert not await health.is_healthy(plan)
    assert not await health.lets_in(plan)
    assert await health.seen_workers(plan) == frozenset()


def test_names_are_read_as_prometheus_writes_them() -> None:
    text = 'x{worker="a"} 1.0\nflower_worker_online{worker="a\\"b\\\\c@box"} 1.0\n'
    assert health.online_in(text) == {'a"b\\c@box'}

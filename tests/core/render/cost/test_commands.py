"""Commands a month, against what was measured."""

import pytest

from core.render.cost.commands import Traffic


@pytest.mark.parametrize(
    ("traffic", "millions"),
    [
        (Traffic(), 4.3),
        (Traffic(workers=4), 17.3),
        (Traffic(flower=True), 4.9),
        (Traffic(quiet=True), 0.52),
    ],
)
def test_an_idle_month_has_as_many_commands_as_were_measured(traffic: Traffic, millions: float):
    assert traffic.commands / 1e6 == pytest.approx(millions, rel=0.01)


def test_each_task_with_a_result_costs_eighteen_more():
    one_a_second = Traffic(tasks_per_s=1.0)
    assert one_a_second.commands - one_a_second.idle == 30 * 86400 * 18

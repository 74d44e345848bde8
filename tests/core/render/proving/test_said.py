"""What programs said last, in a few words."""

import pytest

from core.render.proving import said
from core.render.proving.event import Step, StepEnded


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "it said nothing"),
        (
            ["Collecting x", "ERROR: No matching distribution found for x", "[notice] pip"],
            "ERROR: No matching distribution found for x",
        ),
        (["done"], "done"),
        (["x" * 500], "x" * 160 + "…"),
    ],
)
def test_the_line_that_says_most_is_taken(lines: list[str], told: str) -> None:
    assert said.telling(lines) == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"code": 1, "lines": ["no"]}, "it ended with exit code 1: no"),
        ({"code": -9, "lines": []}, "signal 9 ended it: it said nothing"),
        ({"overdue": 60.0, "lines": ["x"]}, "it was not over within 60 s: x"),
        ({"missing": "backend", "lines": []}, "the commit has no folder backend"),
        ({"lines": ["x"]}, "it failed: x"),
    ],
)
def test_how_a_step_ended_is_told(facts: dict[str, object], told: str) -> None:
    assert said.ending(StepEnded(Step.BUILD, "w", False, 1.0, facts)) == told


def test_a_reference_and_celerys_default_are_known_by_the_address() -> None:
    assert said.is_literal("amqp://guest:**@%24%7BREDIS_URL%7D:5672//")
    assert said.is_literal("amqp://guest:**@%REDIS_URL%:5672//")
    assert not said.is_literal("redis://broker:6379/0")
    assert said.is_default("amqp://guest:**@localhost:5672//")
    assert not said.is_default("amqp://guest:**@rabbit:5672//")


def test_what_mends_is_told_by_the_error() -> None:
    assert "add API_KEY to" in said.mending_import("KeyError: 'API_KEY' (proj.py:5)")
    assert "package" in said.mending_import("ModuleNotFoundError: No module named 'x'")
    assert "same error" in said.mending_import("ValueError: x")
    assert "billiard" in said.mending_task("daemonic processes are not allowed to have children")
    assert "arguments" in said.mending_task("ValueError: x")

"""A page that stands in for Flower's, and the plan to start it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.broker.builtin import free_port
from core.flower.access import VARIABLE, Access
from core.flower.plan import FlowerPlan
from core.secret import Secret

PAGE = Path(__file__).parents[2] / "data" / "children" / "page.py"
ACCESS = Access("me", Secret("sesame-street"), "in a test")


@pytest.fixture
def orders(tmp_path: Path) -> Callable[[str], None]:
    """Tells the page what to do: "well", which it does from the start, "ill" or "end"."""
    file = tmp_path / "orders"

    def give(text: str) -> None:
        file.write_text(text)

    give("well")
    return give


@pytest.fixture
def plan(tmp_path: Path, orders: Callable[[str], None]) -> FlowerPlan:
    """The page, below the prefix `fl`."""
    port = free_port()
    return FlowerPlan(
        argv=(sys.executable, str(PAGE), str(port), str(tmp_path / "orders")),
        cwd=tmp_path,
        port=port,
        prefix="fl",
        access=ACCESS,
        env={**os.environ, VARIABLE: ACCESS.variable(), "PYTHONUNBUFFERED": "1"},
        first_words=b"{}\n",
    )

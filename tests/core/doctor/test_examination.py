"""The order of the checks, and the healthy demo."""

import asyncio
import sys
from pathlib import Path

import pytest

from core.doctor.case import Case
from core.doctor.examination import CHECKS, Check
from core.doctor.finding import Seen, State, fault, ok, skipped
from core.errors import FleetError
from core.places import DEMO
from tests.support.doctor import DEAD, plant, visit, wrong
from tests.support.venvs import python_with_celery


def check(id_: str, seen: Seen | Exception | None, *needs: str) -> Check:
    """One that has seen this; None hangs."""

    async def look(case: Case) -> Seen:
        if seen is None:
            await asyncio.Event().wait()
        if isinstance(seen, Exception):
            raise seen
        assert isinstance(seen, Seen)
        return seen

    return Check(id_, "Group", id_, look, needs, 0.2)


async def states(tmp_path: Path, *checks: Check) -> dict[str, State]:
    found = await visit(plant(tmp_path / "p"), DEAD, checks=checks)
    return {id_: finding.state for id_, finding in found.items()}


async def test_what_needs_something_broken_is_skipped_and_the_rest_goes_on(tmp_path: Path) -> None:
    checks = (
        check("one", fault("broken", "mend")),
        check("two", ok("fine"), "one"),
        check("three", ok("fine"), "two"),
        check("four", ok("fine")),
    )
    states_ = await states(tmp_path, *checks)
    assert [*states_.values()] == [State.FAULT, State.SKIPPED, State.SKIPPED, State.OK]


async def test_a_check_that_hangs_is_a_fault(tmp_path: Path) -> None:
    found = await states(tmp_path, check("one", None), check("two", skipped("no need")))
    assert found == {"one": State.FAULT, "two": State.SKIPPED}


async def test_an_error_for_people_is_a_fault_with_its_parts(tmp_path: Path) -> None:
    error = FleetError("it failed", "it rained", "take an umbrella")
    found = await visit(plant(tmp_path / "p"), DEAD, checks=(check("one", error),))
    assert found["one"].evidence == "it failed: it rained"
    assert found["one"].fix == "take an umbrella"


def test_checks_need_only_what_stands_before_them() -> None:
    seen: set[str] = set()
    for each in CHECKS:
        assert set(each.needs) <= seen
        seen.add(each.id)
    assert len(seen) == len(CHECKS)


if sys.platform != "win32":
    from tests.support.broker import Server

    @pytest.mark.parametrize("version", ["5.2.7", "5.4.0", "5.7.0"])
    async def test_the_healthy_demo_has_no_fault_and_no_warning(
        server: Server, version: str, tmp_path: Path
    ) -> None:
        python = python_with_celery(version)
        found = await visit(DEMO, server.url, python=python, app="celery_queue.celery_app")
        assert wrong(found) == {}
        by_design = {"broker-tls", "ports"}  # no TLS, and no port is looked at
        assert {id_ for id_, one in found.items() if one.state is State.SKIPPED} == by_design

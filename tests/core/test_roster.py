"""Who belongs to which group, and who comes and goes."""

from typing import Any

import pytest

from core.errors import FleetError
from core.groups import worker_groups
from core.roster import Roster
from core.wishes import Wishes, worker_spec
from core.workers.names import this_host
from core.workers.phase import Worker
from core.workers.spec import WorkerSpec
from tests.support.groups import settings_of
from tests.support.projects import project


class Known:
    """The part of a supervisor that a roster uses."""

    def __init__(self) -> None:
        self.specs: dict[str, WorkerSpec] = {}

    @property
    def workers(self) -> tuple[Worker, ...]:
        return tuple(Worker(name) for name in self.specs)

    def add(self, name: str, spec: WorkerSpec) -> None:
        self.specs[name] = spec


def roster(text: str) -> tuple[Roster, Any]:
    opened = project(settings=settings_of(text))
    known: Any = Known()
    groups = worker_groups(opened, Wishes(), {})
    return Roster(groups, worker_spec(opened, Wishes(), {}, None), known), known


def node(short: str) -> str:
    return f"{short}@{this_host()}"


def test_workers_of_a_group_share_one_spec() -> None:
    _, known = roster("[groups.a]\nworkers = 2\nqueues = ['a']\n[groups.b]\n")
    first, second, other = known.specs.values()
    assert first is second
    assert (first.queues, other.queues) == (("a",), ())


def test_a_group_grows_by_its_own_names_and_shrinks_by_its_own_workers() -> None:
    own, known = roster("[groups.a]\nworkers = 2\n[groups.b]\nworkers = 2\n")
    assert own.scale(3, "b", ()) == ((), (node("b3"),))
    assert own.scale(1, "a", ()) == ((node("a2"),), ())
    assert [*known.specs] == [node(short) for short in ("a1", "a2", "b1", "b2", "b3")]
    assert known.specs[node("b3")] is known.specs[node("b1")]


def test_no_machine_gets_more_workers_than_it_can_bear() -> None:
    own, known = roster("[groups.a]\nworkers = 2\n[groups.b]\nworkers = 2\n")
    with pytest.raises(FleetError, match="65 workers are not started"):
        own.scale(63, "b", ())
    assert len(known.specs) == 4


def test_names_of_others_are_passed_over_be_they_ours_or_not() -> None:
    own, _ = roster("[groups.a]\n[groups.b]\nname = 'b1@%h'\n")
    assert own.scale(2, "a", (node("a2"),)) == ((), (node("a3"),))
    crowd, _ = roster("[groups.a]\nname = 'w1@%h'\n[groups.b]\nname = 'w2@%h'\n")
    assert crowd.scale(2, "a", ()) == ((), (node("w3"),))


def test_a_fleet_without_groups_needs_no_name() -> None:
    own, known = roster("workers = 1")
    assert own.scale(2, None, ()) == ((), (node("worker2"),))
    assert len(known.specs) == 2


def test_of_several_groups_one_must_be_named() -> None:
    own, _ = roster("[groups.a]\n[groups.b]\n")
    with pytest.raises(FleetError, match="not clear which workers"):
        own.scale(2, None, ())

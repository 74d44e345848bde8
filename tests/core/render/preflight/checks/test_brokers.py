"""The broker's plan."""

from pathlib import Path

import pytest

from tests.support.preflight import clean, in_app, in_group, lay_out, seen_by, started_by

QUIET = " --without-gossip --without-mingle --without-heartbeat"
UPSTASH = {".env": "BROKER=rediss://u:pw@eu1-x.upstash.io:6379?ssl_cert_reqs=required\n"}
SLOW = in_app("app.conf.broker_transport_options = {'polling_interval': 10}\n")


def test_idle_workers_use_up_a_plan_by_the_command(tmp_path: Path) -> None:
    assert seen_by("broker-budget", {}, tmp_path) == []
    lay_out(tmp_path, UPSTASH)
    assert seen_by("broker-budget", {}, tmp_path) == [("warn", ".env", 1)]


@pytest.mark.parametrize(("slow", "instances", "warned"), [(True, 1, True), (False, 1, True)])
def test_quiet_workers_use_less(slow: bool, instances: int, warned: bool, tmp_path: Path) -> None:
    lay_out(tmp_path, UPSTASH)
    changes = started_by(f"celery -A proj.app worker -c 1{QUIET}", instances)
    changes |= SLOW if slow else {}
    assert bool(seen_by("broker-budget", changes, tmp_path)) is warned


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("noeviction", "noeviction", []),
        ("noeviction", "allkeys-lru", [("warn", "render.yaml", 26)]),
        ("    maxmemoryPolicy: noeviction\n", "", [("warn", "render.yaml", 26)]),
    ],
)
def test_a_broker_throws_nothing_away(
    old: str, new: str, seen: list[object], tmp_path: Path
) -> None:
    changes = {"render.yaml": clean("render.yaml", old, new)}
    assert seen_by("broker-budget", changes, tmp_path) == seen


def test_the_broker_is_in_the_region_of_its_workers(tmp_path: Path) -> None:
    text = clean(
        "render.yaml", "name: broker\n    region: frankfurt", "name: broker\n    region: ohio"
    )
    seen = seen_by("broker-budget", {"render.yaml": text}, tmp_path)
    assert seen == [("warn", "render.yaml", 2), ("warn", "render.yaml", 14)]


def test_other_addresses_are_not_metered(tmp_path: Path) -> None:
    assert seen_by("broker-budget", in_group("BROKER", "redis://h.example.org"), tmp_path) == []

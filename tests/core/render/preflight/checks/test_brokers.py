"""The broker's plan."""

from pathlib import Path

import pytest

from tests.support.preflight import (
    clean,
    found,
    in_app,
    in_group,
    lay_out,
    picture,
    planted,
    seen_by,
    started_by,
)

QUIET = " --without-gossip --without-mingle --without-heartbeat"
UPSTASH = {".env": "BROKER=rediss://u:pw@eu1-x.upstash.io:6379?ssl_cert_reqs=required\n"}
SLOW = in_app("app.conf.broker_transport_options = {'polling_interval': 10}\n")


def test_idle_workers_use_up_a_plan_by_the_command(tmp_path: Path) -> None:
    assert seen_by("broker-budget", {}, tmp_path) == []
    lay_out(tmp_path, UPSTASH)
    assert seen_by("broker-budget", {}, tmp_path) == [("warn", ".env", 1)]


@pytest.mark.parametrize(
    ("slow", "instances", "millions"), [(True, 1, "0.5"), (True, 2, "1.0"), (False, 1, "4.3")]
)
def test_quiet_workers_use_less(slow: bool, instances: int, millions: str, tmp_path: Path) -> None:
    lay_out(tmp_path, UPSTASH)
    changes = started_by(f"celery -A proj.app worker -c 1{QUIET}", instances)
    changes |= SLOW if slow else {}
    (told,) = (
        each.seen.what
        for each in found(picture(planted(changes), tmp_path))
        if each.check == "broker-budget"
    )
    assert told.startswith(f"idle workers send about {millions} million commands")


def test_a_broker_that_render_yaml_replaces_costs_nothing(tmp_path: Path) -> None:
    lay_out(tmp_path, {".env": UPSTASH[".env"].replace("BROKER", "REDIS_URL")})
    assert seen_by("broker-budget", {}, tmp_path) == []


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

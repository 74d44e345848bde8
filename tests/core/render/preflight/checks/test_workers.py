"""Worker commands."""

from pathlib import Path

import pytest

from core.render.preflight.mend import ReplaceLine
from tests.support.preflight import found, in_app, picture, planted, seen_by, started_by

BASE = "celery -A proj.app worker -c 2"
HERE = [("block", "render.yaml", 20)]


@pytest.mark.parametrize(
    ("more", "seen"),
    [
        ("--pool=solo", HERE),
        ("-P solo", HERE),
        ("--pool=prefork", []),
        ("-n w@%computername%", HERE),
        ("-n w@$env:COMPUTERNAME", HERE),
        ("-n w@%h", []),
    ],
)
def test_options_for_windows(more: str, seen: list[object], tmp_path: Path) -> None:
    assert seen_by("pool", started_by(f"{BASE} {more}"), tmp_path) == seen


def test_a_procfile_is_for_people_so_it_only_warns(tmp_path: Path) -> None:
    changes = {"render.yaml": None, "Procfile": f"worker: {BASE} --pool=solo\n"}
    assert seen_by("pool", changes, tmp_path) == [("warn", "Procfile", 1)]


@pytest.mark.parametrize(
    ("code", "command", "severity"),
    [
        ('app.conf.worker_pool = "solo"\n', BASE, "block"),
        ('app.conf.worker_pool = "solo"\n', f"{BASE} --pool=prefork", None),
        (
            'import sys\nif sys.platform == "win32":\n    app.conf.worker_pool = "solo"\n',
            BASE,
            None,
        ),
        ('app.conf.worker_pool = os.getenv("POOL", "solo")\n', BASE, None),
        ('if debug:\n    app.conf.worker_pool = "solo"\n', BASE, None),
        ('app.conf.worker_pool = "prefork"\n', BASE, None),
    ],
)
def test_the_pool_in_code(code: str, command: str, severity: str | None, tmp_path: Path) -> None:
    seen = seen_by("pool", {**in_app(code), **started_by(command)}, tmp_path)
    assert [place[0] for place in seen] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("command", "code", "warned"),
    [
        ("celery -A proj.app worker", "", True),
        ("celery -A proj.app worker --autoscale=4,1", "", False),
        ("celery -A proj.app worker", "app.conf.worker_concurrency = 2\n", False),
        ("celery -A proj.app worker -P solo", "", False),
    ],
)
def test_concurrency_is_said(command: str, code: str, warned: bool, tmp_path: Path) -> None:
    changes = {**in_app(code), **started_by(command)}
    assert bool(seen_by("concurrency", changes, tmp_path)) is warned


@pytest.mark.parametrize(
    ("name", "instances", "warned"),
    [
        ("-n w1", 3, True),
        ("--hostname=w1@box", 3, True),
        ("-n w1", 1, False),
        ("-n w1@%h", 3, False),
        ("-n w1@$RENDER_INSTANCE_ID", 3, False),
        ("", 3, False),
    ],
)
def test_several_instances_have_several_names(
    name: str, instances: int, warned: bool, tmp_path: Path
) -> None:
    changes = started_by(f"{BASE} {name}", instances)
    assert bool(seen_by("node-names", changes, tmp_path)) is warned


@pytest.mark.parametrize(
    ("command", "instances", "old", "new"),
    [
        (f"{BASE} --pool=solo", 1, "--pool=solo", "--pool=prefork"),
        ("celery -A proj.app worker -n w@%h", 1, "worker", "worker --concurrency=2"),
        (f"{BASE} -n w1", 2, "-n w1", "-n w1@%h"),
        (f"{BASE} -n w@%computername%", 1, "%computername%", "%h"),
    ],
)
def test_commands_can_be_mended(
    command: str, instances: int, old: str, new: str, tmp_path: Path
) -> None:
    (finding,) = found(picture(planted(started_by(command, instances)), tmp_path))
    assert finding.seen.mend is not None
    assert finding.seen.mend.edits == (ReplaceLine("render.yaml", 20, old, new),)

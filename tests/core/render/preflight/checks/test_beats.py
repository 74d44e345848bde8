"""The scheduler."""

from pathlib import Path

from tests.support.preflight import clean, seen_by, started_by

WORKER = "celery -A proj.app worker -c 2"
BEAT = """\
  - type: worker
    name: {name}
    runtime: python
    plan: starter
    region: frankfurt
    buildCommand: pip install -r requirements.txt
    startCommand: celery -A {app} beat
"""


def beats(*services: tuple[str, str]) -> dict[str, str]:
    more = "".join(BEAT.format(name=name, app=app) for name, app in services)
    return {"render.yaml": clean("render.yaml", "envVarGroups:", f"{more}envVarGroups:")}


def test_one_beat_of_its_own_is_right(tmp_path: Path) -> None:
    assert seen_by("beat", beats(("beat", "proj.app")), tmp_path) == []


def test_two_beats_of_one_app_block(tmp_path: Path) -> None:
    seen = seen_by("beat", beats(("beat", "proj.app"), ("other", "proj.app")), tmp_path)
    assert seen == [("block", "render.yaml", 45)]


def test_two_beats_of_two_apps_are_right(tmp_path: Path) -> None:
    assert seen_by("beat", beats(("beat", "proj.app"), ("other", "proj")), tmp_path) == []


def test_beat_in_a_worker_warns_and_blocks_with_several_instances(tmp_path: Path) -> None:
    one = started_by(f"{WORKER} -B")
    assert seen_by("beat", one, tmp_path) == [("warn", "render.yaml", 20)]
    assert seen_by("beat", started_by(f"{WORKER} --beat", 3), tmp_path) == [
        ("block", "render.yaml", 20)
    ]


def test_a_beat_that_scales_blocks(tmp_path: Path) -> None:
    text = started_by("celery -A proj.app beat")["render.yaml"]
    scaling = "scaling: {minInstances: 1, maxInstances: 3, targetCPUPercent: 60}"
    changes = {"render.yaml": text.replace("maxShutdownDelaySeconds: 60", scaling)}
    assert [place[0] for place in seen_by("beat", changes, tmp_path)] == ["block"]

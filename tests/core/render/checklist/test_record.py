"""Ticks that outlive the run in which they were made."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.checklist.box import Box, box
from core.render.checklist.evidence import State
from core.render.checklist.record import recall, tick_off
from core.render.checklist.ticking import Ticked
from tests.support.checklists import JOBS, NO_KEY, now, remote


def sent() -> Box:
    known = box("sent")
    assert known is not None
    return known


def state(whole: tuple[Ticked, ...], id: str) -> State:
    return next(each.state for each in whole if each.box.id == id)


def test_what_was_ticked_is_known_in_the_next_run_of_the_same_project(tmp_path: Path) -> None:
    assert state(tick_off("shop-1", now(tmp_path), tick=(sent(),), root=tmp_path), "sent") == "done"
    kept = recall("shop-1", tmp_path)
    assert {"sent", "completed", "web-there"} <= kept.keys()
    offline = tick_off("shop-1", now(tmp_path, said=NO_KEY), root=tmp_path)
    assert (state(offline, "sent"), state(offline, "completed")) == (State.DONE, State.DONE)
    assert recall("shop-1", tmp_path) == kept
    assert recall("other-1", tmp_path) == {}


def test_a_tick_is_taken_back(tmp_path: Path) -> None:
    tick_off("shop-1", now(tmp_path), tick=(sent(),), root=tmp_path)
    whole = tick_off("shop-1", now(tmp_path), untick=(sent(),), root=tmp_path)
    assert state(whole, "sent") is State.UNKNOWN
    assert "sent" not in recall("shop-1", tmp_path)


def test_the_same_again_is_not_written_again(tmp_path: Path) -> None:
    tick_off("shop-1", now(tmp_path), root=tmp_path)
    file = tmp_path / "shop-1" / "checklist.json"
    before = file.stat().st_ino
    tick_off("shop-1", now(tmp_path), root=tmp_path)
    assert file.stat().st_ino == before
    tick_off("shop-1", now(tmp_path, said=remote(replace(JOBS, lines=()))), root=tmp_path)
    assert file.stat().st_ino == before
    tick_off("nothing-1", now(tmp_path, said=NO_KEY), root=tmp_path)
    assert not (tmp_path / "nothing-1").exists()


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", '{"version": 9}', '{"version": 1, "ticks": []}'),
        '{"version": 1, "ticks": {"sent": {"at": "x", "commit": "", "evidence": []}}}',
        '{"version": 1, "ticks": {"sent": {"at": "2026-11-26", "commit": "", "evidence": [{}]}}}',
    ],
)
def test_a_record_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "shop-1").mkdir()
    (tmp_path / "shop-1" / "checklist.json").write_text(text)
    assert recall("shop-1", tmp_path) == {}


def test_what_a_person_did_is_kept_or_the_person_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop-1").write_text("a file where the folder should be")
    whole = tick_off("shop-1", now(tmp_path), root=tmp_path)
    assert state(whole, "completed") is State.DONE
    with pytest.raises(FleetError, match="was not kept"):
        tick_off("shop-1", now(tmp_path), tick=(sent(),), root=tmp_path)

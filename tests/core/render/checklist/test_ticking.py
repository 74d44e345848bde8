"""When a box is done, stale, open, and what is remembered of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.checklist.box import BOXES
from core.render.checklist.evidence import Source, State
from core.render.checklist.there import Remote
from core.render.checklist.ticking import Now, Tick, Ticked, by_hand, checklist, to_keep
from tests.support.checklists import (
    COMMIT,
    JOBS,
    NO_KEY,
    NOW,
    WEB,
    WITH_FLOWER,
    deploy,
    now,
    remote,
    without,
)
from tests.support.preflight import CLEAN, line_of

LOGS = ("worker-ready", "logged", "completed")
HAND = ("sent", "status")
BEFORE = NOW - timedelta(days=1)


def by_id(of: Now, ticks: dict[str, Tick] | None = None) -> dict[str, Ticked]:
    return {each.box.id: each for each in checklist(of, ticks or {})}


def ticked_by_hand(of: Now, *ids: str) -> dict[str, Tick]:
    return {id: by_hand(of) for id in ids}


def test_the_whole_list_is_done_where_all_is_there_and_a_person_has_seen_the_rest(
    tmp_path: Path,
) -> None:
    whole = now(tmp_path, WITH_FLOWER)
    states = {id: each.state for id, each in by_id(whole).items()}
    assert {id for id, state in states.items() if state is not State.DONE} == set(HAND)
    complete = by_id(whole, ticked_by_hand(whole, *HAND))
    assert {each.state for each in complete.values()} == {State.DONE}
    assert all(each.evidence for each in complete.values())
    assert complete["web-root"].since == NOW  # the API says the same
    assert complete["packages"].since is None


def test_nothing_ticks_without_evidence_and_what_is_not_known_says_what_would_tell(
    tmp_path: Path,
) -> None:
    for each in by_id(now(tmp_path, WITH_FLOWER, NO_KEY)).values():
        assert each.state in (State.DONE, State.UNKNOWN)
        if each.state is State.DONE:
            assert {one.source for one in each.evidence} == {Source.FILE}
        else:
            assert each.why
            assert each.tells
    alone = by_id(now(tmp_path, said=NO_KEY))
    assert alone["sent"].tells.endswith("solofleet render checklist --tick sent")


def test_what_another_commit_showed_is_stale(tmp_path: Path) -> None:
    old = remote(replace(JOBS, live=deploy("dep-2", "f00d" * 10)))
    found = by_id(now(tmp_path, said=old))
    for id in (*LOGS, "usage"):
        assert found[id].state is State.STALE
        assert found[id].why == f"it was so at f00df00, and the commit is {COMMIT[:7]} now"
        assert "solofleet render push" in found[id].tells
    assert found["redis"].state is State.DONE
    assert found["worker-there"].state is State.DONE


def test_a_line_that_has_changed_on_the_disk_makes_its_box_stale(tmp_path: Path) -> None:
    texts = CLEAN["render.yaml"].splitlines()
    edited = frozenset(line.strip().replace("--concurrency=2", "--concurrency=4") for line in texts)
    found = by_id(now(tmp_path, working={"render.yaml": edited}))
    line = line_of(CLEAN["render.yaml"], "--concurrency=2")
    assert found["worker-start"].state is State.STALE
    assert found["worker-start"].why == f"render.yaml:{line} has changed, and is not committed"
    assert found["web-start"].state is State.DONE
    moved = frozenset(("# above", *(line.strip() for line in texts)))
    assert by_id(now(tmp_path, working={"render.yaml": moved}))["worker-start"].state is State.DONE
    gone = by_id(now(tmp_path, working={"requirements.txt": frozenset()}))
    assert gone["packages"].state is State.STALE


def test_what_a_person_saw_holds_for_one_commit_and_one_deploy(tmp_path: Path) -> None:
    ticks = ticked_by_hand(now(tmp_path), "sent")
    (shown,) = ticks["sent"].evidence
    assert (shown.source, shown.at, shown.commit, shown.deploy) == (
        Source.HAND,
        NOW,
        COMMIT,
        "dep-1",
    )
    assert by_id(now(tmp_path), ticks)["sent"].state is State.DONE
    assert by_id(now(tmp_path, said=NO_KEY), ticks)["sent"].state is State.DONE
    again = remote(replace(WEB, live=deploy("dep-9")))
    redeployed = by_id(now(tmp_path, said=again), ticks)["sent"]
    assert redeployed.state is State.STALE
    assert "dep-1, which is not live any more" in redeployed.why
    assert redeployed.tells.endswith("--tick sent")
    gone = Remote("Shop", NOW, {})
    assert by_id(now(tmp_path, said=gone), ticks)["sent"].state is State.STALE
    older = {"sent": replace(ticks["sent"], evidence=(replace(shown, commit="f00d" * 10),))}
    assert by_id(now(tmp_path), older)["sent"].state is State.STALE


def test_what_cannot_be_looked_at_now_stays_as_it_was(tmp_path: Path) -> None:
    online = now(tmp_path)
    ticks = to_keep(checklist(online, {}), {}, online)
    offline = by_id(now(tmp_path, said=NO_KEY), ticks)
    for id in (*LOGS, "web-there", "redis", "usage", "web-answers"):
        assert offline[id].state is State.DONE, id
        assert offline[id].since == NOW
    forgotten = remote(replace(JOBS, lines=()))  # logs are kept for some days only
    assert by_id(now(tmp_path, said=forgotten), ticks)["logged"].state is State.DONE


@pytest.mark.parametrize(
    ("said", "kept"), [(NO_KEY, True), (without("worker"), False), (None, True)]
)
def test_what_is_known_not_to_be_so_is_forgotten(
    tmp_path: Path, said: Remote | FleetError | None, kept: bool
) -> None:
    online = now(tmp_path)
    ticks = to_keep(checklist(online, {}), {}, online)
    later = now(tmp_path, said=said)
    assert ("worker-ready" in to_keep(checklist(later, ticks), ticks, later)) is kept


def test_what_rests_on_files_alone_is_not_remembered(tmp_path: Path) -> None:
    online = now(tmp_path)
    kept = to_keep(checklist(online, {}), {}, online)
    assert "packages" not in kept
    assert all(one.source is not Source.FILE for tick in kept.values() for one in tick.evidence)


def test_a_box_keeps_the_day_on_which_it_was_ticked_until_the_commit_is_another(
    tmp_path: Path,
) -> None:
    online = now(tmp_path)
    kept = to_keep(checklist(online, {}), {}, online)
    old = {id: replace(tick, at=BEFORE) for id, tick in kept.items()}
    assert by_id(online, old)["logged"].since == BEFORE
    other = {id: replace(tick, commit="f00d" * 10) for id, tick in old.items()}
    assert by_id(online, other)["logged"].since == NOW


def test_every_box_is_in_the_list_once(tmp_path: Path) -> None:
    assert [each.box for each in checklist(now(tmp_path), {})] == list(BOXES)

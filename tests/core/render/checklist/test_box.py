"""The boxes."""

from pathlib import Path

from core.render.checklist.answers import answer
from core.render.checklist.box import BOXES, Section, box
from tests.support.checklists import case


def test_the_guide_s_five_sections_stand_in_its_order() -> None:
    sections = dict.fromkeys(each.section for each in BOXES)
    assert list(sections) == list(Section)


def test_each_box_has_a_name_of_its_own_and_is_known_by_it(tmp_path: Path) -> None:
    assert len({each.id for each in BOXES}) == len(BOXES) == 22
    assert all(box(each.id) is each for each in BOXES)
    assert box("no-such-box") is None
    for each in BOXES:
        answer(each, case(tmp_path))


def test_only_what_a_machine_cannot_see_is_ticked_by_hand() -> None:
    assert [each.id for each in BOXES if each.by_hand] == ["sent", "status"]

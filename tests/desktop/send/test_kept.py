"""Templates and recent calls on disk."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.tasks.call import TaskCall
from desktop.send.draft import Draft
from desktop.send.kept import MOST_RECENT, Kept, Recent, Template, kept_file, read_kept, write_kept


def draft(task: str) -> Draft:
    return Draft(TaskCall(task, [], {"x": 1}))


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    kept = Kept().with_template(Template("Daily", draft("a"))).with_recent(Recent(5.0, draft("b")))
    write_kept(tmp_path / "new" / "send.json", kept)
    assert read_kept(tmp_path / "new" / "send.json") == kept


def test_templates_are_in_order_and_a_name_stands_for_one() -> None:
    kept = Kept()
    for name, task in (("b", "1"), ("A", "2"), ("b", "3")):
        kept = kept.with_template(Template(name, draft(task)))
    assert [(each.name, each.draft.call.task) for each in kept.templates] == [
        ("A", "2"),
        ("b", "3"),
    ]
    assert [each.name for each in kept.without_template("A").templates] == ["b"]


def test_the_latest_call_comes_first_none_twice_and_the_oldest_go() -> None:
    kept = Kept()
    for number in [*range(MOST_RECENT + 2), 5]:
        kept = kept.with_recent(Recent(float(number), draft(str(number))))
    tasks = [each.draft.call.task for each in kept.recents]
    assert (len(tasks), tasks[0], tasks[-1], tasks.count("5")) == (MOST_RECENT, "5", "2", 1)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"templates": 1, "recents": [1, {}, {"at": "x"}]}', '{"templates": [{}]}'],
)
def test_a_broken_file_is_no_loss(tmp_path: Path, text: str) -> None:
    (tmp_path / "send.json").write_text(text)
    assert read_kept(tmp_path / "send.json") == Kept()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder would be")
    with pytest.raises(FleetError) as caught:
        write_kept(tmp_path / "state" / "send.json", Kept())
    assert "could not be saved" in caught.value.what


def test_each_project_has_a_file_of_its_own() -> None:
    assert kept_file("shop-1").parent.name == "shop-1"
    assert kept_file("shop-1") != kept_file("shop-2")

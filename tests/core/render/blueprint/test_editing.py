"""Single places of a YAML text are changed, all else stays."""

import pytest

from core.errors import FleetError
from core.render.blueprint.editing import Editing
from core.render.blueprint.node import Table
from tests.support.blueprints import document, plain


def editing(text: str) -> tuple[Editing, Table]:
    found = document(text)
    assert found.root is not None
    return Editing(found), found.root


def test_a_value_is_replaced_and_its_comment_stays() -> None:
    change, root = editing("a:   1  # one\n'b': \"x\"   # two\n")
    change.put(root, "b", "v")
    assert change.text == "a:   1  # one\n'b': v   # two\n"


def test_nothing_to_do_gives_the_same_text() -> None:
    text = "# c\n\na : [1,  2]\n\n...\n"
    assert editing(text)[0].text == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_keys_are_added_behind_the_last_with_the_line_ends_of_the_file(end: str) -> None:
    text = end.join(["s:", "- a: 1 # x", "  b:", "    - 2", "", "# tail", "t: 1", ""])
    change, root = editing(text)
    change.put(root.tables("s")[0], "c", "x")
    change.put(root.tables("s")[0], "d", ["v", "z"])
    expected = ["s:", "- a: 1 # x", "  b:", "    - 2", "  c: x", "  d:", "    - v", "    - z"]
    assert change.text == end.join([*expected, "", "# tail", "t: 1", ""])


def test_items_are_added_in_the_style_of_the_list() -> None:
    change, root = editing("a:\n    - 1\nb: [1]\nc: []\nd:\ne: # none\nf:\n- 1 # one")
    for key in "abcdef":
        change.append(root, key, ["x", {"k": "v"}])
    change.append(root, "g", ["x"])
    assert change.text == (
        "a:\n    - 1\n    - x\n    - k: v\nb: [1, x, {k: v}]\nc:\n  - x\n  - k: v\n"
        "d:\n  - x\n  - k: v\n"
        "e:\n  - x\n  - k: v # none\nf:\n- 1 # one\n- x\n- k: v\ng:\n  - x"
    )


def test_a_list_that_ends_where_its_table_ends_comes_first() -> None:
    change, root = editing("s:\n  - a: 1\n    l:\n      - x\n")
    service = root.tables("s")[0]
    change.put(service, "b", "2")
    change.append(service, "l", ["v"])
    change.append(root, "s", [{"a": "z"}], apart=True)
    assert change.text == ('s:\n  - a: 1\n    l:\n      - x\n      - v\n    b: "2"\n\n  - a: z\n')


def test_a_flow_table_gets_its_key_inside() -> None:
    change, root = editing("a: {x: 1 }\nb: {}\n")
    change.put(root.table("a") or root, "y", "p, q")
    change.put(root.table("b") or root, "y", [1])
    assert change.text == 'a: {x: 1, y: "p, q" }\nb: {y: [1]}\n'


def test_a_text_over_several_lines_is_replaced_whole() -> None:
    change, root = editing("a: >-\n  one\n  two\n\nb: 1\n")
    change.put(root, "a", "three")
    change.put(root, "c", "x")
    assert change.text == "a: three\n\nb: 1\nc: x\n"


def test_keys_come_behind_a_text_over_several_lines() -> None:
    change, root = editing("s:\n  - a: |\n      one\n\n  - b: 1\n")
    change.put(root.tables("s")[0], "c", "x")
    assert plain(change.text) == {"s": [{"a": "one\n", "c": "x"}, {"b": 1}]}


def test_a_key_is_renamed() -> None:
    change, root = editing("env: python # x\n")
    change.rename(root.entries[0], "runtime")
    assert change.text == "runtime: python # x\n"


def test_a_key_from_a_merge_becomes_its_own() -> None:
    change, root = editing("a: &a {x: 1}\nb:\n  <<: *a\n")
    change.put(root.table("b") or root, "x", 2)
    assert change.text == "a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n"


def test_a_key_comes_behind_an_alias() -> None:
    change, root = editing("s:\n  - &a {x: 1}\n  - b: *a # c\n\nt: 1\n")
    change.put(root.tables("s")[1], "x", 2)
    assert change.text == "s:\n  - &a {x: 1}\n  - b: *a # c\n    x: 2\n\nt: 1\n"


def test_what_an_alias_shares_is_not_changed() -> None:
    change, root = editing("a: &a [1]\nb: *a\n")
    with pytest.raises(FleetError, match="through an alias"):
        change.append(root, "b", [2])


def test_what_is_no_list_takes_no_items() -> None:
    change, root = editing("a: {x: 1}\n")
    with pytest.raises(FleetError, match="it is no list"):
        change.append(root, "a", [2])

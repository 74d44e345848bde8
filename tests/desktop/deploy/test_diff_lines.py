"""Taking a unified diff apart."""

import difflib

from desktop.deploy.diff_lines import DiffLine, counted, diff_lines


def diff(before: str, after: str, old: str = "a/x.yaml") -> list[DiffLine]:
    lines = difflib.unified_diff(before.split(), after.split(), old, "b/x.yaml", lineterm="", n=1)
    return list(diff_lines(lines))


def test_each_line_has_its_number_in_the_file_it_is_of() -> None:
    lines = diff("a b c d e f g h", "a B c d e f g h i")
    assert lines == [
        DiffLine("file", 0, "x.yaml"),
        DiffLine("same", 1, "a"),
        DiffLine("removed", 2, "b"),
        DiffLine("added", 2, "B"),
        DiffLine("same", 3, "c"),
        DiffLine("gap", 0, "…"),
        DiffLine("same", 8, "h"),
        DiffLine("added", 9, "i"),
    ]
    assert counted(lines) == (2, 1)


def test_a_new_file_is_named_as_such() -> None:
    assert diff("", "a", "/dev/null") == [
        DiffLine("file", 0, "x.yaml, a new file"),
        DiffLine("added", 1, "a"),
    ]


def test_a_change_of_rights_has_no_numbers() -> None:
    lines = ("--- a/x.sh", "+++ b/x.sh", "old mode 100644", "new mode 100755")
    assert [each.text for each in diff_lines(lines)] == [
        "x.sh",
        "old mode 100644",
        "new mode 100755",
    ]
    assert all(each.number == 0 for each in diff_lines(lines))

"""render.yaml is read with places, and what cannot be edited safely is refused."""

from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.render.blueprint.node import Items, Kind, Scalar, Table
from core.render.blueprint.reading import MAX_BYTES, read_file
from tests.support.blueprints import document


def root(text: str) -> Table:
    found = document(text).root
    assert found is not None
    return found


def refused(data: bytes | str, folder: Path) -> FleetError:
    file = folder / "render.yaml"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(FleetError) as caught:
        read_file(file)
    assert caught.value.fix
    return caught.value


def test_values_have_kinds_and_places() -> None:
    table = root("a: yes # c\nb:\n  - 1\n  - 'x y'\nc: True\nd:\n")
    a, b, c, d = (entry.value for entry in table.entries)
    assert isinstance(a, Scalar) and (a.text, a.kind) == ("yes", Kind.TEXT)
    assert isinstance(b, Items) and (b.line, b.column) == (3, 3)
    one, text = b.items
    assert isinstance(one, Scalar) and (one.kind, one.plain) == (Kind.NUMBER, True)
    assert isinstance(text, Scalar) and (text.text, text.plain, text.line) == ("x y", False, 4)
    assert isinstance(c, Scalar) and c.kind is Kind.FLAG
    assert isinstance(d, Scalar) and d.kind is Kind.NOTHING and table.text("d") == ""


def test_merged_keys_are_found_but_are_not_its_own() -> None:
    table = root("a: &a {x: 1, y: 1}\nb: {<<: *a, x: 2}\n")
    b = table.table("b")
    assert b is not None
    assert (b.text("x"), b.text("y")) == ("2", "1")
    assert b.own("y") is None and [entry.key.text for entry in b.all()] == ["x", "y"]


def test_what_an_alias_leads_to_is_shared() -> None:
    table = root("a: &a [1]\nb: *a\nc: [2]\n")
    a, b, c = (entry.value for entry in table.entries)
    assert a is b and a.shared and not c.shared


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_a_file_that_says_nothing_has_no_root(text: str) -> None:
    assert document(text).root is None


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert read_file(tmp_path / "render.yaml").root is None


def test_line_ends_and_the_byte_order_mark_are_known(tmp_path: Path) -> None:
    file = tmp_path / "render.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    found = read_file(file)
    assert (found.bom, found.line_end, found.text) == (True, "\r\n", "a: 1\r\nb: 2\r\n")
    assert document("a: 1\n").line_end == "\n"


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("a:\n\t- b\n", ":2:1", "tab"),
        ("a: b: c\n", ":1:5", "mapping values are not allowed here"),
        ("a: [1,\n", ":2:1", "flow"),
        ("a: *gone\n", ":1:4", "undefined alias"),
        ("a: 1\n---\nb: 2\n", ":2:1", "several documents"),
        ("- a\n", ":1", "mapping"),
        ("a: 1\nb: 2\na: 3\n", ":3:1", "a second time, first in line 1"),
        ("s:\n  - a: 1\n    a: 1\n", ":3:5", "a second time, first in line 2"),
        ("a: &a [*a]\n", ":1:4", "&a holds itself"),
        ("a: &a {b: *a}\n", ":1:4", "&a holds itself"),
        ("? [1]\n: 2\n", ":1:3", "a key is a list"),
        ("a: {<<: 1}\n", ":1:9", "mappings alone"),
    ],
)
def test_what_is_broken_is_told_with_its_place(
    text: str, place: str, why: str, tmp_path: Path
) -> None:
    error = refused(text, tmp_path)
    assert error.what.startswith(f"{tmp_path / 'render.yaml'}{place}")
    assert why in error.why
    assert error.exit_code == USAGE


def test_aliases_that_multiply_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    assert "followed, make more than" in refused("\n".join(lines), tmp_path).why


def test_merges_that_multiply_give_each_key_once() -> None:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], y{n}: 1}}" for n in range(1, 9)]
    table = root("\n".join(lines)).table("a8")
    assert table is not None and len(table.all()) == 9


def test_a_file_of_great_depth_is_refused(tmp_path: Path) -> None:
    assert "nested too deeply" in refused("a: " + "[" * 5000, tmp_path).why


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    assert "bytes" in refused(b"#" * (MAX_BYTES + 1), tmp_path).why


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_refused(encoding: str, tmp_path: Path) -> None:
    mark = b"\xfe\xff" if encoding.endswith("be") else b""
    assert "UTF-16" in refused(mark + "a: 1\n".encode(encoding), tmp_path).why


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refused("a: 1\nb: Grüße\n".encode("cp1252"), tmp_path)
    assert ":2 " in error.what and "not UTF-8" in error.why


def test_a_control_character_is_refused(tmp_path: Path) -> None:
    assert "special characters" in refused("a: \x00\n", tmp_path).why


def test_no_tag_makes_anything(tmp_path: Path) -> None:
    mark = tmp_path / "made"
    table = root(f"a: !!python/object/apply:os.mkdir ['{mark.as_posix()}']\n")
    assert isinstance(table.entries[0].value, Items) and not mark.exists()


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "render.yaml").mkdir()
    with pytest.raises(FleetError, match="could not be read"):
        read_file(tmp_path / "render.yaml")

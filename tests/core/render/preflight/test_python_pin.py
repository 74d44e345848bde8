"""Which Python Render takes."""

from collections.abc import Mapping

import pytest

from core.render.preflight.python_pin import DEFAULT, Pin, find_pin, minor
from core.render.variables.written import Kind, Written
from core.secret import Secret


def pin(files: Mapping[str, str], root: str = "", said: str | None = None) -> Pin:
    value = Written("PYTHON_VERSION", Kind.VALUE, Secret(said or ""), "render.yaml", 9, "web")
    return find_pin(root, [value] if said else [], files.get)


def test_the_variable_counts_before_the_file() -> None:
    assert pin({".python-version": "3.12\n"}, said="3.13.5") == Pin("3.13.5", "render.yaml", 9)


def test_the_file_of_the_root_directory_counts_before_that_of_the_repository() -> None:
    files = {"backend/.python-version": "3.13\n", ".python-version": "3.12\n"}
    assert pin(files, "backend") == Pin("3.13", "backend/.python-version", 1)
    assert pin(files) == Pin("3.12", ".python-version", 1)


def test_without_both_it_is_the_default() -> None:
    assert pin({}) == Pin(DEFAULT, None, None)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("3.13", True),
        ("# mine\n3.13.5\n", True),
        ("python-3.13.1", True),
        ("3", False),
        ("", False),
    ],
)
def test_the_file_may_leave_out_the_last_number(text: str, valid: bool) -> None:
    assert pin({".python-version": text}).valid is valid


@pytest.mark.parametrize(("said", "valid"), [("3.13.5", True), ("3.13", False), ("x", False)])
def test_the_variable_may_not(said: str, valid: bool) -> None:
    assert pin({}, said=said).valid is valid


def test_the_first_two_numbers_are_what_counts() -> None:
    assert (minor("3.13.5"), minor("x")) == ("3.13", "")

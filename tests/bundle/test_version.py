"""The details that Windows shows of an executable."""

import pytest

from bundle.version import details


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("1.2.3", "(1, 2, 3, 0)"),
        ("0.1", "(0, 1, 0, 0)"),
        ("2.0.1rc1", "(2, 0, 0, 0)"),
        ("3.rc1.5", "(3, 0, 0, 0)"),
    ],
)
def test_the_version_is_there_as_text_and_as_numbers(version: str, numbers: str) -> None:
    resource = details(version, "Solofleet.exe", "Solofleet")
    assert f"filevers={numbers}" in resource
    assert f"StringStruct('ProductVersion', '{version}')" in resource
    assert "StringStruct('OriginalFilename', 'Solofleet.exe')" in resource

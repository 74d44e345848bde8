"""Where a setting comes from, in words."""

import pytest

from core.settings.layers import Entries
from core.settings.origin import Layer
from desktop.settings.words import instead, overruled, source_of
from tests.desktop.settings.conftest import entry_of


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("workers", "this machine"),
        ("app", "solofleet.toml"),
        ("loglevel", "your settings"),
        ("grace", "SOLOFLEET_GRACE"),
        ("mode", "command line"),
        ("name", "default"),
        ("python", "found by Solofleet"),
    ],
)
def test_each_layer_has_its_words(entries: Entries, path: str, words: str) -> None:
    assert source_of(entry_of(entries, path)) == words


def test_what_counts_instead_is_told(entries: Entries) -> None:
    assert instead(entry_of(entries, "workers"), Layer.LOCAL) == "2"
    assert instead(entry_of(entries, "workers"), Layer.USER) == "4"
    assert instead(entry_of(entries, "python"), Layer.LOCAL) == "as found"


def test_what_counts_whatever_is_typed_is_told(entries: Entries) -> None:
    grace = overruled(entry_of(entries, "grace"), Layer.LOCAL)
    assert grace == "What counts is 5.0, from SOLOFLEET_GRACE"
    assert overruled(entry_of(entries, "workers"), Layer.LOCAL) == ""
    assert (
        overruled(entry_of(entries, "workers"), Layer.USER) == "What counts is 5, from this machine"
    )

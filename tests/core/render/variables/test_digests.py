"""Hashes by which values are compared."""

from core.render.variables.digests import Digests


def test_equal_values_are_equal_within_a_run_only():
    one, other = Digests(), Digests()
    assert one.of("value") == one.of("value") != one.of("Value")
    assert one.of("value") != other.of("value")


def test_the_salt_does_not_show():
    assert repr(Digests()) == "Digests()"

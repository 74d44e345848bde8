import pytest

from core.logs.level import LEVELS, Level, level_named


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("INFO", Level.INFO),
        ("warning", Level.WARNING),
        ("Warn", Level.WARNING),
        ("FATAL", Level.CRITICAL),
        ("success", Level.INFO),
        ("TRACE", Level.DEBUG),
        ("AUDIT", Level.OTHER),
        ("", Level.OTHER),
        ("OTHER", Level.OTHER),
    ],
)
def test_a_name_stands_for_a_level_in_whatever_case(name: str, level: Level) -> None:
    assert level_named(name) is level


def test_levels_are_in_order_and_no_name_stands_for_none() -> None:
    assert Level.OTHER < Level.DEBUG < Level.INFO < Level.WARNING < Level.ERROR < Level.CRITICAL
    assert Level.OTHER not in LEVELS.values()

"""Variables that are written down."""

from core.render.preflight.values import Value
from core.secret import Secret


def test_a_value_is_not_shown() -> None:
    value = Value("A", "value", Secret("hunter2"), ".env", 1)
    assert "hunter2" not in repr(value)
    assert value.text == "hunter2"
    assert Value("A", "asked", None, "render.yaml", 1, "web").text == ""


def test_what_is_written_for_production_is_told_from_what_a_laptop_has_too() -> None:
    assert Value("A", "value", None, "render.yaml", 1, "web").deployed
    assert Value("A", "value", None, "backend/.env.production", 1).deployed
    assert not Value("A", "value", None, ".env", 1).deployed

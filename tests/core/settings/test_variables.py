import pytest

from core.errors import USAGE, FleetError
from core.render.choices import Choices
from core.rows.declared import DeclaredRow
from core.secret import Secret
from core.settings.keys import KEYS
from core.settings.origin import Layer, Origin, Setting
from core.settings.variables import read_variables

EXAMPLES: dict[str, tuple[str, object]] = {
    "app": ("proj:app", "proj:app"),
    "workdir": ("backend", "backend"),
    "python": (".venv", ".venv"),
    "workers": ("3", 3),
    "queues": ("a, b", ("a", "b")),
    "broker": ("redis://:hush@h", Secret("redis://:hush@h")),
    "loglevel": ("DEBUG", "debug"),
    "env_files": (".env", (".env",)),
    "name": ("w%i", "w%i"),
    "grace": ("2.5", 2.5),
    "long_task": ("12.5", 12.5),
    "mode": ("plain", "plain"),
    "hoard": ("1", True),
    "daemonic": ("no", False),
    "spare": ("on", True),
    "rows": ('web = "run"', (DeclaredRow("web", "run"),)),
    "rows_with_up": ("web", ("web",)),
    "render": ('plan = "pro"', Choices(plan="pro")),
}


def test_there_are_examples_of_all() -> None:
    assert EXAMPLES.keys() == KEYS.keys()


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_said_by_a_variable(key: str) -> None:
    text, value = EXAMPLES[key]
    name = f"SOLOFLEET_{key.upper()}"
    reading = read_variables({name: text, "OTHER": "1"})
    assert reading.values == {key: Setting(value, Origin(Layer.ENVIRONMENT, name))}


def test_empty_variables_and_our_own_say_nothing() -> None:
    reading = read_variables(
        {
            "SOLOFLEET_WORKERS": " ",
            "SOLOFLEET_SESSION": ":a.1.",
            "SOLOFLEET_PRODUCTION_BROKER": "rediss://far.away:6379",
        }
    )
    assert (reading.values, reading.warnings) == ({}, ())


def test_an_unknown_variable_is_told_with_the_nearest_known() -> None:
    assert read_variables({"SOLOFLEET_QUEUE": "a", "SOLOFLEET_ZZZZZZZZZ": "a"}).warnings[0] == (
        "unknown variable SOLOFLEET_QUEUE; did you mean SOLOFLEET_QUEUES?"
    )


def test_a_wrong_value_names_the_variable_what_was_expected_and_found() -> None:
    with pytest.raises(FleetError) as caught:
        read_variables({"SOLOFLEET_WORKERS": "many"})
    error = caught.value
    assert error.what == "the variable SOLOFLEET_WORKERS is wrong"
    assert error.why == "it must be a whole number from 1 to 64, not 'many'"
    assert error.exit_code == USAGE

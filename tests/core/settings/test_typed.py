"""Settings as a person types them."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.secret import Secret
from core.settings.keys import GROUP_KEYS, KEYS, LOG_LEVELS
from core.settings.loading import load_settings
from core.settings.origin import Layer
from core.settings.saving import SettingsFile
from core.settings.typed import choices_of, is_table, text_of, value_of

FILE = Path("settings.toml")
TYPED = {
    "app": "proj:app",
    "workdir": "src",
    "python": ".venv",
    "workers": "3",
    "queues": "a, b",
    "broker": "redis://localhost/1",
    "loglevel": "DEBUG",
    "env_files": ".env",
    "name": "w%i@%h",
    "grace": "2.5",
    "long_task": "12",
    "mode": "plain",
    "hoard": "true",
    "daemonic": "false",
    "spare": "yes",
    "rows_with_up": "web",
}


def test_every_setting_is_a_table_or_can_be_typed() -> None:
    tables = {name for name, key in KEYS.items() if is_table(key)}
    assert KEYS.keys() - tables == TYPED.keys()
    assert {name for name, key in GROUP_KEYS.items() if is_table(key)} == {"env"}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_can_be_saved_and_is_read_as_it_was_meant(name: str, tmp_path: Path) -> None:
    target = SettingsFile(Layer.LOCAL, tmp_path / "settings.toml", tmp_path)
    target.save(name, value_of(KEYS[name], TYPED[name], target.file))
    setting = load_settings(tmp_path, local=target.file).setting(name)
    assert setting is not None
    assert value_of(KEYS[name], text_of(setting.value), FILE) == value_of(
        KEYS[name], TYPED[name], FILE
    )


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("workers", "0", "a whole number from 1"),
        ("workers", "x", "a whole number"),
        ("grace", "-1", "seconds"),
        ("loglevel", "loud", "one of debug"),
        ("hoard", "maybe", "true or false"),
        ("app", "  ", "text such as"),
        ("broker", "redis://:pw@h/0", "committed"),
    ],
)
def test_what_is_wrong_is_told(name: str, text: str, why: str) -> None:
    with pytest.raises(FleetError) as caught:
        value_of(KEYS[name], text, FILE)
    assert why in caught.value.why
    assert "pw" not in str(caught.value)


def test_choices_are_those_of_the_schema() -> None:
    assert choices_of(KEYS["loglevel"]) == LOG_LEVELS
    assert choices_of(KEYS["mode"]) == ("fleet", "plain", "prefork")
    assert choices_of(KEYS["hoard"]) == ("true", "false")
    assert choices_of(KEYS["workers"]) == choices_of(KEYS["broker"]) == ()
    assert choices_of(KEYS["queues"]) == ()


def test_no_text_shows_a_password() -> None:
    assert text_of(Secret("redis://:pw@h/0")) == "redis://:***@h/0"
    assert text_of(None) == ""
    assert text_of(("a", "b")) == "a, b"

from dataclasses import fields

from core.settings import Settings
from core.settings.keys import GROUP_KEYS, KEYS


def test_every_default_is_a_value_that_may_be_set() -> None:
    for key in (*KEYS.values(), *GROUP_KEYS.values()):
        assert key.default is None or key.kind.check(key.default) == key.default, key.name


def test_every_key_has_its_field_and_its_variable() -> None:
    known = {field.name for field in fields(Settings)}
    assert {key.field for key in KEYS.values()} <= known
    assert KEYS["env_files"].variable == "SOLOFLEET_ENV_FILES"
    assert KEYS["grace"].field == "grace_s"

"""What each layer says of each setting."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.settings import Settings
from core.settings.keys import GROUP_KEYS, KEYS
from core.settings.layers import Entry, read_entries
from core.settings.origin import Layer, Origin, Setting


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The project, the user's file and the local one."""
    user, local = tmp_path / "user.toml", tmp_path / "local.toml"
    (tmp_path / "solofleet.toml").write_text(
        "workers = 2\nworker = 1\n[groups.mail]\nworkers = 3\n"
    )
    user.write_text('workers = 1\nloglevel = "debug"\n')
    local.write_text("workers = 5\n[groups.mail]\nspare = true\n")
    return tmp_path, user, local


def by_path(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    return {entry.path: entry for entry in entries}


def test_all_who_say_something_are_told_and_the_greatest_counts(
    files: tuple[Path, Path, Path],
) -> None:
    root, user, local = files
    asked = Settings().over({"workers": Setting(9, Origin(Layer.ASKED))})
    environ = {"SOLOFLEET_GRACE": "5"}
    table = read_entries(root, environ, user=user, local=local, asked=asked)
    entries = by_path(table.entries)
    workers = entries["workers"]
    assert {layer: setting.value for layer, setting in workers.said.items()} == {
        Layer.USER: 1,
        Layer.PROJECT: 2,
        Layer.LOCAL: 5,
        Layer.ASKED: 9,
    }
    assert workers.holds == Setting(9, Origin(Layer.ASKED))
    assert workers.below(Layer.LOCAL).value == 2
    assert workers.over(Layer.LOCAL) == workers.holds
    assert entries["loglevel"].over(Layer.USER) is None
    assert entries["loglevel"].below(Layer.USER) == Setting("info", Origin(Layer.DEFAULT))
    assert entries["grace"].holds.origin.place == "SOLOFLEET_GRACE"
    assert entries["app"].holds.value is None
    (warning,) = table.warnings
    assert "did you mean workers?" in warning


def test_the_settings_of_groups_come_after_all_others(files: tuple[Path, Path, Path]) -> None:
    root, user, local = files
    table = read_entries(root, {}, user=user, local=local)
    paths = [entry.path for entry in table.entries]
    assert paths == [*KEYS, *(f"groups.mail.{name}" for name in GROUP_KEYS)]
    entries = by_path(table.entries)
    assert entries["groups.mail.workers"].holds.origin.layer is Layer.PROJECT
    assert entries["groups.mail.spare"].holds.origin.layer is Layer.LOCAL


def test_without_a_project_there_is_what_holds_for_all(files: tuple[Path, Path, Path]) -> None:
    _, user, _ = files
    entries = by_path(read_entries(None, {}, user=user).entries)
    assert set(entries) == {name for name, key in KEYS.items() if key.for_all}
    assert entries["workers"].holds.value == 1


def test_a_wrong_value_is_an_error(files: tuple[Path, Path, Path]) -> None:
    root, user, _ = files
    user.write_text("workers = 0\n")
    with pytest.raises(FleetError, match="workers is wrong"):
        read_entries(root, {}, user=user)

import os
from pathlib import Path

import pytest

from core.errors import FleetError
from core.settings import load_settings
from core.settings.origin import Layer
from core.settings.saving import SettingsFile

WRITTEN = """\
# mine
workers = 2  # enough
future = { a = 1 }
env-files = ["a"]

[window]
width = 800 # px
"""


@pytest.fixture
def local(tmp_path: Path) -> SettingsFile:
    return SettingsFile(Layer.LOCAL, tmp_path / "state" / "settings.toml", tmp_path)


def write(target: SettingsFile, text: str) -> None:
    target.file.parent.mkdir(exist_ok=True)
    target.file.write_bytes(text.encode())


def test_a_new_file_says_whose_it_is(local: SettingsFile, tmp_path: Path) -> None:
    local.save("workers", 3)

    settings = load_settings(tmp_path, local=local.file)
    assert (settings.workers, settings.where("workers")) == (3, f"workers in {local.file}")
    assert settings.warnings == ()
    assert local.file.read_text().startswith("# Solofleet's settings for one project")
    assert "folder = " in local.file.read_text()


def test_comments_order_and_what_is_unknown_survive(local: SettingsFile) -> None:
    write(local, WRITTEN.replace("\n", "\r\n"))

    local.save("workers", 3)
    local.save("env_files", ("b", "c"))

    expected = WRITTEN.replace("workers = 2", "workers = 3").replace('["a"]', '["b", "c"]')
    assert local.file.read_bytes().decode().replace("\r\n", "\n") == expected


def test_a_value_can_be_saved_and_removed_again(local: SettingsFile) -> None:
    write(local, WRITTEN)

    local.save("broker", "builtin")
    local.save("groups.mail.workers", 1)
    local.save("groups.mail.queues", ["mail"])
    local.remove("groups.mail.workers")
    local.remove("groups.mail.workers")
    settings = load_settings(local.folder or Path(), local=local.file)
    assert [(g.name, [*g.said]) for g in settings.groups] == [("mail", ["queues"])]
    assert settings.broker is not None

    local.remove("groups.mail.queues")
    local.remove("groups.gone.queues")
    local.remove("env_files")
    local.remove("broker")
    assert local.file.read_text().rstrip("\n") == (
        WRITTEN.replace('env-files = ["a"]\n', "").rstrip("\n")
    )


def test_removing_from_a_file_that_is_not_there_makes_none(local: SettingsFile) -> None:
    local.remove("workers")
    assert not local.file.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [("workers", "many"), ("broker", "redis://:hush@h"), ("groups.a.env", {"TOKEN": "hush"})],
)
def test_what_would_not_be_read_is_not_saved(local: SettingsFile, key: str, value: object) -> None:
    write(local, WRITTEN)
    with pytest.raises(FleetError):
        local.save(key, value)
    assert local.file.read_text() == WRITTEN


def test_a_file_that_is_no_toml_is_left_alone(local: SettingsFile) -> None:
    write(local, "workers = \n")
    with pytest.raises(FleetError, match="is not valid TOML"):
        local.save("workers", 1)
    assert local.file.read_text() == "workers = \n"


def test_a_file_that_cannot_be_written_is_told(
    local: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FleetError, match="could not be written") as caught:
        local.save("workers", 1)
    assert caught.value.why == "No space left on device"


def test_each_layer_has_its_file(tmp_path: Path) -> None:
    user, local = SettingsFile.of_user(), SettingsFile.of_project("shop-1", tmp_path)
    assert (user.layer, user.file.name, user.folder) == (Layer.USER, "settings.toml", None)
    assert (local.layer, local.file.parent.name, local.folder) == (
        Layer.LOCAL,
        "shop-1",
        tmp_path,
    )

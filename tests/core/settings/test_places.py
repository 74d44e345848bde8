import sys
from pathlib import Path

import pytest

from core.settings.places import local_file, user_file


@pytest.mark.skipif(sys.platform == "win32", reason="the folders of XDG")
def test_settings_lie_in_the_folders_that_the_platform_has_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))

    if sys.platform == "linux":
        assert user_file() == tmp_path / "config" / "solofleet" / "settings.toml"
        assert local_file("shop-1") == (
            tmp_path / "state" / "solofleet" / "shop-1" / "settings.toml"
        )
    assert user_file().is_relative_to(tmp_path)


@pytest.mark.skipif(sys.platform != "win32", reason="the folders of Windows")
def test_on_windows_a_persons_settings_roam_and_a_machines_do_not() -> None:
    assert user_file().parts[-4:] == ("AppData", "Roaming", "solofleet", "settings.toml")
    assert local_file("shop-1").parts[-4:] == ("Local", "solofleet", "shop-1", "settings.toml")

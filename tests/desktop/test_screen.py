"""Where a window can be shown."""

import sys

import pytest

from desktop import screen
from desktop.screen import no_window

WITH_SERVERS = sys.platform not in ("win32", "darwin")


def test_where_qt_is_told_what_to_show_on_that_is_right() -> None:
    assert no_window({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.skipif(WITH_SERVERS, reason="there is always a screen on Windows and macOS")
def test_windows_has_a_screen() -> None:
    assert no_window({}) is None


@pytest.mark.skipif(not WITH_SERVERS, reason="there is always a screen")
def test_without_a_server_it_is_said_what_is_not_set() -> None:
    assert "DISPLAY" in (no_window({}) or "")
    assert no_window({"WAYLAND_DISPLAY": "wayland-0"}) is None


@pytest.mark.skipif(not WITH_SERVERS, reason="there is always a screen")
def test_a_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "_plugin", lambda: "libxcb.so.1")
    assert no_window({"DISPLAY": ":777"}) == "no screen answers at DISPLAY=:777"


@pytest.mark.skipif(not WITH_SERVERS, reason="there is always a screen")
def test_a_library_that_qt_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "_plugin", lambda: "libnowhere.so.9")
    assert "libnowhere.so.9" in (no_window({"DISPLAY": ":0"}) or "")

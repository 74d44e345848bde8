"""What `solofleet` opens."""

import sys

import pytest

from core.cli import main as terminal_main
from core.errors import DONE, USAGE
from desktop import app, launch
from desktop.launch import has_screen, main


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each window that was opened was to show the demo."""
    seen: list[bool] = []

    def run(*, open_demo: bool = False) -> int:
        seen.append(open_demo)
        return DONE

    monkeypatch.setattr(app, "run", run)
    monkeypatch.setattr(launch, "has_screen", lambda environ: True)
    return seen


def test_nothing_asked_opens_the_window(opened: list[bool]) -> None:
    assert (main([]), opened) == (DONE, [False])


def test_the_demo_is_shown_in_the_window(opened: list[bool]) -> None:
    assert (main(["demo"]), opened) == (DONE, [True])


def test_whatever_else_is_asked_is_done_in_the_terminal(
    opened: list[bool], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--fly"])
    assert (ended.value.code, opened) == (USAGE, [])
    assert "--fly" in capsys.readouterr().err


def test_without_a_screen_the_terminal_says_what_there_is(
    opened: list[bool], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "has_screen", lambda environ: False)
    for start in (main, terminal_main):
        with pytest.raises(SystemExit):
            start([])
        assert "usage: solofleet" in capsys.readouterr().err
    assert opened == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_a_screen_is_known_by_its_server() -> None:
    assert not has_screen({})
    assert has_screen({"DISPLAY": ":0"})
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0"})

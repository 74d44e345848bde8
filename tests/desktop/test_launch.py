"""What `solofleet` opens."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.cli import main as terminal_main
from core.errors import DONE, INTERRUPTED, USAGE
from desktop import launch, start
from desktop.launch import main


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool | str]:
    """Whether each window that was opened was to show the demo, or which project."""
    seen: list[bool | str] = []

    def opens(*, open_demo: bool = False, project: str | None = None) -> int:
        seen.append(project or open_demo)
        return DONE

    monkeypatch.setattr(start, "start", opens)
    say(monkeypatch, None)
    return seen


def say(monkeypatch: pytest.MonkeyPatch, why: str | None) -> None:
    """Let there be no window for this reason."""

    def no_window(environ: Mapping[str, str]) -> str | None:
        return why

    monkeypatch.setattr(launch, "no_window", no_window)


def test_nothing_asked_opens_the_window(opened: list[bool | str]) -> None:
    assert (main([]), opened) == (DONE, [False])


def test_the_demo_is_shown_in_the_window(opened: list[bool | str]) -> None:
    assert (main(["demo"]), opened) == (DONE, [True])


def test_whatever_else_is_asked_is_done_in_the_terminal(
    opened: list[bool | str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--fly"])
    assert (ended.value.code, opened) == (USAGE, [])
    assert "--fly" in capsys.readouterr().err


def test_without_a_screen_the_terminal_says_what_there_is(
    opened: list[bool | str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(monkeypatch, "it is dark")
    for begin in (main, terminal_main):
        with pytest.raises(SystemExit):
            begin([])
        said = capsys.readouterr().err
        assert "usage: solofleet" in said
        assert ("it is dark" in said) == (begin is main)
    assert opened == []


def test_a_folder_is_opened_in_the_window_unless_it_has_the_name_of_a_verb(
    opened: list[bool | str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "up").mkdir()
    monkeypatch.chdir(tmp_path)
    assert (main([str(tmp_path)]), opened) == (DONE, [str(tmp_path)])
    assert (main(["./up"]), opened[1:]) == (DONE, ["./up"])
    with pytest.raises(SystemExit):
        main(["up", "--fly"])
    assert len(opened) == 2


def test_ctrl_c_ends_it_in_silence_while_modules_are_still_read(
    opened: list[bool | str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*, open_demo: bool = False, project: str | None = None) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "start", interrupted)
    assert main([]) == INTERRUPTED
    assert capsys.readouterr().err == ""

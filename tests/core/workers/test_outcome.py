"""The words for an end."""

import signal
import sys

import pytest

from core.workers.outcome import Outcome, describe
from core.workers.process import Exit


def words(exit: Exit, *lines: str, windows: bool = False) -> str:
    return describe(exit, lines, windows=windows).words


def test_a_normal_end_has_no_cause_even_when_a_task_failed_before() -> None:
    assert describe(Exit(0), ["ModuleNotFoundError: No module named 'pandas'"]) == Outcome(
        "ended normally (code 0)", None, False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals have no names there")
def test_a_kill_from_outside_is_told_by_the_signals_name() -> None:
    outcome = describe(Exit(None, signal.SIGKILL), ["MemoryError"])
    assert outcome.words == (
        "was ended by SIGKILL: killed from outside, or the system was out of memory"
    )
    assert outcome.killed_from_outside
    assert outcome.cause is None


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals have no names there")
def test_a_crash_in_c_code_is_not_a_kill_from_outside() -> None:
    outcome = describe(Exit(None, signal.SIGSEGV), ["Fatal Python error: Segmentation fault"])
    assert outcome.words.startswith("was ended by SIGSEGV: memory fault in C code")
    assert outcome.cause == "Python itself failed: Segmentation fault"
    assert not outcome.killed_from_outside


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals have no names there")
def test_a_signal_with_a_name_but_no_story() -> None:
    assert words(Exit(None, signal.SIGUSR1)) == "was ended by SIGUSR1"


def test_a_signal_without_a_name() -> None:
    assert words(Exit(None, 250)) == "was ended by signal 250"


@pytest.mark.parametrize(
    ("code", "part", "outside"),
    [
        (0xC0000005, "memory fault", False),
        (0xC000013A, "Ctrl+C", True),
        (0xC0000135, "a DLL is missing", False),
        (0x40010004, "logoff", True),
    ],
)
def test_windows_status_codes_have_words(code: int, part: str, outside: bool) -> None:
    outcome = describe(Exit(code), [], windows=True)
    assert f"0x{code:08X}" in outcome.words
    assert part in outcome.words
    assert outcome.killed_from_outside is outside


def test_an_unknown_status_code_is_told_in_hexadecimal() -> None:
    assert words(Exit(0xC0000999), windows=True) == "ended with code 3221227929 (0xC0000999)"


def test_code_1_on_windows_may_be_a_kill_from_outside() -> None:
    assert "taskkill" in words(Exit(1), windows=True)
    assert not describe(Exit(1), [], windows=True).killed_from_outside


def test_code_1_with_a_cause_or_on_posix_is_an_error() -> None:
    cause = "ModuleNotFoundError: No module named 'pandas'"
    assert words(Exit(1), cause, windows=True) == "ended with code 1"
    assert words(Exit(1), windows=False) == "ended with code 1"


def test_the_codes_of_shells_and_command_lines() -> None:
    assert words(Exit(2)) == "ended with code 2: its command line was refused"
    assert "out of memory" in words(Exit(137))
    assert words(Exit(7)) == "ended with code 7"

"""Commands that run, and what they printed last."""

import types
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.waiting import wait_until

Load = Callable[[str], types.ModuleType]
ENV = {"PATH": "/usr/bin:/bin"}


@pytest.fixture
def programs(inside: Load) -> types.ModuleType:
    return inside("proof.programs")


def test_the_code_and_the_last_lines_of_a_command_are_kept(
    programs: types.ModuleType, tmp_path: Path
) -> None:
    heard: list[str] = []
    argv = programs.shell("seq 1000; echo bad >&2; exit 7")
    with programs.Program(argv, ENV, str(tmp_path), heard.append) as program:
        assert program.wait(20) == 7
        assert program.last()[-2:] == ["1000", "bad"]
        assert len(program.last()) == 30
    assert heard[0] == "1"


def test_a_command_that_takes_too_long_is_ended_with_its_children(
    programs: types.ModuleType, tmp_path: Path
) -> None:
    argv = programs.shell("echo begun; setsid sleep 100 & sleep 100")
    with programs.Program(argv, ENV, str(tmp_path)) as program:
        with pytest.raises(programs.Failed) as failed:
            program.wait(0.5)
        family = programs.processes.family(program.pid)
    assert failed.value.facts["overdue"] == 0.5
    wait_until(lambda: programs.processes.living(family) == [], 5, "the end of its children")


def test_a_line_without_an_end_is_cut(programs: types.ModuleType, tmp_path: Path) -> None:
    argv = programs.shell("head -c 100000 /dev/zero | tr '\\0' x")
    with programs.Program(argv, ENV, str(tmp_path)) as program:
        program.wait(20)
        assert {len(line) for line in program.lines} == {programs.LONGEST}


def test_what_a_program_says_is_asked_for(programs: types.ModuleType) -> None:
    assert programs.output(["echo", "so"], ENV) == "so"
    assert programs.output(["false"], ENV) is None
    assert programs.output(["no-such-program"], ENV) is None
    assert programs.output(["sleep", "100"], ENV, 0.1) is None

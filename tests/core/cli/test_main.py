"""The module that is run."""

import runpy
import sys

import pytest

from core.errors import USAGE


def test_it_is_the_command_and_gives_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["solofleet", "fly"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("core.cli", run_name="__main__")
    assert caught.value.code == USAGE
    assert capsys.readouterr().err.startswith("usage: solofleet")

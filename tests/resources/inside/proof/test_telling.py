"""Steps, as they are told."""

import json
import types
from collections.abc import Callable

import pytest

Load = Callable[[str], types.ModuleType]


def test_a_step_is_told_as_it_begins_and_ends(
    inside: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    telling = inside("proof.telling")
    teller = telling.Teller()
    with teller.step("build", "web", "make") as good:
        good["packages"] = 3
    with teller.step("build", "worker", "make") as bad:
        bad["packages"] = 3
        raise telling.Failed(code=1, lines=["é"])
    assert (good["state"], bad["state"]) == ("passed", "failed")
    out = capsys.readouterr().out
    assert out.isascii()
    first, second, _, last = (json.loads(line) for line in out.splitlines())
    assert first == {"kind": "step", "id": "build", "service": "web", "about": "make"}
    assert second["facts"] == {"packages": 3, "state": "passed"}
    assert last["facts"] == {"code": 1, "lines": ["é"], "state": "failed"}

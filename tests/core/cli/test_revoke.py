"""What became of revoked tasks, in words."""

from collections.abc import Callable

import pytest

from core.bridge.revoking import Fate, Revoked
from core.cli.revoke import exit_code, revoke_lines
from core.errors import DONE, FAILED, UNAVAILABLE

NODE = "w1@box"
FATES = (
    Fate("a1", "running", "terminated", "shop.nap", NODE, 12.0),
    Fate("a2", "running", "runs on", "shop.nap", NODE, 12.0),
    Fate("a3", "running", "ended", "shop.nap", NODE, 12.0, "SUCCESS"),
    Fate("a4", "reserved", "revoked", "shop.add", NODE),
    Fate("a5", "scheduled", "revoked", "shop.add", NODE),
    Fate("a6", "waiting", "revoked"),
    Fate("a7", "waiting", "unheard"),
    Fate("a8", "held", "unheard"),
    Fate("a9", "ended", "ended", state="SUCCESS"),
    Fate("b1", "unknown", "unknown"),
)


def test_each_fate_is_a_line(golden: Callable[[str, str], None]) -> None:
    told = [
        *revoke_lines(Revoked(FATES, (NODE,)), terminate=False),
        *revoke_lines(Revoked(FATES[1:2], ()), terminate=True),
    ]
    golden("revoke.txt", "".join(f"{line}\n" for line in told))


@pytest.mark.parametrize(
    ("number", "terminate", "code"),
    [
        *((0, True, DONE), (1, False, DONE), (1, True, FAILED), (2, True, DONE), (3, False, DONE)),
        *((5, False, DONE), (6, False, UNAVAILABLE), (8, False, DONE), (9, False, FAILED)),
    ],
)
def test_the_exit_code_tells_whether_all_is_well(number: int, terminate: bool, code: int) -> None:
    assert exit_code(Revoked((FATES[number],), (NODE,)), terminate=terminate) == code

"""Which Python runs what is Solofleet's own."""

import sys
from pathlib import Path

from core.frozen.own import NAME, OWN_PYTHON, own_python


def test_it_is_the_one_that_runs_solofleet() -> None:
    assert Path(sys.executable) == OWN_PYTHON


def test_a_built_program_has_it_beside_itself() -> None:
    assert own_python(Path("/opt/solofleet/solofleet"), frozen=True) == Path("/opt/solofleet", NAME)


def test_no_search_for_a_python_of_the_users_would_take_it() -> None:
    assert NAME.removesuffix(".exe") not in ("python", "python3", "pythonw")

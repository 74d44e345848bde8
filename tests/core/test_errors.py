"""The one error that people see."""

from core.errors import FAILED, USAGE, FleetError


def test_it_reads_in_its_three_parts() -> None:
    error = FleetError("the broker is away", "nothing listens", "start it")
    assert str(error) == "the broker is away\n  why: nothing listens\n  fix: start it"


def test_it_knows_the_exit_code_it_asks_for() -> None:
    assert FleetError("a", "b", "c").exit_code == FAILED
    assert FleetError("a", "b", "c", exit_code=USAGE).exit_code == USAGE

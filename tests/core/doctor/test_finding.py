"""Verdicts."""

from core.doctor.finding import Seen, State, fault, ok, warning, worst


def test_of_several_verdicts_the_gravest_names_them_all() -> None:
    seen = [warning("a is odd", "mend a"), fault("b is broken", "mend b"), warning("c", "mend a")]
    wanted = Seen(State.FAULT, "a is odd; b is broken; c", "mend a; mend b")
    assert worst(seen, ok("fine")) == wanted
    assert worst(seen[:1], ok("fine")).state is State.WARNING


def test_where_nothing_is_wrong_the_other_verdict_holds() -> None:
    assert worst([], ok("fine")) == Seen(State.OK, "fine")

"""Whether a fleet may start beside others."""

import pytest

from core.bridge.surroundings import Surroundings
from core.cli.consent import agree, consent
from core.errors import USAGE, FleetError
from tests.support.fake_session import BROKER


def never(question: str) -> bool:
    raise AssertionError(f"asked: {question}")


@pytest.mark.parametrize(
    ("local", "foreign"), [(True, ()), (False, ()), (True, ("w1@far", "w2@far"))]
)
def test_nobody_is_asked_when_alone_or_on_this_machine(
    local: bool, foreign: tuple[str, ...]
) -> None:
    consent(Surroundings(BROKER, local, foreign), never)


def test_the_question_names_the_others_and_the_broker() -> None:
    asked: list[str] = []
    consent(
        Surroundings(BROKER, local=False, foreign=("w1@far",)), lambda text: not asked.append(text)
    )
    assert asked == ["w1@far will share the tasks on redis://127.0.0.1:6379/0. Start beside them?"]


def test_no_is_a_usage_error_that_tells_the_ways_out() -> None:
    with pytest.raises(FleetError) as caught:
        consent(Surroundings(BROKER, local=False, foreign=("w1@far",)), lambda text: False)
    assert caught.value.exit_code == USAGE
    assert "--yes" in caught.value.fix


def test_a_change_elsewhere_is_asked_for_by_name() -> None:
    asked: list[str] = []
    agree("scale jobs (srv-1)", lambda text: not asked.append(text))
    assert asked == ["scale jobs (srv-1)?"]
    with pytest.raises(FleetError, match=r"not done: scale jobs \(srv-1\)") as caught:
        agree("scale jobs (srv-1)", lambda text: False)
    assert caught.value.exit_code == USAGE

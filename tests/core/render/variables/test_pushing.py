"""What of `.env` goes to Render, and what is stopped."""

import pytest

from core.errors import USAGE, FleetError
from core.render.variables.contract import Picture, State
from core.render.variables.digests import Digests
from core.render.variables.pushing import outgoing
from core.render.variables.written import Kind, Written
from core.secret import Secret


def written(name: str, value: str, file: str = ".env") -> Written:
    return Written(name, Kind.VALUE, Secret(value), file, 3)


def test_each_variable_is_compared_with_what_is_there() -> None:
    digests = Digests()
    remote = {"SAME": digests.of("1"), "OTHER": digests.of("x"), "theirs": digests.of("y")}
    env = tuple(written(name, "1") for name in ("SAME", "OTHER", "NEW", "UNASKED"))
    names = ["NEW", "SAME", "OTHER", "NEW"]
    chosen = outgoing(Picture(env=env), names, remote, digests, "shop")
    assert [(each.name, each.state) for each in chosen] == [
        ("NEW", State.MISSING),
        ("SAME", State.EQUAL),
        ("OTHER", State.DIFFERENT),
    ]
    assert chosen[0].value == Secret("1")


def test_a_file_for_production_goes_first() -> None:
    env = (written("KEY", "laptop"), written("KEY", "real", ".env.production"))
    (chosen,) = outgoing(Picture(env=env), ["KEY"], {}, Digests(), "shop")
    assert (chosen.value, chosen.place) == (Secret("real"), ".env.production:3")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("CELERY_BROKER_URL", "redis://localhost:6379/0", "leads to localhost"),
        ("CELERY_BROKER_URL", "${REDIS_URL}", "is written with ${REDIS_URL}"),
        ("REDIS_URL", "rediss://:hunter2@far:6379", "without ssl_cert_reqs"),
        ("RENDER_SERVICE_NAME", "jobs", "Render sets it itself"),
    ],
)
def test_a_value_that_cannot_be_right_there_is_not_sent(name: str, value: str, why: str) -> None:
    with pytest.raises(FleetError) as caught:
        outgoing(Picture(env=(written(name, value),)), [name], {}, Digests(), "shop")
    assert why in caught.value.why
    assert caught.value.exit_code == USAGE
    assert "hunter2" not in str(caught.value)


def test_names_that_are_nowhere_are_all_told_at_once() -> None:
    picture = Picture(env=(written("A", "1"),))
    with pytest.raises(FleetError, match="B, C cannot be sent"):
        outgoing(picture, ["A", "B", "C"], {}, Digests(), "shop")

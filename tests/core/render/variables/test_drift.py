"""How `.env` differs from Render."""

from core.render.variables.contract import Picture, State
from core.render.variables.digests import Digests
from core.render.variables.drift import drift, lacking
from core.render.variables.written import Kind, Written
from core.secret import Secret


def written(name: str, value: str, line: int) -> Written:
    return Written(name, Kind.VALUE, Secret(value), ".env", line)


def test_each_name_is_compared_and_no_value_goes_out() -> None:
    digests = Digests()
    picture = Picture(
        env=(
            written("SAME", "one-value", 1),
            written("OTHER", "two-values", 2),
            written("LACKING", "three-values", 3),
            written("BROKER", "redis://localhost:6379/0", 4),
        )
    )
    remote = {
        "SAME": digests.of("one-value"),
        "OTHER": digests.of("else"),
        "ONLY_THERE": digests.of("x"),
        "PORT": digests.of("10000"),
    }
    found = drift(picture, remote, digests, "shop")
    states = {each.name: (each.place, each.state, each.can_go) for each in found}
    assert states == {
        "BROKER": (".env:4", State.MISSING, False),
        "LACKING": (".env:3", State.MISSING, True),
        "ONLY_THERE": ("", State.PRESENT, False),
        "OTHER": (".env:2", State.DIFFERENT, True),
        "PORT": ("", State.PRESENT, False),
        "SAME": (".env:1", State.EQUAL, False),
    }
    broker = next(each for each in found if each.name == "BROKER")
    assert broker.fault is not None
    assert "localhost" in broker.fault.why
    assert "-value" not in repr(found)
    assert lacking(found) == ("ONLY_THERE",)

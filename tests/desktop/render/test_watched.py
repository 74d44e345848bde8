"""What is said of a service whose deploys are watched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.render.api.answers import Deploy, Service
from core.render.api.passage import Passage
from desktop.render.watched import Watched
from tests.render_fake.account import Account

SERVICE = Service.read(Account().add_service("jobs"))
AT = datetime(2026, 11, 20, tzinfo=UTC)


def deploy(status: str, seconds: float | None = None) -> Deploy:
    end = None if seconds is None else AT + timedelta(seconds=seconds)
    return Deploy("dep-1", status, "f00d", "", "api", AT, end)


BUILDING = deploy("build_in_progress")
WATCHED = Watched(SERVICE, (), BUILDING, Passage().seen(BUILDING, 0.0), following=True)


def test_the_first_deploy_has_nothing_to_compare_with() -> None:
    assert WATCHED.said() == "No deploy before this one was live."
    assert WATCHED.share(10.0) == 0.5
    assert Watched(SERVICE).said() == ""


def test_how_long_good_ones_took_is_told_and_fills_the_bar() -> None:
    watched = replace(WATCHED, deploys=(deploy("live", 100), deploy("deactivated", 130)))
    assert watched.said().startswith("The last good deploys took 1 min 40 s to 2 min 10 s.")
    assert "old processes work" in watched.said()
    assert watched.share(23.0) == 0.2
    assert watched.share(9999.0) == 0.95
    same = replace(WATCHED, deploys=(deploy("live", 30),), deploy=deploy("live", 30))
    assert same.said() == "The last good deploys took 30 s."


def test_trouble_goes_before_all_else() -> None:
    assert replace(WATCHED, trouble="no answer").said().startswith("no answer.")

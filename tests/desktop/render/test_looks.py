"""How deploys look."""

from core.render.api.answers import BAD, GOOD, UNDER_WAY, Deploy
from desktop.render.looks import DEPLOY, NEVER, deploy_look


def test_every_status_that_is_known_has_a_look() -> None:
    assert DEPLOY.keys() == GOOD | BAD | UNDER_WAY


def test_a_status_that_nobody_knows_is_told_as_it_is() -> None:
    deploy = Deploy("dep-1", "moon_landing", "", "", "", None, None)
    assert deploy_look(deploy).label == "Moon landing"
    assert deploy_look(None) is NEVER

"""The first connect, as a page and what to do there."""

from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.render.blueprint.reading import read_text
from core.render.pushing import Branch, Remote
from core.render.remote.connecting import asked_for, connect_guide, web_address

FILE = Path("render.yaml")
TEXT = """\
services:
  - type: web
    name: api
    envVars:
      - {key: OPENAI_API_KEY, sync: false}
  - type: worker
    name: jobs
    envVars:
      - {key: OPENAI_API_KEY, sync: false}
      - {key: S3_SECRET_KEY, sync: false}
      - {key: LOG_LEVEL, value: INFO}
  - {type: keyvalue, name: queue, ipAllowList: []}
envVarGroups:
  - {name: shop, envVars: []}
"""
ORIGIN = Remote("origin", "git@github.com:example/shop.git")
PUSHED = Branch(Path("shop"), "main", "0" * 40, "origin/main", 0, 0, (), (ORIGIN,))


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://github.com/example/shop.git", "https://github.com/example/shop"),
        ("https://github.com/example/shop/", "https://github.com/example/shop"),
        ("https://me:***@github.com/example/shop", "https://github.com/example/shop"),
        ("git@github.com:example/shop.git", "https://github.com/example/shop"),
        ("ssh://git@GitHub.com/example/shop.git", "https://github.com/example/shop"),
        ("ssh://git@gitlab.com:22/group/sub/shop.git", "https://gitlab.com/group/sub/shop"),
        ("https://bitbucket.org/example/shop", "https://bitbucket.org/example/shop"),
        ("https://git.example.com/shop.git", None),
        ("/srv/git/shop.git", None),
        (r"C:\git\shop.git", None),
        ("", None),
    ],
)
def test_a_repository_is_known_by_any_spelling_of_its_address(
    address: str, seen: str | None
) -> None:
    assert web_address(address) == seen


def test_the_guide_has_the_page_and_what_will_be_asked() -> None:
    guide = connect_guide(read_text(TEXT, FILE), PUSHED, ORIGIN, "Shop")
    page = "https://dashboard.render.com/blueprint/new?repo=https://github.com/example/shop"
    assert guide.page == page
    assert guide.asked == ("OPENAI_API_KEY", "S3_SECRET_KEY")
    told = " ".join(guide.steps)
    assert "main is pushed to origin" in told
    assert "api, jobs, queue, shop" in told
    assert "workspace Shop" in told


def test_what_is_not_pushed_yet_is_the_first_step() -> None:
    for branch in (
        Branch(Path("shop"), "main", "0" * 40, None, 0, 0, (), (ORIGIN,)),
        Branch(Path("shop"), "main", "0" * 40, "origin/main", 2, 0, (), (ORIGIN,)),
    ):
        guide = connect_guide(read_text(TEXT, FILE), branch, ORIGIN, "Shop")
        assert "solofleet render push" in guide.steps[0]


def test_a_file_without_open_values_asks_for_none() -> None:
    document = read_text("services: []", FILE)
    assert list(asked_for(document)) == []
    assert not any(
        "Type the values" in each for each in connect_guide(document, PUSHED, ORIGIN, "Shop").steps
    )


def test_a_repository_that_render_cannot_read_is_told() -> None:
    far = Remote("origin", "/srv/git/shop.git")
    with pytest.raises(FleetError, match=r"Render cannot connect /srv/git/shop\.git") as caught:
        connect_guide(read_text(TEXT, FILE), PUSHED, far, "Shop")
    assert "github.com" in caught.value.why
    assert caught.value.exit_code == USAGE

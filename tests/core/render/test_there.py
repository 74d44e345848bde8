"""What of a project is on Render."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.there import blueprint_of
from tests.support.render_cli import shop

__all__ = ("shop",)


def test_the_blueprint_at_the_top_of_the_repository_counts(shop: Path) -> None:
    (shop / ".git").mkdir()
    (shop / "backend" / "app").mkdir(parents=True)
    assert blueprint_of(shop / "backend" / "app").file == shop / "render.yaml"


def test_a_blueprint_above_the_repository_does_not(shop: Path) -> None:
    (shop / "other" / ".git").mkdir(parents=True)
    with pytest.raises(FleetError, match=r"has no render\.yaml"):
        blueprint_of(shop / "other")

"""Where a choice comes from."""

from pathlib import Path

from core.render.blueprint.drafting import Draft
from core.render.choices import Choices
from desktop.deploy.origins import origin
from tests.support.storefront import facts_of


def test_each_choice_tells_who_made_it(root: Path) -> None:
    worker = "{type: worker, name: w, region: frankfurt, startCommand: celery -A x worker}"
    (root / "render.yaml").write_text(f"services: [{worker}]\n")
    draft = facts_of(root, Choices(plan="standard")).draft
    kept = Choices(flower=True)
    assert isinstance(draft, Draft)
    told = [
        origin(key, Choices(plan="standard"), kept, draft)
        for key in ("plan", "flower", "region", "instances", "concurrency")
    ]
    assert told == [
        "chosen here, kept when written",
        "from the project's settings",
        "as render.yaml has it",
        "default",
        "advised for this plan",
    ]

"""Where a choice for Render comes from, in words."""

from core.render.blueprint.drafting import Draft
from core.render.choices import Choices


def origin(key: str, asked: Choices, kept: Choices, draft: Draft) -> str:
    """Of one key of Choices; `asked` is not written yet, `kept` is in the project's settings."""
    if key in asked.table():
        return "chosen here, kept when written"
    if key in kept.table():
        return "from the project's settings"
    if key in draft.choices.table():
        return "as render.yaml has it" if draft.exists else "as .env has it"
    return "advised for this plan" if key == "concurrency" else "default"

"""What prefork answered, kept for where prefork does not exist."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.parity.observing import Observation

RECORDED = Path(__file__).with_name("recorded.json")


def recorded() -> dict[str, Observation]:
    """Prefork's answer to each scenario, by its name."""
    return json.loads(RECORDED.read_text("utf-8"))


def record(answers: Mapping[str, Observation]) -> None:
    """Keep these answers in place of all earlier ones."""
    text = json.dumps(answers, indent=1, ensure_ascii=False, sort_keys=True)
    RECORDED.write_text(text + "\n", encoding="utf-8", newline="\n")

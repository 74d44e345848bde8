"""Writes `docs/parity.md`: what agrees, what does not, and what prefork's answer is."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.parity.observing import Observation
from tests.parity.scenario import Scenario
from tests.parity.scenarios import CHAPTERS, SCENARIOS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "parity.md"
SHORT = 60

HEAD = """\
# What prefork does, and whether the fleet does the same

Made by `python -m tests.parity --write`, from {count} scenarios that run on both sides at the same
time: one `celery worker --pool=prefork -c N`, and a fleet of N workers. Compared are the state,
result, exception, retries and redeliveries of each task, how far its body came (`begin`, what it
swallowed or raised, `end`, `finally`), Celery's signals about it, what is left in the broker, and
whether as many tasks as before can run at the same time afterwards. Where it says so, the order of
tasks, the processes they ran in, and the signals of workers are compared too.
`tests/parity/test_parity.py` holds it. Celery {celery}.

**{agree} agree, {differ} differ.**
"""


def document(
    answers: Mapping[str, Observation], differences: Mapping[str, str], celery: str
) -> str:
    """The document, from prefork's answers and the reasons of what differs."""
    head = HEAD.format(
        count=len(SCENARIOS),
        celery=celery,
        agree=len(SCENARIOS) - len(differences),
        differ=len(differences),
    )
    return "\n".join([head, *_chapters(answers, differences)])


def _chapters(answers: Mapping[str, Observation], differences: Mapping[str, str]) -> Iterator[str]:
    for title, scenarios in CHAPTERS.items():
        yield f"## {title}\n"
        yield "| Scenario | What it shows | Prefork's answer | Fleet |"
        yield "|---|---|---|---|"
        for scenario in scenarios:
            reason = differences.get(scenario.name)
            wishes = "".join(f" with `--{wish}`" for wish in scenario.wishes)
            fleet = f"agrees{wishes}" if reason is None else f"**differs**: {reason}"
            brief = "<br>".join(_brief(scenario, answers[scenario.name]))
            yield f"| `{scenario.name}` | {scenario.shows} | {brief} | {fleet} |"
        yield ""


def _brief(scenario: Scenario, seen: Observation) -> Iterator[str]:
    """An answer in a few lines, without what goes without saying."""
    if "stuck" in seen:
        yield f"comes to no end: {_code(seen['stuck'])}"
    for label, task in seen.get("tasks", {}).items():
        if not label.startswith("behind"):
            yield f"{label}: {_task(task)}"
    for what, value in seen["found"].items():
        yield f"{what}: {_code(value)}"
    if scenario.ordered and "order" in seen:
        yield f"order and process: {', '.join(f'{label} in {n}' for label, n in seen['order'])}"
    if scenario.life and "life" in seen:
        yield f"signals: {', '.join(seen['life'])}"
    for when, left in seen.get("left", {}).items():
        if any(left.values()):
            yield f"left while {when}: {left['queue']} in the queue, {left['unacked']} unacked"


def _task(task: Mapping[str, Any]) -> str:
    state = task["state"] or "no result"
    result = task["result"]
    if isinstance(result, dict) and "exc_type" in result:
        arguments = ", ".join(map(json.dumps, result["exc_message"]))
        state += " " + _code(f"{result['exc_type']}({arguments})")
    elif task["state"] is not None:
        state += " " + _code(result)
    return f"{state}; {_body(task['body'])}"


def _body(body: list[str]) -> str:
    if not body:
        return "did not run"
    if body == ["begin", "end", "finally"]:
        return "ran"
    return ", ".join(body)


def _code(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split()).replace("|", "\\|")
    return f"`{text if len(text) <= SHORT else text[: SHORT - 1] + '…'}`"

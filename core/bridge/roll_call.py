"""Asks all workers who are there the same questions, and names those that fall silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.bridge.calls import Calls

ANSWER_S: Final = 1.0
"""A worker that can answer does so within a few milliseconds; who is there is found out first."""


@dataclass(frozen=True, slots=True)
class Roll:
    """Who answered what: `replies[node][question]`; and who did not, with the reason."""

    replies: Mapping[str, Mapping[str, Any]]
    silent: Mapping[str, str]

    def answers(self, question: str) -> dict[str, Any]:
        """The answers to one question by node name."""
        return {node: told[question] for node, told in self.replies.items() if question in told}


async def call_roll(
    calls: Calls,
    questions: Sequence[str] = (),
    *,
    nodes: Sequence[str] | None = None,
    timeout_s: float = ANSWER_S,
    ids: Sequence[str] = (),
) -> Roll:
    """Ping, then put the questions (operations of Celery's `inspect`) to those who answered.

    Without `nodes` the ping waits its whole time; all else is over when the last one has answered.
    Who misses one question is not asked the next: it would cost its time again. `ids` are the
    tasks that a query_task is about. Raises FleetError.
    """
    pongs = await calls.inspect("ping", nodes, timeout_s)
    replies: dict[str, dict[str, Any]] = {node: {"ping": pongs[node]} for node in sorted(pongs)}
    silent = {
        node: f"it gave no answer to ping within {timeout_s:g} s"
        for node in nodes or ()
        if node not in pongs
    }
    present = list(replies)
    for question in questions:
        if question == "ping" or not present:
            continue
        about = ids if question == "query_task" else ()
        answers = await calls.inspect(question, present, timeout_s, about)
        for node in present:
            if node in answers:
                if (error := _error_in(answers[node])) is None:
                    replies[node][question] = answers[node]
                else:
                    silent[node] = f"asked for {question} it failed: {error}"
            else:
                silent[node] = f"it answered ping, but not {question} within {timeout_s:g} s"
        present = [node for node in present if node in answers]
    return Roll(replies, silent)


def _error_in(answer: Any) -> str | None:
    """What a worker says whose command raised (`kombu/pidbox.py`, 5.2-5.7): it is no answer."""
    match answer:
        case {"error": str(error), **more} if not more:
            return error
        case _:
            return None

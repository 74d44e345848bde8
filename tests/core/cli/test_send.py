"""A call on its way, with a bridge that answers from a table."""

import asyncio
import json
from typing import Any

import pytest

from core.cli.send import Sending
from core.errors import DONE, FAILED, TIMED_OUT, USAGE, FleetError
from core.tasks.call import TaskCall
from tests.support.answers import Answers
from tests.support.screen import Screen

ADD = {
    "name": "proj.add",
    "params": [{"name": "x", "kind": "positional_or_keyword"}],
    "queue": "celery",
    "keeps_result": True,
}


def sending(screen: Screen, *, as_lines: bool = False, sent: int = 1) -> tuple[Sending, Answers]:
    answers = Answers(describe={"tasks": [ADD]}, send={"sent": sent})
    call = TaskCall("proj.add", [1], count=sent)
    return Sending(answers.calls, call, screen.terminal, as_lines=as_lines, poll_s=0), answers


def results(**known: tuple[str, str | None]) -> dict[str, Any]:
    return {
        "results": {
            task_id: {"state": state, "result": result, "traceback": None}
            for task_id, (state, result) in known.items()
        }
    }


async def test_what_went_out_is_told_with_its_id() -> None:
    screen = Screen()
    one, answers = sending(screen, sent=2)
    first, second = await one.send()
    assert screen.out == f"proj.add[{first}] sent\nproj.add[{second}] sent\n"
    assert [kind for kind, _ in answers.asked] == ["describe", "send"]


async def test_what_went_out_before_it_failed_is_told_too() -> None:
    screen = Screen()
    one, answers = sending(screen, sent=2)
    answers.answers["send"] = {"sent": 1, "error": "no broker"}
    with pytest.raises(FleetError, match="was sent 1 of 2 times"):
        await one.send()
    assert screen.out.count("sent\n") == 1


async def test_who_interrupts_hears_what_went_out() -> None:
    screen = Screen()
    one, answers = sending(screen, sent=260)

    async def call(kind: str, *, deadline_s: float, **fields: Any) -> Any:
        answers.asked.append((kind, fields))
        if kind == "describe":
            return {"tasks": [ADD]}
        if len(fields["ids"]) == 10:
            raise asyncio.CancelledError
        return {"sent": 250}

    answers.call = call  # type: ignore[method-assign]
    with pytest.raises(asyncio.CancelledError):
        await one.send()
    assert screen.err == "interrupted: proj.add was sent 250 to 260 of 260 times\n"
    assert screen.out.count("sent\n") == 260


async def test_a_call_that_does_not_fit_is_refused() -> None:
    screen = Screen()
    answers = Answers(describe={"tasks": [ADD]})
    with pytest.raises(FleetError) as caught:
        await Sending(answers.calls, TaskCall("proj.add"), screen.terminal, as_lines=False).send()
    assert caught.value.exit_code == USAGE
    assert screen.out == ""


async def test_a_result_that_is_not_kept_is_not_waited_for() -> None:
    one, answers = sending(Screen())
    await one.check_result()
    answers.answers["describe"] = {"tasks": [{**ADD, "keeps_result": False}]}
    with pytest.raises(FleetError, match="its results are not kept") as caught:
        await one.check_result()
    assert caught.value.exit_code == USAGE


async def test_it_follows_until_all_have_ended() -> None:
    screen = Screen()
    one, answers = sending(screen)
    rounds = [
        results(),
        results(a=("STARTED", None)),
        results(a=("SUCCESS", "3"), b=("RETRY", None)),
        results(b=("SUCCESS", "4")),
    ]

    async def call(kind: str, *, deadline_s: float, **fields: Any) -> Any:
        answers.asked.append((kind, fields))
        return rounds.pop(0)

    answers.call = call  # type: ignore[method-assign]
    assert await one.follow(["a", "b"], 10) == DONE
    assert screen.out == "proj.add[a] succeeded: 3\nproj.add[b] succeeded: 4\n"
    assert answers.asked[-1] == ("results", {"ids": ["b"]})


@pytest.mark.parametrize(("state", "word"), [("FAILURE", "failed"), ("REVOKED", "revoked")])
async def test_a_bad_end_of_one_makes_it_1(state: str, word: str) -> None:
    screen = Screen()
    one, answers = sending(screen)
    answers.answers["results"] = results(a=("SUCCESS", "3"), b=(state, "ValueError('x')"))
    assert await one.follow(["a", "b"], 10) == FAILED
    assert f"proj.add[b] {word}: ValueError('x')\n" in screen.out


async def test_those_that_do_not_end_in_time_are_counted() -> None:
    one, answers = sending(Screen())
    answers.answers["results"] = results(a=("STARTED", None))
    with pytest.raises(FleetError, match=r"2 of 2 tasks have not ended within 0\.01 s") as caught:
        await one.follow(["a", "b"], 0.01)
    assert caught.value.exit_code == TIMED_OUT


async def test_programs_get_the_same_task_lines_as_from_up() -> None:
    screen = Screen()
    one, answers = sending(screen, as_lines=True)
    (task_id,) = await one.send()
    answers.answers["results"] = results(**{task_id: ("FAILURE", "ValueError('x')")})
    await one.follow([task_id], 10)
    sent, failed = (json.loads(line) for line in screen.out.splitlines())
    assert (sent["kind"], sent["state"], sent["error"]) == ("task", "sent", None)
    assert failed == {
        "kind": "task",
        "id": task_id,
        "name": "proj.add",
        "worker": None,
        "state": "failed",
        "runtime_s": None,
        "result": None,
        "error": "ValueError('x')",
    }

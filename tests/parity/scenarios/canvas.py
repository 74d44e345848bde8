"""Chains, groups, chords, callbacks, and tasks that wait for others."""

from celery.canvas import chain, chord, group

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side


def _chain(side: Side) -> None:
    steps = [
        side.signature("first", "add", 1, 1),
        side.signature("second", "add", 10),
        side.signature("third", "add", 100),
    ]
    chain(*steps, app=side.app).apply_async()
    side.until_state("third")


def _broken_chain(side: Side) -> None:
    steps = [
        side.signature("first", "add", 1, 1),
        side.signature("second", "fail"),
        side.signature("third", "add", 100),
    ]
    side.endless.add("third")
    chain(*steps, app=side.app).apply_async()
    side.until_state("second")


def _group(side: Side) -> None:
    members = [side.signature(f"member-{number}", "add", number, 1) for number in range(4)]
    group(members, app=side.app).apply_async()


def _chord(side: Side, *members: tuple[str, tuple[object, ...]], errback: bool = False) -> None:
    header = [
        side.signature(f"member-{number}", name, *args)
        for number, (name, args) in enumerate(members)
    ]
    body = side.signature("body", "total")
    if errback:
        body.on_error(side.signature("errback", "note_error"))
    chord(header, app=side.app)(body)
    side.until_state("body")
    if errback:
        side.until_state("errback")


def _links(side: Side) -> None:
    side.send(
        "good",
        "add",
        *(1, 1),
        link=side.signature("callback", "add", 10),
        link_error=side.signature("unused", "note_error"),
    )
    side.send("bad", "fail", link_error=side.signature("errback", "note_error"))
    side.endless.add("unused")
    side.until_state("callback")
    side.until_state("errback")


def _errback_of_a_death(side: Side) -> None:
    side.send("dies", "die", "os._exit(7)", link_error=side.signature("errback", "note_error"))
    side.until_state("errback")


def _errback_of_a_limit(side: Side) -> None:
    side.send("nap", "nap", 60, time_limit=1, link_error=side.signature("errback", "note_error"))
    side.until_state("errback")


def _replaced(side: Side) -> None:
    side.send("replaced", "replace", "add", 1, 2)


SCENARIOS = (
    Scenario("chain", "A chain of three", _chain, workers=2),
    Scenario("chain_broken", "A chain whose second task fails", _broken_chain),
    Scenario("group", "A group of four", _group, workers=2),
    Scenario(
        "chord",
        "A chord",
        lambda side: _chord(side, ("add", (1, 1)), ("add", (2, 2)), ("nap", (0.5,))),
        workers=2,
    ),
    Scenario(
        "chord_with_a_failing_member",
        "A chord with a member that fails, and an errback",
        lambda side: _chord(side, ("add", (1, 1)), ("fail", ()), errback=True),
        workers=2,
    ),
    Scenario(
        "chord_with_a_dying_member",
        "A chord with a member whose process dies: its body fails, and the errback runs",
        lambda side: _chord(side, ("add", (1, 1)), ("die", ("os._exit(7)",)), errback=True),
        workers=2,
    ),
    Scenario(
        "chord_with_a_member_over_its_limit",
        "A chord with a member that is killed at its hard limit",
        lambda side: _chord(side, ("add", (1, 1)), ("limited", (60,)), errback=True),
        workers=2,
        tasks={"limited": task("nap", time_limit=1)},
    ),
    Scenario("links", "`link` and `link_error`", _links),
    Scenario(
        "errback_of_a_death", "`link_error` of a task whose process dies", _errback_of_a_death
    ),
    Scenario(
        "errback_of_a_limit", "`link_error` of a task over its hard limit", _errback_of_a_limit
    ),
    Scenario("replaced", "`self.replace(…)`", _replaced),
    Scenario(
        "nested",
        "A task waits for another one, with `disable_sync_subtasks=False`",
        lambda side: side.send("parent", "call_child", "add", 1, 2),
        workers=2,
    ),
    Scenario(
        "nested_rashly",
        "A task that waits for another one without asking for permission is refused",
        lambda side: side.send("parent", "call_child_rashly", "add", 1, 2),
        workers=2,
    ),
)

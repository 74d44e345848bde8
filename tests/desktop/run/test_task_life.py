"""The life of a task in words."""

from core.tasks.facts import Failed, Received, Rejected, Retried, Settled, Started, Succeeded
from core.tasks.ledger import Ledger
from desktop.run.task_life import Life, life_of


def received(**given: object) -> Received:
    told: dict[str, object] = {
        **{"at": 0.0, "id": "a", "name": "shop.add", "args": "(1, 2)", "kwargs": "{}"},
        **{"queue": "celery", "eta": None, "expires": None, "retries": 0, "tag": None},
        **{"redelivered": False, "headers": {}, "embed": {}, "acks_late": False},
        **given,
    }
    return Received(**told)  # type: ignore[arg-type]


STARTED = Started(0.0, "a", "shop.add")
RETRIED = Retried(0.0, "a", "shop.add", "ChartTimeout('q')", None)
SUCCEEDED = Succeeded(1.0, "a", "shop.add", 8.62, "'r.pdf'", None, None, ignored=False)


def life(*told: tuple[float, str, object], ours: bool = True, now: float = 100.0) -> Life:
    ledger = Ledger()
    if ours:
        ledger.sent(["a"], "shop.add", 10.0)
    for at, worker, fact in told:
        ledger.apply(f"{worker}@box", 1, fact, at)  # type: ignore[arg-type]
    task = ledger.task("a")
    assert task is not None
    return life_of(task, now)


def steps(life: Life) -> list[tuple[str, str, float | None]]:
    return [
        (step.title, step.detail, None if step.after_s is None else round(step.after_s, 3))
        for step in life.steps
    ]


def test_every_execution_is_told_with_its_worker_and_times() -> None:
    told = life(
        (10.004, "w2", received()),
        (10.005, "w2", STARTED),
        (13.585, "w2", RETRIED),
        (16.6, "w3", received(retries=1)),
        (16.605, "w3", STARTED),
        (25.2, "w3", SUCCEEDED),
    )
    assert steps(told) == [
        ("Sent", "", 0.0),
        ("Received", "w2", 0.004),
        ("Started", "w2", 0.005),
        ("Retry 1", "ChartTimeout('q')", 3.585),
        ("Received", "w3", 6.6),
        ("Started", "w3", 6.605),
        ("Succeeded", "'r.pdf'", 15.2),
    ]
    assert dict(told.facts) == {
        "Waited": "5 ms, then 3.0 s for the retry",
        "Ran": "3.6 s, then 8.6 s",
        "Queue": "celery",
    }
    assert told.touched == ("w2@box", "w3@box")
    assert told.arguments == ("(1, 2)",)
    assert (told.look.label, told.result, told.over) == ("Succeeded", "'r.pdf'", True)
    assert [step.code for step in told.steps] == [False, False, False, True, False, False, True]


def test_a_task_that_waits_says_since_when() -> None:
    told = life(now=14.0)
    assert steps(told) == [("Sent", "", 0.0), ("Waiting for a worker", "", None)]
    assert dict(told.facts) == {"Waited": "4.0 s so far"}
    assert not told.over


def test_a_task_that_runs_says_for_how_long() -> None:
    told = life((11.0, "w1", received()), (12.0, "w1", STARTED), now=14.5)
    assert dict(told.facts)["Ran"] == "2.5 s so far"
    assert dict(told.facts)["Waited"] == "2.0 s"
    assert told.look.label == "Running"


def test_a_task_that_is_held_says_until_when() -> None:
    told = life((11.0, "w1", received(eta="2026-11-25T21:00:00")))
    assert dict(told.facts)["Not before"] == "2026-11-25T21:00:00"


def test_what_was_put_back_is_told() -> None:
    requeued = Rejected(0.0, "a", "shop.add", requeue=True)
    told = life((11.0, "w1", received()), (12.0, "w1", requeued))
    assert [title for title, _, _ in steps(told)] == [
        *("Sent", "Received", "Put back into its queue", "Waiting for a worker")
    ]


def test_a_failure_says_why_and_others_tasks_were_not_sent_here() -> None:
    failed = Failed(0.0, "a", "shop.add", 0.5, "KeyError('sku')", None, None)
    told = life((11.0, "w1", received()), (11.0, "w1", STARTED), (12.0, "w1", failed), ours=False)
    assert steps(told)[0] == ("Received", "w1", 0.0)
    assert steps(told)[-1] == ("Failed", "KeyError('sku')", 1.0)
    assert told.error == "KeyError('sku')"


def test_a_second_execution_after_the_end_is_told() -> None:
    told = life(
        (11.0, "w1", received()),
        (11.0, "w1", STARTED),
        (12.0, "w1", SUCCEEDED),
        (13.0, "w2", received(redelivered=True)),
        (13.0, "w2", STARTED),
    )
    assert "another worker" in dict(told.facts)["Executed"]
    assert steps(told)[-1][0] == "Succeeded"


def test_a_lost_task_has_an_end() -> None:
    settled = Settled(0.0, "a", "shop.add", "failed", "WorkerLostError()")
    told = life((11.0, "w1", received()), (11.5, "w1", STARTED), (12.0, "w1", settled))
    assert steps(told)[-1] == ("Failed", "WorkerLostError()", 2.0)
    assert dict(told.facts)["Ran"] == "0.50 s"

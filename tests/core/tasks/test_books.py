"""What a session enters into its ledger by itself, and what is told of it."""

from core.changes import Change, TasksUnsent
from core.tasks.books import Books
from core.tasks.facts import Received, Settled, Started
from core.tasks.ledger import Ledger
from core.tasks.task import TaskChanged


class Kept:
    """Books, and what they told."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.told: list[Change] = []
        self.books = Books(self.ledger, self.told.append)

    def states(self) -> list[tuple[str, str]]:
        return [(c.id, c.state) for c in self.told if isinstance(c, TaskChanged)]

    def received(self, task_id: str) -> None:
        fact = Received(
            *(1.0, task_id, "shop.add", "", "", None, None, None, 0, "tag", False, {}, {}, False)
        )
        self.ledger.apply("w1@box", 1, fact, 1.0)


async def test_what_is_sent_is_told() -> None:
    kept = Kept()
    kept.books.sent(["a", "b"], "shop.add")
    assert kept.states() == [("a", "sent"), ("b", "sent")]
    assert kept.ledger.counts.totals().waiting == 2


async def test_what_did_not_go_out_is_taken_back_unless_a_worker_has_it() -> None:
    kept = Kept()
    kept.books.sent(["a", "b"], "shop.add")
    kept.received("b")
    kept.books.unsent(["a", "b"])
    assert kept.told[-1] == TasksUnsent(("a",))
    assert kept.ledger.counts.totals().sent == 1


async def test_what_others_did_counts_for_none_of_our_workers() -> None:
    kept = Kept()
    kept.books.sent(["a"], "shop.add")
    kept.books.found(Settled(0.0, "a", "shop.add", "succeeded", "3"))
    assert kept.states()[-1] == ("a", "succeeded")
    assert kept.ledger.counts.worker("w1@box").succeeded == 0


async def test_what_is_given_up_has_a_reason() -> None:
    kept = Kept()
    kept.books.sent(["a"], "shop.add")
    kept.books.lost(["a"], "nobody has it")
    task = kept.ledger.task("a")
    assert task is not None and (task.state, task.error) == ("lost", "nobody has it")


async def test_a_broker_that_is_gone_leaves_only_what_runs() -> None:
    kept = Kept()
    kept.books.sent(["a", "b", "c"], "shop.add")
    kept.received("b")
    kept.received("c")
    kept.ledger.apply("w1@box", 1, Started(2.0, "c", "shop.add"), 2.0)
    kept.books.broker_gone("the broker ended")
    totals = kept.ledger.counts.totals()
    assert (totals.lost, totals.running, totals.waiting) == (2, 1, 0)

"""One search over all logs."""

from pytestqt.qtbot import QtBot

from core.logs.search import LIMIT
from core.logs.store import LogStore
from desktop.logpane.find import Query
from desktop.run.finding import Finding
from tests.support.logs import failed, numbered, printed, store_of


def finding(**logs: LogStore) -> Finding:
    return Finding(lambda: logs)


def test_hits_come_in_the_order_of_their_time(qtbot: QtBot) -> None:
    one = store_of(printed("beta", at="21:00:01,000"), printed("beta", at="21:00:03,000"))
    two = store_of(printed("alpha beta", at="21:00:02,000"))
    found = finding(w1=one, w2=two)
    found.look_for(Query("BETA"))
    assert found.searching
    qtbot.waitUntil(lambda: not found.searching)
    assert [(hit.worker, hit.number) for hit in found.hits] == [("w1", 0), ("w2", 0), ("w1", 1)]
    assert found.account() == "3 hits in 2 logs"
    assert found.progress() == "searched 3 of 3 lines"


def test_words_case_and_expressions_are_minded(qtbot: QtBot) -> None:
    found = finding(w1=store_of(printed("stock"), printed("Stocks"), failed()))
    for query, count in (
        (Query("stock", word=True), 3),
        (Query("Stock", case=True), 1),
        (Query("^.*stock(s|$)", regex=True), 2),
        (Query("info"), 0),
    ):
        found.look_for(query)
        qtbot.waitUntil(lambda: not found.searching)
        assert len(found.hits) == count
    assert found.account() == "no hits"
    found.look_for(Query("(", regex=True))
    assert not found.searching
    assert "unterminated" in found.account() or "missing" in found.account()


def test_it_lets_the_window_live_and_can_be_cancelled(qtbot: QtBot) -> None:
    store = LogStore()
    for start in range(0, 100_000, 1000):
        store.append(numbered(start, start + 1000).encode())
    found = finding(w1=store)
    turns: list[int] = []
    found.changed.connect(lambda: turns.append(len(found.hits)))
    found.look_for(Query("line"))
    qtbot.waitUntil(lambda: not found.searching)
    assert len(found.hits) == LIMIT
    assert found.account().startswith("the newest 10\u202f000 hits")
    found.look_for(Query("nothing of it"))
    assert found.searching
    found.cancel()
    assert not found.searching
    assert found.account() == "no hits"
    assert found._search is not None
    assert found._search.searched < 100_000

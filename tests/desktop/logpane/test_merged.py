"""Several logs as one."""

from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.merged import SEGMENT, MergedSource
from tests.support.logs import failed, numbered, printed, store_of


def merged(*stores: LogStore) -> MergedSource:
    return MergedSource(stores, [f"worker{n + 1}" for n in range(len(stores))])


def rows(source: MergedSource) -> list[tuple[int, str]]:
    return [(line.worker, line.message) for line in source.lines(source.first, source.end)]


def at(second: int, text: str) -> str:
    return printed(text, at=f"21:42:{second:02},000")


def test_lines_stand_in_the_order_of_their_time() -> None:
    source = merged(store_of(at(1, "a"), at(4, "d")), store_of(at(2, "b"), at(3, "c")))
    assert rows(source) == [(0, "a"), (1, "b"), (1, "c"), (0, "d")]
    assert (source.first, source.end) == (0, 4)


def test_what_comes_late_is_put_in_its_place() -> None:
    one, two = store_of(at(1, "a"), at(5, "e")), store_of()
    source = merged(one, two)
    two.append(at(3, "c").encode())
    assert source.grow() == 0
    assert [text for _, text in rows(source)] == ["a", "c", "e"]
    assert source.grow() == 3


def test_a_traceback_stays_with_its_record() -> None:
    source = merged(store_of(failed("21:42:02,000")), store_of(at(1, "a"), at(3, "b")))
    lines = source.lines(0, 9)
    assert [line.worker for line in lines] == [1, *[0] * 7, 1]
    assert [line.continues for line in lines] == [False, False, *[True] * 6, False]


def test_lines_without_a_time_stay_behind_the_line_before_them() -> None:
    source = merged(store_of(at(1, "a"), "print\n", at(9, "z")), store_of(at(2, "b")))
    assert [text for _, text in rows(source)] == ["a", "print", "b", "z"]


def test_nothing_is_lost_over_many_segments_and_each_is_in_order() -> None:
    one, two = store_of(), store_of()
    source = merged(one, two)
    for start in range(0, 20_000, 2_500):
        one.append(numbered(start, start + 2_500).encode())
        two.append(numbered(start, start + 2_500).encode())
        source.grow()
    assert source.end == 40_000
    numbers = [(worker, int(text.split()[1])) for worker, text in rows(source)]
    assert sorted(numbers) == [(w, n) for w in (0, 1) for n in range(20_000)]
    assert len(source._segments) > 20_000 // SEGMENT


def test_what_nobody_looks_at_is_not_put_in_order() -> None:
    store = store_of(numbered(0, 20_000))
    source = merged(store)
    source.marks(19_990, 20_000)
    assert len(source._orders) == 1


def test_a_traceback_that_goes_on_in_the_next_segment_is_a_record_of_its_own_there() -> None:
    head = printed("failed", "ERROR") + "  a\n" * (SEGMENT - 1)
    one, two = store_of(head), store_of(at(59, "other"))
    source = merged(one, two)
    one.append(b"  b\n  c\n")
    source.grow()
    marks = source.marks(0, source.end)
    assert len(marks) == SEGMENT + 3
    assert marks[-2] < 8 <= marks[-1]


def test_segments_go_with_the_lines_that_a_store_drops() -> None:
    noisy, quiet = store_of(max_lines=1000), store_of(at(1, "quiet"))
    source = merged(noisy, quiet)
    for start in range(0, 5000, 250):
        noisy.append(numbered(start, start + 250).encode())
        source.grow()
    assert source.end == 5001
    assert source.first > 3000
    texts = [text for _, text in rows(source)]
    assert texts[-1] == "line 4999"
    assert "" not in texts
    assert source.lost().endswith(
        "from worker1 were not kept (buffer full); all of them are in worker1.log"
    )


def test_lines_that_were_dropped_before_they_were_taken_in_are_passed_over() -> None:
    store = store_of(max_lines=10)
    source = merged(store, store_of(at(1, "a")))
    store.append(numbered(0, 50).encode())
    source.grow()
    assert rows(source) == [*((0, f"line {n}") for n in range(40, 50)), (1, "a")]


def test_copied_lines_begin_with_their_worker() -> None:
    source = merged(store_of(at(1, "a")), store_of(at(2, "\x1b[31mb")))
    assert source.messages(0, 2) == ["a", "b"]
    assert [text.split("[")[0] for text in source.texts(0, 2)] == ["worker1  ", "worker2  "]


def test_a_document_folds_and_walks_over_all_of_them() -> None:
    document = Document(merged(store_of(failed("21:42:02,000")), store_of(at(1, "a"), at(3, "b"))))
    places = [0]
    while (place := document.next(places[-1])) is not None:
        places.append(place)
    assert places == [0, 1, 5, 7, 8]
    assert [document.rows(place)[0].worker for place in places] == [1, 0, 0, 0, 1]


def test_a_worker_joins_and_its_lines_are_put_in_their_place() -> None:
    stores = [store_of(at(1, "a")), store_of(at(2, "b"))]
    source = MergedSource(stores[:1], ["w1"])
    source.add(stores[1], "w2")
    source.grow()
    stores[0].append(at(3, "c").encode())
    source.grow()
    assert [(line.worker, line.message) for line in source.lines(0, 3)] == [
        (0, "a"),
        (1, "b"),
        (0, "c"),
    ]
    assert source.workers(0, 3) == [0, 1, 0]


def test_what_was_taken_while_nobody_looked_is_told_and_in_order() -> None:
    stores = [LogStore(), LogStore()]
    source = MergedSource(stores, ["w1", "w2"])
    source.grow()
    for second in range(0, 40, 2):
        stores[0].append((at(second, f"{second}") * 100).encode())
        stores[1].append((at(second + 1, f"{second + 1}") * 100).encode())
        source.take()
    assert source.grow() == 0
    assert source.grow() == source.end == 4000
    texts = [int(line.message) for line in source.lines(0, 4000)]
    assert texts == sorted(texts)


def test_a_line_of_a_worker_is_found_in_the_whole() -> None:
    stores = [store_of(at(1, "a"), at(3, "c")), store_of(at(2, "b"))]
    source = MergedSource(stores, ["w1", "w2"])
    assert [source.place(0, 0), source.place(1, 0), source.place(0, 1)] == [0, 1, 2]
    assert source.place(1, 1) is None


def test_it_says_where_nothing_went_wrong() -> None:
    stores = [store_of(numbered(0, 2000)), store_of(numbered(0, 1000), failed())]
    source = MergedSource(stores, ["w1", "w2"])
    assert source.quiet(0, 1000)
    assert not source.quiet(0, source.end)

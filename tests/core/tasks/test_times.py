"""How long tasks took, by name."""

from core.tasks import times
from core.tasks.times import TaskTime, TimeBook


def test_the_longest_comes_first_with_its_median() -> None:
    book = TimeBook()
    for name, seconds in (("quick", 0.1), ("slow", 2.0), ("slow", 9.0), ("slow", 3.0)):
        book.add(name, seconds)
    assert book.read() == (TaskTime("slow", 3, 3.0, 9.0), TaskTime("quick", 1, 0.1, 0.1))


def test_names_that_were_not_heard_of_for_longest_are_forgotten() -> None:
    book = TimeBook()
    for number in range(times.KEPT_NAMES + 1):
        book.add(f"task{number}", 1.0)
    names = {each.name for each in book.read()}
    assert len(names) == times.KEPT_NAMES
    assert "task0" not in names

"""A worker's log is watched for known errors."""

import sys

import pytest

from core.known.watch import Watch
from tests.core.known.test_table import LINES
from tests.support.healthy import healthy_lines

REFUSED = b"redis.exceptions.ConnectionError: Error 111 connecting to h:6379. Connection refused.\n"


def test_each_line_of_the_corpus_is_met_whatever_stands_around_it() -> None:
    for wanted, _, line in LINES:
        (met,) = Watch().look(f"before\n{line}\nafter\n".encode())
        assert (met.error.id, met.line, met.times) == (wanted, 1, 1)


def test_the_whole_corpus_in_one_block_tells_each_error_once() -> None:
    watch = Watch()
    met = watch.look("".join(f"{line}\n" for _, _, line in LINES).encode())
    assert sorted(each.error.id for each in met) == sorted({line[0] for line in LINES})
    assert watch.counts.total() == len(LINES)


def test_what_is_told_at_the_start_only_is_looked_for_then_only() -> None:
    at_start = {
        *("app-not-found", "app-not-loaded", "no-app-in-module"),
        *("pickle-as-root", "rediss-insecure", "rediss-parameter"),
    }
    for wanted, _, line in LINES:
        met = {each.error.id for each in Watch().look(f"{line}\n".encode(), at_start=False)}
        assert met == ({wanted} if wanted not in at_start else set())


def test_an_error_is_told_once_and_then_counted() -> None:
    watch = Watch()
    told = [each.times for _ in range(120) for each in watch.look(REFUSED)]
    assert told == [1, 10, 100]
    assert watch.counts == {"refused": 120}


def test_in_a_flood_of_other_errors_no_more_than_the_first_lines_are_read() -> None:
    watch = Watch()
    watch.look(REFUSED * 1000)
    assert watch.counts == {"refused": 200}


def test_a_line_of_megabytes_is_read_at_its_head_only() -> None:
    assert Watch().look(b"ERROR " + b"x" * 3_000_000 + REFUSED) == ()


if sys.platform != "win32":

    @pytest.fixture(scope="module")
    def healthy(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
        return healthy_lines(tmp_path_factory.mktemp("healthy"))

    def test_a_hundred_thousand_healthy_lines_tell_of_nothing(healthy: list[bytes]) -> None:
        assert any(b"overrun" in line for line in healthy)
        assert any(b"retry" in line for line in healthy)
        text = b"".join(healthy) * (100_000 // len(healthy) + 1)
        lines = text.splitlines(keepends=True)[:100_000]
        watch = Watch()
        for start in range(0, len(lines), 500):
            assert watch.look(b"".join(lines[start : start + 500])) == ()
        assert len(lines) == 100_000

    def test_no_single_healthy_line_is_taken_for_an_error(healthy: list[bytes]) -> None:
        for line in healthy:  # by the last sieve, whatever the first ones say
            assert Watch().look(b"ERROR\n" + line) == ()

"""Bytes of one process become facts and log lines."""

import json
import signal
import sys

import pytest

from core.changes import Diagnosed, LogGrew, Said
from core.logs.intake import LogIntake
from core.logs.redact import Redactor
from core.logs.store import LogStore
from core.tasks.facts import Fact, Ready, Started
from core.tasks.telemetry import MAX_LINE
from core.workers.process import Exit
from core.workers.run import Run

KILLED = Exit(None, signal.SIGKILL) if sys.platform != "win32" else Exit(1)


def line(kind: str, **fields: object) -> bytes:
    return json.dumps({"kind": kind, "t": 5.0, **fields}).encode() + b"\n"


READY = line("ready")


class Heard:
    """A run, and what it told."""

    def __init__(self, *, plain: bool = False, store: LogStore | None = None) -> None:
        self.facts: list[Fact] = []
        self.published: list[LogGrew | Said | Diagnosed] = []
        self.signs_of_life = 0
        self.store = store or LogStore()
        self.run = Run(
            "w1@box",
            3,
            LogIntake(self.store, None, Redactor(["hunter2hunter2"])),
            self.store,
            plain=plain,
            publish=self.published.append,
            on_fact=self.facts.append,
            on_output=self._alive,
        )

    def _alive(self) -> None:
        self.signs_of_life += 1

    def texts(self) -> list[str]:
        return [change.text for change in self.published if isinstance(change, Said)]


def test_telemetry_cut_anywhere_becomes_facts() -> None:
    heard = Heard()
    data = READY + line("started", id="a", name="shop.add")
    for byte in data:
        heard.run.out(bytes([byte]))
    assert heard.facts == [Ready(5.0), Started(5.0, "a", "shop.add")]


def test_its_last_word_is_remembered() -> None:
    heard = Heard()
    assert heard.run.told_at is None
    heard.run.out(READY)
    assert heard.run.told_at == 5.0


def test_a_line_that_is_no_telemetry_is_refused_with_its_text_and_the_next_is_read() -> None:
    heard = Heard()
    heard.run.out(b"Traceback of sitecustomize\n" + READY)
    assert heard.facts == [Ready(5.0)]
    (text,) = heard.texts()
    assert "Traceback of sitecustomize" in text


def test_a_flood_of_such_lines_is_told_a_few_times() -> None:
    heard = Heard()
    heard.run.out(b"noise\n" * 500)
    assert [text.split()[0] for text in heard.texts()] == ["1", "10", "100"]


def test_a_line_without_an_end_is_given_up() -> None:
    heard = Heard()
    heard.run.out(b"x" * (MAX_LINE + 1))
    heard.run.out(b"\n" + READY)
    assert "longer than" in heard.texts()[0]
    assert heard.facts == [Ready(5.0)]


def test_half_a_line_of_a_process_that_died_is_passed_over() -> None:
    heard = Heard()
    heard.run.out(READY[:-5])
    heard.run.exited(KILLED)
    assert (heard.facts, heard.published) == ([], [])


def test_the_log_is_stored_without_secrets_and_told_line_by_line() -> None:
    heard = Heard()
    heard.run.err(b"first hunter2hunter2\nsecond\nthi")
    heard.run.err(b"rd\n")
    assert heard.store.slice(0, 9) == ["first ***", "second", "third"]
    assert heard.published == [LogGrew("w1@box", 0, 1, 0), LogGrew("w1@box", 2, 2, 0)]
    assert heard.signs_of_life == 2


def test_the_last_line_needs_no_end() -> None:
    heard = Heard()
    heard.run.err(b"Segmentation fau")
    heard.run.exited(KILLED)
    assert heard.store.slice(0, 9) == ["Segmentation fau"]


def test_the_end_is_told_in_words_with_the_cause_from_the_log() -> None:
    heard = Heard()
    heard.run.err(b"Traceback ...\nModuleNotFoundError: No module named 'requests'\n")
    heard.run.exited(Exit(1))
    ended = heard.run.ended(Exit(1))
    assert (ended.run, ended.code, ended.signal) == (3, 1, None)
    assert ended.words.startswith("ended with code 1")
    assert "the module requests is not installed" in ended.words


def test_an_end_without_a_cause_is_told_by_itself() -> None:
    heard = Heard()
    heard.run.out(b'{"kind":"bye","t":1.0}\n')
    ended = heard.run.ended(Exit(0))
    assert (ended.words, ended.in_order) == ("ended normally (code 0)", True)
    assert not ended.killed_from_outside


def test_a_worker_that_ends_without_a_word_was_ended_by_its_task() -> None:
    heard = Heard()
    heard.run.out(READY)
    ended = heard.run.ended(Exit(0))
    assert not ended.in_order
    assert "os._exit(0)" in ended.words
    assert Heard(plain=True).run.ended(Exit(0)).in_order


def test_the_cause_is_not_looked_for_in_an_earlier_run() -> None:
    store = LogStore()
    store.append(b"ModuleNotFoundError: No module named 'requests'\n")
    assert "requests" not in Heard(store=store).run.ended(Exit(3)).words


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_kill_from_outside_is_known_for_one() -> None:
    assert Heard().run.ended(KILLED).killed_from_outside


RECEIVED = b"[2026-01-01 10:00:00,000: INFO/MainProcess] Task shop.add[a-1] received\n"


def test_the_output_of_a_plain_worker_is_its_log() -> None:
    heard = Heard(plain=True)
    heard.run.out(READY)
    heard.run.err(b"more\n")
    assert heard.facts == []
    assert heard.store.slice(0, 9) == [READY.decode().strip(), "more"]


def test_a_plain_worker_that_dies_was_running_what_its_log_received_last() -> None:
    heard = Heard(plain=True)
    heard.run.err(RECEIVED)
    heard.run.exited(KILLED)
    (fact,) = heard.facts
    assert isinstance(fact, Started)
    assert (fact.id, fact.name) == ("a-1", "shop.add")


def test_a_plain_worker_that_left_in_good_order_ran_nothing() -> None:
    heard = Heard(plain=True)
    heard.run.err(RECEIVED)
    heard.run.exited(Exit(0))
    assert heard.facts == []


def test_a_fleet_worker_needs_no_log_to_tell_what_it_ran() -> None:
    heard = Heard()
    heard.run.err(RECEIVED)
    heard.run.exited(KILLED)
    assert heard.facts == []


def test_a_known_error_is_told_behind_the_line_that_tells_of_it() -> None:
    heard = Heard()
    heard.run.err(b"a line\nMemoryError\n")
    grew, told = heard.published
    assert isinstance(grew, LogGrew) and isinstance(told, Diagnosed)
    assert (told.worker, told.error.id, told.line, told.times) == ("w1@box", "memory", 1, 1)

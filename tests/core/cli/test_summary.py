"""The end in numbers."""

from dataclasses import replace

from core.cli.summary import RowLine, Summary, WorkerLine
from core.tasks.counts import Totals

LINE = WorkerLine("worker1@box", 7, "exited", 12, 10, 1, 2, 0, 0, 0)
SUMMARY = Summary(
    workers=(LINE, replace(LINE, name="worker2@box", state="fatal", exit=-9)),
    tasks=Totals(22, 0, 0, 20, 2, 0, 0, 4),
    log_lines=300,
    log_lines_dropped=0,
    ready_s=0.51,
    elapsed_s=4.26,
    lossy=False,
)


def test_people_see_a_table_and_the_totals() -> None:
    assert "\n".join(SUMMARY.as_text()) == (
        "worker       state   received  succeeded  failed  retried  revoked  restarts\n"
        "worker1@box  exited        12         10       1        2        0         0\n"
        "worker2@box  fatal         12         10       1        2        0         0\n"
        "\n"
        "22 tasks sent: 20 succeeded, 2 failed, 4 retried\n"
        "all ready after 0.5 s, 4.3 s in all, 300 log lines"
    )


def test_what_was_dropped_never_ready_or_never_sent_is_said() -> None:
    *_, tasks, times = replace(
        SUMMARY, tasks=Totals(0, 0, 0, 0, 0, 0, 0, 0), ready_s=None, log_lines_dropped=5
    ).as_text()
    assert (tasks, times) == ("no task sent", "4.3 s in all, 300 log lines, 5 of them dropped")


def test_counts_that_may_be_wrong_say_so() -> None:
    *_, last = replace(SUMMARY, lossy=True).as_text()
    assert last == "the counts come from Celery's events, which can get lost"


def test_programs_see_every_number() -> None:
    fields = SUMMARY.as_fields()
    assert fields["workers"][1] == {
        "name": "worker2@box",
        "pid": 7,
        "state": "fatal",
        "received": 12,
        "succeeded": 10,
        "failed": 1,
        "retried": 2,
        "revoked": 0,
        "restarts": 0,
        "exit": -9,
        "cpu_s": None,
        "peak_mb": None,
    }
    assert fields["tasks"]["sent"] == 22
    assert (fields["log_lines"], fields["ready_s"], fields["lossy"]) == (300, 0.51, False)


def test_rows_stand_below_the_workers() -> None:
    rows = (RowLine("web", 8, "exited", 1, 0), RowLine("beat", 9, "fatal", 0, 3))
    told = replace(SUMMARY, rows=rows)
    assert list(told.as_text())[3:5] == ["web: exited, 1 restarts", "beat: fatal"]
    assert told.as_fields()["rows"][0] == {
        "name": "web",
        "pid": 8,
        "state": "exited",
        "restarts": 1,
        "exit": 0,
    }

"""Answers, and how several become one."""

from core.render.checklist.evidence import (
    Evidence,
    Source,
    State,
    all_of,
    done,
    not_needed,
    not_so,
    one_of,
    unknown,
)

ONE = Evidence(Source.FILE, "REDIS_URL", "render.yaml", 12)
OTHER = Evidence(Source.API, "srv-1")


def test_a_place_is_file_and_line() -> None:
    assert ONE.place == "render.yaml:12"
    assert Evidence(Source.FILE, "x", "Procfile").place == "Procfile"
    assert OTHER.place == ""


def test_where_all_must_be_so_the_worst_one_tells_and_all_evidence_is_shown() -> None:
    worst = not_so("it has none", "write it")
    assert all_of(done(ONE), worst, unknown("who knows", "look")).why == "it has none"
    assert all_of(done(ONE), done(OTHER), done(ONE)) == done(ONE, OTHER)
    assert all_of(done(ONE), not_needed("no such thing")).state is State.DONE


def test_where_one_will_do_the_best_one_tells() -> None:
    assert one_of(unknown("who knows", "look"), done(ONE)) == done(ONE)
    assert one_of(not_so("no", "do"), unknown("who knows", "look")).state is State.UNKNOWN

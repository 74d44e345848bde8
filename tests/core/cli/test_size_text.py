"""The advisor's answer in words, and as a document."""

import json
from collections.abc import Callable

from core.cli.size_text import as_document, size_lines
from core.render.plans import known_plans
from core.render.sizing.report import Question, report
from tests.core.render.sizing.test_report import KNOWN

PLANS = known_plans()
QUESTION = Question(plan="starter", concurrency=4, rate=2.0)


def test_the_answer_fits_a_terminal(golden: Callable[[str, str], None]) -> None:
    answer = report(KNOWN, QUESTION, PLANS)
    lines = list(size_lines("shop", KNOWN, QUESTION, answer))
    assert max(map(len, lines)) <= 80
    golden("size.txt", "\n".join((*lines, "")))


def test_without_numbers_it_is_said_how_to_get_some() -> None:
    lines = list(size_lines("shop", None, Question(), report(None, Question(), PLANS)))
    assert "--send TASK" in lines[-1]
    assert max(map(len, lines)) <= 80


def test_a_rate_that_no_plan_can_meet_is_told() -> None:
    huge = Question(rate=1.0, concurrency=None)
    answer = report(KNOWN, huge, PLANS)
    unmet = type(answer)(
        answer.footprint, answer.sources, answer.work, answer.plans, None, (), None, answer.bills
    )
    assert any("no task fits" in line for line in size_lines("shop", KNOWN, huge, unmet))


def test_an_unknown_price_is_told_below_the_bill() -> None:
    question = Question(plan="2c-8g")
    lines = list(size_lines("shop", KNOWN, question, report(KNOWN, question, PLANS)))
    assert any("at least $7" in line for line in lines)
    assert any("unknown" in line for line in lines)


def test_the_document_has_every_number_with_its_source() -> None:
    document = json.loads(as_document("shop", KNOWN, QUESTION, report(KNOWN, QUESTION, PLANS)))
    assert document["kind"] == "size"
    assert document["footprint"]["sources"]["task"].startswith("shop.render")
    assert document["plans"][0]["plan"]["name"] == "starter"
    assert document["asked"]["risk"].startswith("too much")
    assert document["rate"]["chosen"]["instances"] == 1
    assert all(line["source"] for bill in document["bills"] for line in bill["lines"])
    nothing = json.loads(as_document("shop", None, Question(), report(None, Question(), PLANS)))
    assert [nothing[key] for key in ("measured", "work", "asked", "rate")] == [None] * 4

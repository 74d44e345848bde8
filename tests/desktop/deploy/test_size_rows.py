"""The advisor's answer in rows."""

from desktop.deploy.facts import Facts, Size, WhatIf
from desktop.deploy.looking import size_of
from desktop.deploy.size_rows import bill_notes, bill_rows, needs_rows, plan_rows


def test_the_set_ups_of_the_guide_and_this_project_have_their_price() -> None:
    size = size_of(None, None, WhatIf("standard", 2, 1))
    rows = list(bill_rows(size.report.bills))
    assert [(row[0].text, row[1].text) for row in rows] == [
        ("Minimum", "$14"),
        ("Recommended", "$32"),
        ("High volume", "$57"),
        ("This project", "$57"),
    ]
    assert rows[-1][3].text == "2 × standard"


def test_each_plan_has_its_safe_concurrency_and_the_asked_one_is_strong() -> None:
    rows = list(plan_rows(size_of(None, None, WhatIf("standard")).report))
    assert [(row[0].text, row[4].text) for row in rows[:2]] == [("starter", "1"), ("standard", "2")]
    assert [row[0].text for row in rows if row[0].strong] == ["standard"]


def test_each_number_has_its_source() -> None:
    rows = list(needs_rows(size_of(None, None, WhatIf()).report))
    assert [row[1].text for row in rows] == ["100 MB", "0 MB", "300 MB"]
    assert all("not measured" in row[2].text for row in rows)


def test_an_unknown_price_is_said_to_be_missing(facts: Facts) -> None:
    assert isinstance(facts.size, Size)
    assert "left out of the sum" in bill_notes(facts.size)
    assert "commands a month" in bill_notes(facts.size)

"""Faults in one form."""

from core.render.blueprint.fault import Fault
from core.render.blueprint.fault import Severity as FaultSeverity
from core.render.preflight.finding import Finding, Seen, Severity
from core.render.variables.finding import Finding as Lint
from core.render.variables.finding import Severity as LintSeverity
from desktop.deploy.told import LOOKS, Grade, of_blueprint, of_preflight, of_variables


def seen(severity: Severity, file: str | None = "a.py", line: int | None = 3) -> Finding:
    return Finding("c", Seen(severity, file, line, "what", "why", "fix"))


def test_the_worst_comes_first_and_else_the_order_stays() -> None:
    told = of_preflight([seen(Severity.INFO), seen(Severity.WARN, "b.py"), seen(Severity.BLOCK)])
    assert [each.grade for each in told] == [Grade.BLOCK, Grade.LOOK_AT, Grade.NOTE]


def test_a_place_has_its_line_where_there_is_one() -> None:
    places = [("a.py", 3), ("a.py", None), (None, None)]
    told = of_preflight([seen(Severity.WARN, *place) for place in places])
    assert [each.place for each in told] == ["a.py:3", "a.py", ""]


def test_faults_of_the_blueprint_and_of_variables_look_the_same() -> None:
    (fault,) = of_blueprint([Fault("rule", FaultSeverity.BLOCK, 7, 1, "what", "why", "fix")])
    assert (fault.place, fault.grade) == ("render.yaml:7", Grade.BLOCK)
    (lint,) = of_variables([Lint("c", LintSeverity.WARN, "NAME", ".env", 2, "what", "why", "fix")])
    assert (lint.place, lint.grade) == (".env:2", Grade.LOOK_AT)


def test_every_grade_has_a_look_of_its_own() -> None:
    assert len({look.icon_name for look in LOOKS.values()}) == len(Grade)
    assert {Grade(each) for each in Severity} == set(Grade)

"""`solofleet parity`: what each mode shows of production."""

import json
from dataclasses import replace
from pathlib import Path

from core.cli.parity import show_parity
from core.parity.rules import RULES
from core.project.production import ProductionPool
from tests.support.projects import project
from tests.support.screen import Screen


def shown(*pools: ProductionPool, as_document: bool = False) -> list[str]:
    screen = Screen()
    opened = replace(project(python=Path("python"), name="x"), production=pools)
    show_parity(opened, screen.terminal, as_document=as_document)
    return screen.out.splitlines()


def test_it_says_how_production_runs_and_what_each_mode_makes_of_it() -> None:
    lines = shown(ProductionPool("prefork", 4, "Procfile:1"), ProductionPool("gevent", None, "P:2"))
    assert lines[0] == "production: prefork, 4 at once (Procfile:1)"
    assert lines[1].startswith("production's pool is gevent (P:2)")
    assert "    plain       ignored" in lines
    assert [line for line in lines if line in {rule.about for rule in RULES}] == [
        rule.about for rule in RULES
    ]


def test_without_a_command_celerys_own_default_is_assumed() -> None:
    assert "Celery's own default is prefork" in shown()[0]


def test_it_is_one_document_for_programs() -> None:
    (line,) = shown(ProductionPool("prefork", None, "Procfile:1"), as_document=True)
    document = json.loads(line)
    assert document["kind"] == "parity"
    assert set(document["modes"]) == {"fleet", "plain", "prefork"}
    assert len(document["rules"]) == len(RULES)
    assert document["production"][0]["pool"] == "prefork"

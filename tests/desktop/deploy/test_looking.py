"""Finding out what the page shows."""

import os
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.choices import Choices
from core.render.preflight.examination import CHECKS
from desktop.deploy.facts import Facts, Preflight, WhatIf
from desktop.deploy.looking import (
    Ground,
    make_draft,
    read_environment,
    run_preflight,
    size_of,
)
from tests.support.storefront import PYTHON, opened


async def test_each_check_is_run_and_told(root: Path, facts: Facts) -> None:
    told: list[tuple[int, int]] = []
    ground = Ground(opened(root), PYTHON, None)
    flight = await run_preflight(ground, lambda done, of: told.append((done, of)))
    assert flight == facts.preflight
    assert [done for done, _ in told] == list(range(len(CHECKS)))


async def test_variables_and_blueprint_are_read_anew(root: Path) -> None:
    ground = Ground(opened(root), PYTHON, None)
    (root / "main.py").write_text("import os\nos.environ['NEW_ONE']\n")
    names = [row.names for row in (await read_environment(ground)).rows]
    assert ("NEW_ONE",) in names
    draft = await make_draft(ground, dict(os.environ), Choices(region="frankfurt"))
    assert "region: frankfurt" in draft.after.text


async def test_without_git_that_is_the_error(tmp_path: Path, project: Path) -> None:
    with pytest.raises(FleetError):
        await run_preflight(Ground(opened(project), None, None), lambda done, of: None)


def test_the_size_is_that_of_what_the_blueprint_rents(facts: Facts) -> None:
    assert isinstance(facts.preflight, Preflight)
    draft = facts.draft
    assert isinstance(draft, Draft)
    question = size_of(None, draft, WhatIf()).question
    assert (question.plan, question.web, question.redis) == ("starter", "starter", "key-value")
    tried = size_of(None, draft, WhatIf("pro", 3, 2)).question
    assert (tried.plan, tried.instances, tried.concurrency) == ("pro", 3, 2)

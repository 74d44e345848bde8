"""A copy of the demo as a git repository, with faults planted, and what is found out about it."""

import shutil
import sys
from pathlib import Path

from core.errors import FleetError
from core.places import DEMO, DEMO_APP
from core.project.opening import Project, open_project
from core.render.blueprint.drafting import draft_blueprint
from core.render.checklist.box import BOXES
from core.render.checklist.there import Remote
from core.render.checklist.ticking import by_hand as ticked_by_hand
from core.render.checklist.ticking import checklist
from core.render.choices import Choices
from core.render.preflight.examination import examine
from core.render.preflight.taking import take_snapshot
from core.render.variables.contract import rows_of
from core.render.variables.digests import Digests
from core.render.variables.lints import lints
from core.render.variables.looking import look
from core.wishes import Wishes
from desktop.deploy.facts import Checked, Environment, Facts, Preflight, WhatIf
from desktop.deploy.looking import size_of
from tests.support.checklists import WITH_FLOWER, now
from tests.support.preflight import git

REQUIREMENTS = "celery[redis]>=5.2\nfastapi\nuvicorn\npywin32==311\n"
MARKED = REQUIREMENTS.replace("pywin32==311", "pywin32==311; sys_platform == 'win32'")
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}.{sys.version_info[2]}"


def storefront(folder: Path) -> Path:
    """The repository; it needs a package of Windows, and code that raises without a variable."""
    root = folder / "storefront"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "requirements.txt").write_text(REQUIREMENTS)
    (root / "celery_queue" / "mail.py").write_text('import os\n\nkey = os.environ["MAIL_KEY"]\n')
    app = root / "celery_queue" / "tasks.py"
    app.write_text(app.read_text("utf-8") + "\n\ndef mail():\n    import celery_queue.mail\n")
    (root / ".env").write_text("MAIL_KEY=hush-hush\n")
    (root / ".gitignore").write_text(".env\nsolofleet.toml\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "First")
    return root


def opened(root: Path) -> Project:
    """The project, run by this interpreter."""
    return open_project(root, app=DEMO_APP, python=sys.executable, environ={})


def facts_of(root: Path, asked: Choices | None = None) -> Facts:
    """All that the page would show of it."""
    project = opened(root)
    snapshot = take_snapshot(root, project, PYTHON)
    commit, picture, digests = snapshot.commit, look(project), Digests()
    draft = draft_blueprint(project, Wishes(), {}, asked or Choices(), PYTHON)
    return Facts(
        Preflight(commit.top, commit.oid, commit.branch, examine(snapshot)),
        draft,
        Environment(root, rows_of(picture, digests), lints(picture, digests)),
        size_of(None, draft, WhatIf()),
    )


def checked_of(
    top: Path, said: Remote | FleetError | None = None, *, by_hand: bool = False
) -> Checked:
    """The checklist of another project, which has Flower and is live on Render.

    `by_hand`: a person has seen what only a person can.
    """
    of = now(top, WITH_FLOWER, said)
    seen = [each for each in BOXES if each.by_hand and by_hand]
    ticks = {each.id: ticked_by_hand(of) for each in seen}
    return Checked(of, checklist(of, ticks))

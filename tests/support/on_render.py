"""A repository whose services are on the Render of a test, for the window."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.places import DEMO_APP
from core.render.blueprint.drafting import draft_blueprint
from core.render.choices import Choices
from core.wishes import Wishes
from desktop.deploy.deployer import Deployer
from desktop.deploy.steps import Step
from desktop.render.side import RenderSide
from tests.render_fake.account import Account, Json
from tests.support.preflight import git
from tests.support.qt import emitted, until
from tests.support.stage import Stage
from tests.support.storefront import PYTHON, opened, storefront

WEB = "storefront-web"
WORKER = "storefront-worker"
GROUP = "storefront"


def deployed(folder: Path) -> Path:
    """The storefront with its render.yaml, committed, and a bare repository to push it to."""
    root = storefront(folder)
    draft = draft_blueprint(opened(root), Wishes(), {}, Choices(), PYTHON)
    (root / "render.yaml").write_text(draft.after.text, "utf-8")
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "exclude").write_text("__pycache__/\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Render")
    bare = folder / "storefront.git"
    git(root, "init", "-q", "--bare", "-b", "main", str(bare))
    git(root, "remote", "add", "origin", str(bare))
    return root


def account_of_shop() -> Account:
    """An account with its services and their group, at the plan of its render.yaml."""
    made = Account()
    web = made.add_service(WEB, "web_service")
    worker = made.add_service(WORKER)
    made.add_group(GROUP, {"MAIL_KEY": "other", "ONLY_THERE": "secret-there"}, web, worker)
    return made


def named(account: Account, name: str) -> Json:
    """A service of the account."""
    return next(each for each in account.services.values() if each["name"] == name)


def click(widget: QWidget) -> None:
    """By mouse, on what can be seen."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


async def enter(stage: Stage, root: Path, step: Step) -> tuple[Deployer, RenderSide]:
    """Open the project, go to the Deploy page, and to a step of it."""
    stage.desk.open(str(root), Wishes(), app=DEMO_APP, python=sys.executable)
    await emitted(stage.desk.opened)
    click(stage.window.rail.buttons[1])
    deployer = stage.window.deploy.deployer
    await until(lambda: deployer.idle)
    click(deployer.page.steps.buttons[step])
    await until(lambda: deployer.render.idle)
    return deployer, deployer.render


async def answer(side: RenderSide, *, yes: bool = True) -> str:
    """Answer the question that comes; what it asked."""
    await until(lambda: side.asker.open is not None)
    asked = side.asker.open
    assert asked is not None
    click(asked.agree if yes else asked.cancel)
    await until(lambda: side.asker.open is None)
    return asked.ask.deed


def state(side: RenderSide, name: str) -> str:
    """What the table says of a service."""
    return next(row[1].text for row in side.ship.deploy.rows.rows if row[0].text == name)


def choose(side: RenderSide, name: str) -> None:
    """Click the row of a service."""
    table, rows = side.ship.deploy.table, side.ship.deploy.rows.rows
    place = next(number for number, row in enumerate(rows) if row[0].text == name)
    where = table.visualRect(table.model().index(place, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def log_of(side: RenderSide, name: str, account: Account) -> str:
    store = side.follower.stores[named(account, name)["id"]]
    return "\n".join(store.slice(store.first, store.end))

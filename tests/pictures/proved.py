"""The last steps of the way to Render: the demo is live, and proved to work."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from core.places import DEMO_APP
from core.project.opening import open_project as read_project
from core.render.blueprint.drafting import draft_blueprint
from core.render.choices import Choices
from core.wishes import Wishes
from desktop.deploy.steps import Step
from tests.render_fake.server import render_server
from tests.support.broker import running_server
from tests.support.deployed import site
from tests.support.on_render import named
from tests.support.preflight import git
from tests.support.qt import until
from tests.support.stage import Stage
from tests.support.storefront import PYTHON
from tests.support.whole_way import WEB, WORKER, Render, connected, demo_repository

CHOICES = Choices(plan="standard", concurrency=4, redis="outside")
Open = Callable[[Stage, Path], Awaitable[None]]
Take = Callable[[str], Awaitable[None]]


async def proved(open_project: Open, take: Take, stage: Stage) -> None:
    """The proof with its findings, the rehearsal below it, and the checklist."""
    with (
        tempfile.TemporaryDirectory() as place,
        running_server(Path(place)) as broker,
        site({"/health": (200, "{}")}) as url,
    ):
        folder = Path(place)
        root = demo_repository(folder, broker.url)
        project = read_project(root, app=DEMO_APP, python=sys.executable, environ={})
        draft = draft_blueprint(project, Wishes(), {}, CHOICES, PYTHON)
        (root / "render.yaml").write_text(draft.after.text, "utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "Plan the services on Render")
        git(root, "push", "-q", "-u", "origin", "main")
        render = connected(folder, url)
        account = render.account
        (group,) = account.groups.values()
        group["values"] |= {each.name: each.secret.reveal() for each in project.env}
        render.sync()
        for name in (WEB, WORKER):
            account.add_deploy(named(account, name), ("live",))
        with closing(render), render_server(account) as server:
            await asyncio.to_thread(render.start(0).until, " ready.")
            stage.desk.environ = {**stage.desk.environ, **server.env}
            await open_project(stage, root)
            stage.window.deploy.show()
            await _prove(stage, render, take)
            await _check(stage, take)


async def _prove(stage: Stage, render: Render, take: Take) -> None:
    deployer = stage.window.deploy.deployer
    side = deployer.render
    await until(lambda: deployer.idle)
    deployer.page.steps.buttons[Step.PROOF].click()
    await until(lambda: side.idle and side.remote.there is not None)
    side.prover.nearby = render.nearby
    side.proof.proof.button.click()
    await until(lambda: side.asker.open is not None)
    assert side.asker.open is not None
    side.asker.open.agree.click()
    await until(lambda: side.prover.proof is not None and not side.prover.running)
    await take("deploy-proof")
    side.proof.rehearsal.button.click()
    await until(lambda: side.idle and bool(side.proof.rehearsal.rows))
    side.proof.proof.hide()
    await take("deploy-rehearsal")
    side.proof.proof.show()


async def _check(stage: Stage, take: Take) -> None:
    deployer = stage.window.deploy.deployer
    boxes = deployer.page.checklist.boxes
    deployer.page.steps.buttons[Step.CHECKLIST].click()
    for id in ("sent", "status"):
        await until(lambda: deployer.idle and boxes.complete and bool(boxes.rows))
        tick = boxes.rows[id].tick
        assert tick is not None
        tick.click()
    await until(lambda: deployer.idle and boxes.complete)
    await take("deploy-complete")

"""The steps that reach Render, before an account that is in the middle of a deploy."""

import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QScrollArea

from desktop.deploy.deployer import Deployer
from desktop.deploy.steps import Step
from desktop.run.grid import Layout
from tests.render_fake.account import Account, Json
from tests.render_fake.server import render_server
from tests.support.broker import running_server
from tests.support.on_render import WEB, WORKER, account_of_shop, deployed, named
from tests.support.preflight import git
from tests.support.qt import until
from tests.support.stage import Stage

BUILD = (
    "==> Cloning from https://github.com/example/shop",
    "==> Checking out commit f00df00d in branch main",
    "==> Using Python version 3.12.8 via environment variable PYTHON_VERSION",
    "==> Running build command 'pip install -r requirements.txt'...",
    "Collecting celery[redis]>=5.2",
    "Building wheel for storefront-pdf (pyproject.toml)",
    "Successfully installed celery-5.7.0 redis-8.0.0 and 41 more",
    "==> Uploading build...",
)
WORK = (
    "Connected to redis://red-0001:6379//",
    "celery@srv-00000000000000000002 ready.",
    "Task celery_queue.tasks.report[9b7e41d0-55c1-4f0a-9d1e-7f6b7a9c1d2e] received",
    "rendering Sales, page 1 of 3",
    "rendering Sales, page 2 of 3",
    "Task celery_queue.tasks.report[9b7e41d0-55c1-4f0a-9d1e-7f6b7a9c1d2e] succeeded in 3.58s: 3",
    "Task celery_queue.tasks.add[0b6de8f2-11c1-4f0a-9d1e-7f6b7a9c1d2e] succeeded in 0.002s: 5",
)
WAITING = (4, 16, 25, 2)
FOREVER = ("created", *["build_in_progress"] * 100_000, "live")

Take = Callable[[str], Awaitable[None]]
Open = Callable[[Stage, Path], Awaitable[None]]


def account() -> Account:
    """With deploys of before, one that builds, and what its worker printed."""
    made = account_of_shop()
    named(made, WEB)["serviceDetails"]["url"] = "http://127.0.0.1:9"  # nobody answers there
    for name in (WEB, WORKER):
        for commit, status in (("4f2ab91c", "deactivated"), ("8c01d77e", "live")):
            made.commit = commit * 5
            _finished(made, made.add_deploy(named(made, name), (status,)))
    made.commit = "f00df00d" * 5
    made.next_steps = FOREVER
    for line in WORK:
        made.log(named(made, WORKER), f"[2026-11-20 10:00:00,000: INFO/ForkPoolWorker-2] {line}")
    made.kill_for_memory(named(made, WORKER))
    _metrics(made)
    made.log(named(made, WORKER), "slow chart service, attempt 1", level="warning")
    return made


def _metrics(made: Account) -> None:
    """Of the last hour, by the clock of this machine: two instances, one near its limit."""
    now = datetime.now(UTC)
    for name, unit, curves in (
        ("memory", "MiB", ([280 + 3 * n for n in range(60)], [250 + n % 7 for n in range(60)])),
        ("memory-limit", "MiB", ([512] * 60,)),
        (
            "cpu",
            "cpu",
            ([0.1 + n % 9 / 30 for n in range(60)], [0.05 + n % 5 / 50 for n in range(60)]),
        ),
        ("cpu-limit", "cpu", ([0.5] * 60,)),
        ("instance-count", "", ([1 if n < 20 else 2 for n in range(60)],)),
    ):
        made.metrics[name] = [
            {
                "labels": [{"field": "instance", "value": f"srv-a{number}"}],
                "values": [
                    {"timestamp": (now - timedelta(minutes=60 - n)).isoformat(), "value": value}
                    for n, value in enumerate(values)
                ],
                "unit": unit,
            }
            for number, values in enumerate(curves)
        ]


def _finished(made: Account, deploy: Json) -> None:
    for _ in range(100):
        deploy["finishedAt"] = made.now()


@asynccontextmanager
async def _connected(
    open_project: Open, stage: Stage, made: Account
) -> AsyncGenerator[tuple[Deployer, Path]]:
    """The Deploy page of a project that is in the account; a folder for what else there is."""
    with tempfile.TemporaryDirectory() as folder, render_server(made) as server:
        root = deployed(Path(folder))
        (root / ".env").write_text("MAIL_KEY=hush-hush\nSTRIPE_KEY=hush\n", "utf-8")
        git(root, "push", "-q", "-u", "origin", "main")
        git(root, "commit", "-q", "--allow-empty", "-m", "Sell more")
        (root / "notes.md").write_text("later", "utf-8")
        with (root / "render.yaml").open("a", encoding="utf-8") as file:
            file.write("# kept in step with the fleet\n")
        stage.desk.environ = {**stage.desk.environ, **server.env}
        await open_project(stage, root)
        stage.window.deploy.show()
        deployer = stage.window.deploy.deployer
        await until(lambda: deployer.idle)
        yield deployer, Path(folder)


async def on_render(open_project: Open, take: Take, stage: Stage) -> None:
    """Account, variables, the checklist, a deploy under way, then logs beside the local ones."""
    made = account()
    async with _connected(open_project, stage, made) as (deployer, _):
        page, side = deployer.page, deployer.render
        page.steps.buttons[Step.ACCOUNT].click()
        await until(lambda: side.idle and side.remote.there is not None)
        await take("deploy-account")
        page.steps.buttons[Step.ENVIRONMENT].click()
        await until(lambda: side.idle)
        page.environment.on_render.differing.click()
        await take("deploy-variables")
        page.steps.buttons[Step.CHECKLIST].click()
        await until(lambda: deployer.idle and page.checklist.boxes.complete)
        await take("deploy-checklist")
        page.steps.buttons[Step.SHIP].click()
        await until(lambda: side.idle)
        side.ship.deploy.all_button.click()
        await until(lambda: side.asker.open is not None)
        assert side.asker.open is not None
        side.asker.open.agree.click()
        await until(lambda: all(each.under_way for each in side.follower.watched.values()))
        for line in BUILD:
            made.log(named(made, WORKER), line, "build")
        worker = named(made, WORKER)["id"]
        side.ship.deploy.choose(worker)
        await until(lambda: side.follower.stores[worker].end > len(BUILD) + 1)
        await take("deploy-ship")
        page.steps.buttons[Step.RUNNING].click()
        await until(lambda: side.idle)
        await take("deploy-running")
        side.turn_logs()
        await until(lambda: stage.page.far.log(f"{WORKER}@render") is not None)
        await until(lambda: all(row.look.label == "On Render" for row in stage.page.far.rows(0)))
        stage.page.logs.arrange(Layout.GRID)
        await take("logs-of-render")
        stage.page.logs.arrange(Layout.MERGED)
        await take("merged-with-render")


async def by_queues(open_project: Open, take: Take, stage: Stage) -> None:
    """A dry run of scaling by queues, while ever more waits, and then less."""
    made = account()
    made.events[named(made, WORKER)["id"]].clear()
    async with _connected(open_project, stage, made) as (deployer, folder):
        side = deployer.render
        deployer.page.steps.buttons[Step.RUNNING].click()
        await until(lambda: side.idle and side.watchman.service is not None)
        card = side.running.queues
        side.watchman.keeper.every_s = 0.5
        with running_server(folder) as broker:
            made.variables[named(made, WORKER)["id"]]["CELERY_BROKER_URL"] = broker.url
            card.start_button.click()
            for waiting in WAITING:
                broker.client.delete("celery")
                broker.client.lpush("celery", *["{}"] * waiting)
                words = f"{waiting} waiting"
                await until(lambda said=words: any(said in row[2].text for row in card.rounds.rows))
            for area in side.running.findChildren(QScrollArea):
                area.ensureWidgetVisible(card.table)
            await take("deploy-queues")
            card.stop_button.click()

"""A shop that is deployed to the Render of a test, and what verifying it comes to."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from core.project.opening import open_project
from core.render.api.answers import Owner
from core.render.api.call import Caller
from core.render.api.client import RenderApi
from core.render.api.matching import match
from core.render.blueprint.reading import read_file
from core.render.verifying.report import Report, Sure
from core.render.verifying.verification import Deployed, verify
from core.secret import Secret
from core.workers.containment import make_containment
from core.workers.nearby import Nearby, nearby_workers
from tests.render_fake.account import KEY, OWNER, Account, series
from tests.support.deployed import START, Machine, Pushed
from tests.support.venvs import python_with_celery

PYTHON = python_with_celery("5.7.0")
HOST = "srv-00000000000000000002-a0"
"""What the instance of `jobs` is called, and calls itself."""


def group(url: str) -> dict[str, str]:
    """The variables of its environment group."""
    return {"REDIS_URL": url, "RESULTS_URL": url, "SECRET_KEY": "hush"}


class Shop:
    """The account with a project's services, and all that `verify` takes."""

    def __init__(self, pushed: Pushed, url: str, root: Path) -> None:
        self.pushed = pushed
        self.root = root
        self.remote: Machine | None = None
        self.account = Account()
        self.account.commit = pushed.commit
        self.account.metrics = {
            name: [series("srv-1-a0", [value])]
            for name, value in (("memory", 300.0), ("memory-limit", 512.0))
        }
        self.api = self.account.add_service("api", "web_service", url="https://api.invalid")
        self.jobs = self.account.add_service("jobs")
        self.jobs["serviceDetails"]["envSpecificDetails"]["startCommand"] = START
        self.group = self.account.add_group("shop", group(url), self.api, self.jobs)
        for each in (self.api, self.jobs):
            self.account.add_deploy(each, ("live",))

    def runs(self, machine: Machine) -> None:
        """What this machine prints stands in the log of `jobs`."""
        self.remote = machine
        machine.on_line = lambda line: self.account.log(self.jobs, line, instance="a0")

    def nearby(self) -> tuple[Nearby, ...]:
        """This machine's workers: the one that stands for Render's is not of this machine."""
        pid = self.remote.process.pid if self.remote else 0
        return tuple(each for each in nearby_workers(self.root) if pid not in each.pids)

    async def verify(self, **more: Any) -> Report:
        """Verify it; `more` are fields of `Deployed`."""
        transport = httpx.MockTransport(self.account.handle)
        project = open_project(self.pushed.clone, python=str(PYTHON), environ={})
        document = read_file(self.pushed.clone / "render.yaml")
        async with (
            Caller(Secret(KEY), transport=transport) as caller,
            make_containment() as containment,
        ):
            api = RenderApi(caller)
            matches = match(document, await api.services())
            deployed = Deployed(
                project, Owner(OWNER, "Shop", "team"), matches, {"api": "/health"}, "render"
            )
            deployed = replace(deployed, **more)
            return await verify(deployed, api, containment, {}, patience_s=20, nearby=self.nearby)


def found(report: Report, check: str) -> list[tuple[Sure, str]]:
    """What was found of one check."""
    return [(each.sure, each.what) for each in report.findings if each.check == check]


def failed(report: Report) -> set[str]:
    """The checks that something failed of."""
    return {each.check for each in report.findings if each.sure is Sure.FAILED}

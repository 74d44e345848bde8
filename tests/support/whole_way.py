"""The demo on its way to Render, and what Render itself does there: on Linux alone."""

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from core.places import DEMO, DEMO_APP
from core.render.blueprint.reading import read_file
from core.render.blueprint.services import services_of
from core.workers.nearby import Nearby, nearby_workers
from tests.render_fake.account import Account, series
from tests.support.deployed import Machine
from tests.support.on_render import named
from tests.support.preflight import git
from tests.support.venvs import python_with_celery

WEB, WORKER, GROUP = "shop-web", "shop-worker", "shop-env"
NAMES = ("CELERY_BROKER_URL", "CELERY_RESULT_BACKEND", "REDIS_URL")
USED = {"memory": 300.0, "memory-limit": 2048.0, "cpu": 0.1, "cpu-limit": 1.0}


@dataclass
class Render:
    """The account of a repository that was connected before, and what runs there.

    `bare` is that repository; `folder` takes what is built.
    """

    account: Account
    bare: Path
    folder: Path
    machines: list[Machine] = field(default_factory=list)

    def sync(self) -> None:
        """What Render does when render.yaml is pushed."""
        self.account.commit = git(self.bare, "rev-parse", "main").strip()
        checkout = self.folder / "checkout"
        git(self.folder, "clone", "-q", str(self.bare), str(checkout))
        for each in services_of(read_file(checkout / "render.yaml").root):
            details = named(self.account, each.text("name"))["serviceDetails"]
            details["plan"] = each.text("plan")
            for command in ("startCommand", "buildCommand"):
                details["envSpecificDetails"][command] = each.text(command)

    def start(self, number: int) -> Machine:
        """An instance of the worker: the checkout, and nothing but the variables of the group."""
        worker = named(self.account, WORKER)
        command = worker["serviceDetails"]["envSpecificDetails"]["startCommand"]
        (group,) = self.account.groups.values()
        instance = f"a{number}"
        started = Machine(
            python_with_celery("5.7.0"),
            self.folder / "checkout",
            command,
            f"{worker['id']}-{instance}",
            group["values"],
            lambda line: self.account.log(worker, line, instance=instance),
        )
        self.machines.append(started)
        return started

    def close(self) -> None:
        """End all instances."""
        for each in self.machines:
            each.close()

    def nearby(self) -> tuple[Nearby, ...]:
        """The workers of this machine: those that stand for Render's are none of them."""
        pids = {each.process.pid for each in self.machines}
        return tuple(each for each in nearby_workers() if not pids & each.pids)


def demo_repository(folder: Path, broker: str) -> Path:
    """A copy of the demo with a bare remote; its workers here have the built-in broker.

    `broker` is production's, of this machine, by an address that nobody takes for this machine.
    """
    root = folder / "shop"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("__pycache__"))
    url = broker.replace("127.0.0.1", "127.1")
    (root / ".env").write_text("".join(f"{name}={url}\n" for name in NAMES))
    (root / ".gitignore").write_text(".env\nsolofleet.toml\n")
    python = json.dumps(sys.executable)
    (root / "solofleet.toml").write_text(
        f'app = "{DEMO_APP}"\npython = {python}\nbroker = "builtin"\nworkers = 2\n'
    )
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "First")
    bare = folder / "shop.git"
    git(root, "init", "-q", "--bare", "-b", "main", str(bare))
    git(root, "remote", "add", "origin", str(bare))
    return root


def connected(folder: Path, web: str) -> Render:
    """Its services are there, and were never deployed; `web` is where the web service answers."""
    account = Account()
    services = (
        account.add_service(WEB, "web_service", url=web),
        account.add_service(WORKER),
    )
    python = ".".join(map(str, sys.version_info[:3]))
    values = {"PYTHONUNBUFFERED": "1", "PYTHON_VERSION": python}
    account.add_group(GROUP, values, *services)
    account.metrics = {
        name: [series(f"{services[1]['id']}-a0", [value])] for name, value in USED.items()
    }
    return Render(account, folder / "shop.git", folder)

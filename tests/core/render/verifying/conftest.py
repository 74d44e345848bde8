"""An account, and shops that are deployed: with a worker, and without."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.render_fake.account import Account


@pytest.fixture
def account() -> Iterator[Account]:
    """With nothing in it; the contract was held when the test is over."""
    made = Account()
    yield made
    assert made.broken == []


if sys.platform != "win32":  # a prefork worker, and Valkey, run on Linux
    from tests.support.broker import Server, running_server
    from tests.support.deployed import START, Machine, Pushed, machine, site
    from tests.support.verified import HOST, PYTHON, Shop, group

    HEALTHY = {"/health": (200, "{}")}

    @pytest.fixture(scope="module")
    def pushed(tmp_path_factory: pytest.TempPathFactory) -> Pushed:
        """The project, pushed."""
        if shutil.which("git") is None:
            pytest.skip("there is no git here")
        return Pushed(tmp_path_factory.mktemp("pushed"))

    @pytest.fixture(scope="module")
    def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
        """Production's."""
        with running_server(tmp_path_factory.mktemp("broker")) as server:
            yield server

    @pytest.fixture(scope="module")
    def render(
        pushed: Pushed, broker: Server, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Machine]:
        """The worker as Render starts it: a clean checkout, and the group's variables only."""
        folder = pushed.checkout(tmp_path_factory.mktemp("render") / "checkout")
        with machine(PYTHON, folder, START, HOST, group(broker.url)) as started:
            yield started

    @pytest.fixture
    def shop(pushed: Pushed, broker: Server, render: Machine, tmp_path: Path) -> Iterator[Shop]:
        """With that worker."""
        made = Shop(pushed, broker.url, tmp_path)
        made.runs(render)
        with site(HEALTHY) as url:
            made.api["serviceDetails"]["url"] = url
            yield made
        assert made.account.broken == []

    @pytest.fixture
    def deserted(pushed: Pushed, server: Server, tmp_path: Path) -> Iterator[Shop]:
        """On a broker where no worker is."""
        made = Shop(pushed, server.url, tmp_path)
        with site(HEALTHY) as url:
            made.api["serviceDetails"]["url"] = url
            yield made
        assert made.account.broken == []

"""A project whose services are on the Render of a test, and the command line before it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from core.cli.program import main
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer, render_server
from tests.support.trees import lay_out

BLUEPRINT = """\
services:
  - type: web
    name: api
    runtime: python
    branch: main
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    envVars:
      - fromGroup: shop
  - type: worker
    name: jobs
    runtime: python
    branch: main
    startCommand: celery -A jobs worker --concurrency=2
    envVars:
      - fromGroup: shop
  - {type: keyvalue, name: queue, ipAllowList: []}
"""


class Keyboard(StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


@dataclass
class Typed:
    """What a command gave: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Typed]


@pytest.fixture
def account() -> Iterator[Account]:
    """With the services of `BLUEPRINT`; the contract was held when the test is over."""
    made = Account()
    made.add_service("api", "web_service")
    made.add_service("jobs")
    yield made
    assert made.broken == []


@pytest.fixture
def served(account: Account) -> Iterator[RenderServer]:
    """The account behind a real address."""
    with render_server(account) as server:
        yield server


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder of the project."""
    return lay_out(tmp_path / "shop", {"render.yaml": BLUEPRINT})


@pytest.fixture
def run(
    served: RenderServer,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Type `solofleet render …` for the shop; `says` is what a person answers when asked."""
    for name, value in served.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("core.render.api.following.EVERY_S", 0.01)

    def type_it(verb: str, *words: str, says: str | None = None) -> Typed:
        stdin = StringIO() if says is None else Keyboard(says)
        monkeypatch.setattr("sys.stdin", stdin)
        code = main(["render", verb, str(shop), *words])
        seen = capfd.readouterr()
        return Typed(code, seen.out, seen.err)

    return type_it

"""What Render is asked, on an account of the test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from core.errors import FleetError
from core.render.blueprint.reading import read_text
from core.render.checklist.asking import paths_of, remote_of
from core.render.checklist.there import Remote
from core.render.preflight.snapshot import Snapshot
from tests.render_fake.account import Account, Json
from tests.render_fake.server import RenderServer
from tests.support.checklists import CONNECTED, READY, RECEIVED, SUCCEEDED, WITH_FLOWER
from tests.support.preflight import picture, planted


@contextmanager
def answering(status: int, others: Mapping[str, tuple[int, str]] | None = None) -> Iterator[str]:
    """The address of a server that answers every GET so, but for these paths."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            code, text = (others or {}).get(self.path, (status, ""))
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def account() -> Iterator[Account]:
    """The services of the clean project; the contract was held when the test is over."""
    made = Account()
    made.add_service("web", "web_service", url="http://127.0.0.1:9")
    made.add_service("worker")
    yield made
    assert made.broken == []


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """The clean project."""
    return picture(planted({}), tmp_path)


def named(account: Account, name: str) -> Json:
    return next(each for each in account.services.values() if each["name"] == name)


async def asked(snapshot: Snapshot, served: RenderServer, **more: str) -> Remote:
    told = await remote_of(snapshot, served.env, more.get("owner"), pytest.fail)
    assert isinstance(told, Remote), told
    return told


async def test_names_of_variables_come_from_the_service_and_its_groups(
    account: Account, served: RenderServer, snapshot: Snapshot
) -> None:
    worker = named(account, "worker")
    account.variables[worker["id"]] = {"OWN": "hunter2"}
    account.add_group("shared", {"LOG_LEVEL": "hunter2"}, worker)
    account.add_group("of-others", {"ELSE": "1"})
    told = await asked(snapshot, served)
    assert told.services["worker"].variables == {"OWN", "LOG_LEVEL"}
    assert told.services["web"].variables == set()
    assert "hunter2" not in repr(told)


async def test_only_the_deploy_that_is_live_and_what_came_after_it_counts(
    account: Account, served: RenderServer, snapshot: Snapshot
) -> None:
    worker = named(account, "worker")
    account.log(worker, f"old {READY}")
    account.kill_for_memory(worker)
    account.add_deploy(worker, ("live",))
    live = account.deploys[worker["id"]][0]
    for line in (CONNECTED, READY, "noise", RECEIVED, SUCCEEDED):
        account.log(worker, line)
    account.add_deploy(worker, ("build_failed",))
    there = (await asked(snapshot, served)).services["worker"]
    assert there.live is not None
    assert there.live.id == live["id"]
    assert [line.message for line in there.lines] == [CONNECTED, READY, RECEIVED, SUCCEEDED]
    assert there.killed == ()
    account.kill_for_memory(worker)
    assert len((await asked(snapshot, served)).services["worker"].killed) == 1


async def test_a_log_that_may_not_be_read_leaves_all_else_known(
    account: Account, served: RenderServer, snapshot: Snapshot
) -> None:
    account.add_deploy(named(account, "worker"), ("live",))
    account.plan("GET", "/logs", 403, "no")
    there = (await asked(snapshot, served)).services["worker"]
    assert there.lines == ()
    assert there.unread is not None
    assert "may not do this" in there.unread.why
    assert there.usage is not None
    assert (await asked(snapshot, served)).services["worker"].unread is None


async def test_what_was_never_live_is_not_asked_for_lines(
    account: Account, served: RenderServer, snapshot: Snapshot
) -> None:
    account.add_deploy(named(account, "worker"), ("build_failed",))
    there = (await asked(snapshot, served)).services["worker"]
    assert (there.live, there.lines, there.usage, there.visit) == (None, (), None, None)
    assert not [each for each in account.requests if each.url.path.endswith("/logs")]


async def test_the_address_of_the_web_is_visited_at_its_health_path(
    account: Account, served: RenderServer, snapshot: Snapshot
) -> None:
    web = named(account, "web")
    account.add_deploy(web, ("live",))
    with answering(204) as url:
        web["serviceDetails"]["url"] = url
        visit = (await asked(snapshot, served)).services["web"].visit
    assert visit is not None
    assert (visit.url, visit.status, visit.good) == (f"{url}/health", 204, True)
    gone = (await asked(snapshot, served)).services["web"].visit
    assert gone is not None
    assert (gone.status, gone.good) == (None, False)
    assert gone.trouble


async def test_flower_is_asked_what_it_shows_to_everybody(
    account: Account, served: RenderServer, tmp_path: Path
) -> None:
    flower = account.add_service("flower", "web_service")
    account.add_deploy(flower, ("live",))
    with_flower = picture(planted(WITH_FLOWER), tmp_path)
    online = 'flower_worker_online{worker="worker@a1"} 1.0\n'
    with answering(200, {"/": (401, ""), "/metrics": (200, online)}) as url:
        flower["serviceDetails"]["url"] = url
        seen = (await asked(with_flower, served)).services["flower"].dashboard
    assert seen is not None
    assert (seen.front, seen.workers) == (401, {"worker@a1"})
    gone = (await asked(with_flower, served)).services["flower"]
    assert gone.dashboard is None
    assert gone.visit is not None and not gone.visit.good


async def test_what_it_uses_is_a_share_of_its_plan(
    account: Account, served: RenderServer, snapshot: Snapshot
) -> None:
    account.add_deploy(named(account, "worker"), ("live",))
    told = (await asked(snapshot, served)).services["worker"].usage
    assert told is not None
    assert (told.memory, told.cpu) == (1.0, 1.0)
    account.plan("GET", "/metrics/memory", 400, {"message": "not in this plan"})
    assert (await asked(snapshot, served)).services["worker"].usage is None


async def test_why_render_was_not_asked_is_told(
    account: Account, served: RenderServer, snapshot: Snapshot, tmp_path: Path
) -> None:
    bare = picture(planted({"render.yaml": None}), tmp_path)
    wrong = {**served.env, "RENDER_API_KEY": "rnd_wrong"}
    for of, environ, why in (
        (bare, served.env, "there is no render.yaml"),
        (snapshot, wrong, "401"),
    ):
        told = await remote_of(of, environ, None, pytest.fail)
        assert isinstance(told, FleetError)
        assert why in str(told)
    assert isinstance(await remote_of(snapshot, served.env, "no-such", pytest.fail), FleetError)
    account.cut("GET", "/owners", httpx.ConnectError("no network"), times=9)
    assert isinstance(await remote_of(snapshot, served.env, None, pytest.fail), FleetError)


def test_flower_is_visited_where_it_asks_for_no_password() -> None:
    document = read_text(WITH_FLOWER["render.yaml"], Path("render.yaml"))
    paths = paths_of(document)
    assert (paths["web"], paths["flower"], paths["worker"]) == ("/health", "/healthcheck", "/")

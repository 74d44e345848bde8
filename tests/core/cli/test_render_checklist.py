"""`solofleet render checklist`, as it is typed."""

import json
import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest

from core.cli import main
from core.errors import DONE, FAILED, USAGE
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer, render_server
from tests.support.checklists import CONNECTED, READY, RECEIVED, SUCCEEDED, UVICORN
from tests.support.preflight import CLEAN, WORKER, git, repository
from tests.support.program import homes
from tests.support.render_cli import Typed

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
VALUE = "correct-horse-battery"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The repository."""
    return repository(tmp_path / "shop", CLEAN)


@pytest.fixture
def account(shop: Path) -> Iterator[Account]:
    """Its services are live with its commit; the contract was held when the test is over."""
    made = Account()
    made.commit = git(shop, "rev-parse", "HEAD").strip()
    web = made.add_service("web", "web_service", url="http://127.0.0.1:9")
    worker = made.add_service("worker")
    for service, command in ((web, UVICORN), (worker, WORKER)):
        service["serviceDetails"]["envSpecificDetails"]["startCommand"] = command
        made.add_deploy(service, ("live",))
        made.variables[service["id"]] = {"REDIS_URL": VALUE, "LOG_LEVEL": "INFO"}
    for line in (CONNECTED, READY, RECEIVED, SUCCEEDED):
        made.log(worker, line)
    yield made
    assert made.broken == []


@pytest.fixture
def served(account: Account) -> Iterator[RenderServer]:
    """The account behind a real address."""
    with render_server(account) as server:
        yield server


Run = Callable[..., Typed]


@pytest.fixture
def run(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Type it for the shop; without `on` there is no key."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)

    def type_it(*words: str, on: RenderServer | None = None) -> Typed:
        monkeypatch.delenv("RENDER_API_KEY", raising=False)
        for name, value in (on.env if on else {}).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", StringIO())
        code = main(["render", "checklist", str(shop), *words])
        seen = capfd.readouterr()
        return Typed(code, seen.out, seen.err)

    return type_it


def states(typed: Typed) -> dict[str, str]:
    return {each["id"]: each["state"] for each in json.loads(typed.out)["boxes"]}


def test_without_a_key_the_files_tick_what_they_can_and_the_rest_is_not_known(run: Run) -> None:
    typed = run()
    assert typed.code == DONE
    lines = typed.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "Render told nothing: there is no key for Render's API" in typed.out
    assert typed.out.count("solofleet render login") == 1
    assert "  [x] Its start command has a --concurrency that fits" in lines
    assert "  [?] A task completes" in lines
    assert "  [-] Flower is a web service on Render" in lines
    told = states(run("--json"))
    assert set(told.values()) == {"done", "not known", "not needed"}


def test_with_a_key_the_boxes_of_what_runs_are_ticked(run: Run, served: RenderServer) -> None:
    document = json.loads(run("--json", on=served).out)
    assert document["kind"] == "checklist"
    assert document["render"]["workspace"] == "Shop"
    assert document["complete"] is False
    boxes = {each["id"]: each for each in document["boxes"]}
    for id in ("redis", "web-there", "worker-variables", "worker-ready", "completed"):
        assert boxes[id]["state"] == "done", id
    assert boxes["web-answers"]["state"] == "open"
    (shown,) = boxes["completed"]["evidence"]
    assert shown["source"] == "log"
    assert shown["commit"] == document["commit"]
    assert shown["at"] and shown["deploy"]


def test_no_value_is_printed_or_kept(run: Run, served: RenderServer, tmp_path: Path) -> None:
    for words in ((), ("--json",), ("--markdown",), ("--tick", "sent")):
        typed = run(*words, on=served)
        assert VALUE not in typed.out + typed.err
        assert served.account.key not in typed.out + typed.err
    files = [file for file in tmp_path.rglob("*") if file.is_file() and ".git" not in file.parts]
    assert any(file.name == "checklist.json" for file in files)
    secrets = (VALUE.encode(), served.account.key.encode())
    assert not [file for file in files if any(one in file.read_bytes() for one in secrets)]


def test_what_was_seen_on_render_is_still_known_without_a_network(
    run: Run, served: RenderServer, shop: Path
) -> None:
    run(on=served)
    assert states(run("--json"))["completed"] == "done"
    (shop / "main.py").write_text(CLEAN["main.py"] + "# more\n")
    git(shop, "commit", "-q", "-a", "-m", "More")
    typed = run("--json")
    assert typed.code == FAILED
    assert states(typed)["completed"] == "stale"
    assert states(run("--json", on=served))["completed"] == "stale"


def test_a_box_is_ticked_by_hand_and_the_tick_is_taken_back(
    run: Run, served: RenderServer, shop: Path
) -> None:
    assert states(run("--json", "--tick", "sent", "--tick", "status"))["sent"] == "done"
    assert states(run("--json"))["status"] == "done"
    assert states(run("--json", "--untick", "sent"))["sent"] == "not known"
    git(shop, "commit", "-q", "--allow-empty", "-m", "Other")
    assert states(run("--json"))["status"] == "stale"
    assert states(run("--json", "--tick", "status", on=served))["status"] == "done"


@pytest.mark.parametrize(
    ("id", "why"), [("nothing", "there is no box nothing"), ("completed", "ticks itself")]
)
def test_no_other_box_can_be_ticked(run: Run, id: str, why: str) -> None:
    typed = run("--tick", id)
    assert typed.code == USAGE
    assert why in typed.err
    assert "sent, status" in typed.err


def test_it_is_markdown_on_request(run: Run) -> None:
    typed = run("--markdown")
    assert typed.out.startswith("# Deployment checklist of shop\n")
    assert "- [x] Its root directory is where the app is" in typed.out


def test_an_edit_that_is_not_committed_makes_its_box_stale(run: Run, shop: Path) -> None:
    text = CLEAN["render.yaml"].replace("--concurrency=2", "--concurrency=3")
    (shop / "render.yaml").write_text(text)
    typed = run()
    assert typed.code == FAILED
    assert "  [~] Its start command has a --concurrency that fits" in typed.out.splitlines()
    assert "has changed, and is not committed" in typed.out


def test_without_a_repository_it_is_told(run: Run, shop: Path) -> None:
    shutil.rmtree(shop / ".git")
    typed = run()
    assert typed.code != DONE
    assert "fix:" in typed.err

"""What shows through production's broker, and through that of this machine."""

import sys
from pathlib import Path

import pytest

from core.render.verifying.report import Sure

if sys.platform == "win32":
    pytest.skip("a prefork worker, and Valkey, run on Linux", allow_module_level=True)
else:
    from tests.support.broker import Server
    from tests.support.deployed import START, machine
    from tests.support.verified import HOST, PYTHON, Shop, failed, found, group


async def test_nothing_is_sent_where_a_worker_of_this_machine_could_take_it(
    shop: Shop, broker: Server
) -> None:
    command = START.replace("celery@%h", "mine@%h")
    with machine(PYTHON, shop.pushed.clone, command, "laptop", shop.group["values"]):
        report = await shop.verify()
    assert not report.holds
    ((sure, what),) = found(report, "local-workers")
    assert sure is Sure.FAILED
    assert "mine@laptop (pid " in what
    assert report.errand is None
    assert broker.waiting() == 0


async def test_without_a_worker_nothing_is_sent(deserted: Shop, server: Server) -> None:
    report = await deserted.verify()
    assert failed(report) == {"online"}
    assert report.errand is None
    assert server.waiting() == 0


async def test_a_broker_that_does_not_answer_is_told_without_its_password(deserted: Shop) -> None:
    for name in ("REDIS_URL", "RESULTS_URL"):
        deserted.group["values"][name] = "redis://:hunter2@127.0.0.1:2/0"
    report = await deserted.verify()
    assert failed(report) == {"broker"}
    assert "hunter2" not in repr(report)


async def test_results_that_have_no_place_are_told(deserted: Shop, tmp_path: Path) -> None:
    del deserted.group["values"]["RESULTS_URL"]
    folder = deserted.pushed.checkout(tmp_path / "checkout")
    with machine(PYTHON, folder, START, HOST, deserted.group["values"]) as started:
        deserted.runs(started)
        report = await deserted.verify()
    assert failed(report) == {"results"}
    assert found(report, "ran-on-render")[0][0] is Sure.PROVED


async def test_a_machine_that_is_on_productions_broker_itself_is_told(
    shop: Shop, broker: Server
) -> None:
    env = shop.pushed.clone / ".env"
    before = env.read_text()
    env.write_text(f"REDIS_URL={broker.url}\n")
    try:
        report = await shop.verify()
    finally:
        env.write_text(before)
    assert failed(report) == {"render-workers"}


async def test_a_worker_of_render_on_the_broker_of_this_machine_is_named(
    shop: Shop, own_server: Server, tmp_path: Path
) -> None:
    env = shop.pushed.clone / ".env"
    before = env.read_text()
    env.write_text(f"REDIS_URL={own_server.url}\n")
    host = "srv-00000000000000000099-b1"
    try:
        with machine(
            PYTHON, shop.pushed.checkout(tmp_path / "other"), START, host, group(own_server.url)
        ) as stray:
            seen = shop.nearby
            shop.nearby = lambda: tuple(  # type: ignore[method-assign]
                each for each in seen() if stray.process.pid not in each.pids
            )
            report = await shop.verify()
    finally:
        env.write_text(before)
    assert failed(report) == {"render-workers"}
    assert f"celery@{host} of Render takes" in repr(report)


async def test_a_worker_of_this_machine_alone_proves_nothing(deserted: Shop) -> None:
    command = START.replace("celery@%h", "mine@%h")
    with machine(PYTHON, deserted.pushed.clone, command, "laptop", deserted.group["values"]):
        report = await deserted.verify()
    assert failed(report) == {"local-workers", "online"}
    assert report.errand is None


async def test_an_app_that_insists_on_another_broker_is_refused(deserted: Shop) -> None:
    code = deserted.pushed.clone / "proj.py"
    before = code.read_text()
    code.write_text('import os\n\nos.environ["REDIS_URL"] = "redis://127.0.0.1:2/0"\n' + before)
    try:
        report = await deserted.verify()
    finally:
        code.write_text(before)
    assert failed(report) == {"broker"}
    ((_, what),) = found(report, "broker")
    assert what == "the app cannot be led to production's broker from here"


async def test_a_worker_of_this_machine_on_a_broker_of_its_own_leaves_no_doubt(
    deserted: Shop, own_server: Server
) -> None:
    env = deserted.pushed.clone / ".env"
    before = env.read_text()
    env.write_text(f"REDIS_URL={own_server.url}\n")
    command = START.replace("celery@%h", "mine@%h")
    try:
        with machine(PYTHON, deserted.pushed.clone, command, "laptop", group(own_server.url)):
            report = await deserted.verify()
    finally:
        env.write_text(before)
    assert [sure for sure, _ in found(report, "local-workers")] == [Sure.PROVED]
    assert [sure for sure, _ in found(report, "render-workers")] == [Sure.INFERRED]

"""Speaking to the app in the environment that was built."""

import os
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import INSIDE, broker_variables
from tests.support.proving import APP
from tests.support.venvs import python_with_celery

Load = Callable[[str], types.ModuleType]


@pytest.fixture
def driving(inside: Load) -> types.ModuleType:
    return inside("proof.driving")


@pytest.fixture
def open_driver(
    driving: types.ModuleType, server: Server, tmp_path: Path
) -> Iterator[Callable[..., object]]:
    """Opens one on an app of this text; closes it at the end."""
    opened: list[object] = []

    def open_driver(text: str, limit_s: float = 20) -> object:
        (tmp_path / "proj.py").write_text(text)
        variables = broker_variables(server.url)
        env = {"PATH": os.environ["PATH"], "REDIS_URL": server.url, **variables}
        python = str(python_with_celery("5.7.0"))
        made = driving.Driver(python, str(INSIDE), "proj", str(tmp_path), env, variables, limit_s)
        opened.append(made)
        return made

    yield open_driver
    for each in opened:
        each.close()  # type: ignore[attr-defined]


def test_a_task_is_sent_and_its_end_is_known_only_when_there_is_one(
    driving: types.ModuleType, open_driver: Callable[..., object], server: Server
) -> None:
    driver: object = open_driver(APP)
    driver.send("1", "proj.add", [1, 2], {}, None)  # type: ignore[attr-defined]
    assert server.waiting() == 1
    assert driver.final("1") is None  # type: ignore[attr-defined]
    assert driver.ask("ping", "nobody@here") is None  # type: ignore[attr-defined]


def test_a_call_that_goes_wrong_is_a_failure_in_three_parts(
    driving: types.ModuleType, open_driver: Callable[..., object]
) -> None:
    driver: object = open_driver(APP)
    with pytest.raises(driving.Failed) as failed:
        driver.call("inspect", what="nonsense")  # type: ignore[attr-defined]
    assert set(failed.value.facts) == {"what", "why", "fix"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nowhere", "ModuleNotFoundError"),
        ("import os\nos._exit(3)", "ends the process"),
        ("import time\ntime.sleep(100)", "hangs"),
        (APP + "app.conf.broker_transport_options = {'sentinels': 1}", "broker_transport_options"),
    ],
)
def test_an_app_that_cannot_be_imported_is_a_failure(
    driving: types.ModuleType, open_driver: Callable[..., object], text: str, why: str
) -> None:
    with pytest.raises(driving.Failed) as failed:
        open_driver(text, 3)
    assert why in failed.value.facts["why"]


def test_waiting_gives_what_holds_or_nothing(driving: types.ModuleType) -> None:
    answers = iter([None, 0, "yes"])
    assert driving.until(lambda: next(answers), 5, 0.01) == "yes"
    assert driving.until(lambda: None, 0.05, 0.01) is None

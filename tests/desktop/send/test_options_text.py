"""Options of a sending, read and shown."""

import pytest

from core.tasks.call import TaskCall
from desktop.send.draft import Draft
from desktop.send.options_text import Options, options_of, read_options, shown_priority
from desktop.send.task_info import TaskInfo

TASK = TaskInfo("a", "", (), None, "reports")
OWN = TaskInfo("a", "", (), None, "reports", priority=3, expires_s=60.0)


@pytest.mark.parametrize("task", [TASK, OWN])
@pytest.mark.parametrize("options", [Options(), Options("slow", 5.0, 7, 600.0, 12, 0.05)])
def test_what_is_shown_is_read_again(task: TaskInfo, options: Options) -> None:
    assert read_options(options.shown(task), task) == (options, {})


def test_what_the_task_has_anyway_does_not_differ() -> None:
    options, _ = read_options(Options("reports", 0.0, 3, 60.0).shown(OWN), OWN)
    assert options == Options()
    assert options.differing() == 0
    assert Options("slow", priority=1).differing() == 2


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("count", "0", "from 1 to"),
        ("count", "many", "from 1 to"),
        ("count", "9" * 30, "from 1 to"),
        ("countdown", "soon", "as in 5 s"),
        ("countdown", "99999999 h", "at most"),
        ("pause", "2 h", "at most 1 h"),
        ("expires", "x", "as in 5 s"),
    ],
)
def test_what_is_wrong_is_told(key: str, text: str, said: str) -> None:
    _, faults = read_options({**Options().shown(TASK), key: text}, TASK)
    assert list(faults) == [key]
    assert said in faults[key]


def test_a_single_copy_has_no_pause() -> None:
    options, _ = read_options({**Options().shown(TASK), "pause": "1 s"}, TASK)
    assert options.pause_s == 0.0


def test_options_of_a_call() -> None:
    draft = Draft(TaskCall("a", queue="slow", count=2), 0.5)
    assert options_of(draft) == Options("slow", count=2, pause_s=0.5)
    assert (shown_priority(None, TASK), shown_priority(None, OWN)) == ("as set", "3 of 9")

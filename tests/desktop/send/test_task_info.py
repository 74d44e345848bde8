"""What the panel knows of a task."""

from typing import Any

from desktop.send.task_info import PROBE, task_infos
from desktop.send.traceback_text import Source


def described(name: str, **more: Any) -> dict[str, Any]:
    told = {"name": name, "module": "m", "doc": "", "params": [], "queue": "celery", "options": {}}
    return {**told, "source": None, **more}


def test_a_task_is_told_with_its_own_options() -> None:
    (info,) = task_infos(
        [
            described(
                "a",
                doc="Do it.\n\nArgs:\n    x: that",
                source=["/a.py", 7],
                options={"priority": 3, "expires": 60, "max_retries": 2},
            )
        ]
    )
    assert (info.summary, info.source) == ("Do it.", Source("/a.py", 7))
    assert (info.priority, info.expires_s, info.max_retries) == (3, 60.0, 2)


def test_the_probe_is_offered_where_there_is_nothing_else() -> None:
    probe, own = described(PROBE), described("a")
    assert [info.name for info in task_infos([own, probe])] == ["a"]
    assert [info.name for info in task_infos([probe])] == [PROBE]


def test_a_queue_that_a_router_chooses_is_not_known() -> None:
    (info,) = task_infos([described("a", queue="unknown: it wants arguments")])
    assert (info.queue, info.fields) == ("", ())


def test_a_task_without_a_known_signature_has_no_fields() -> None:
    (info,) = task_infos([described("a", params=None)])
    assert info.fields is None

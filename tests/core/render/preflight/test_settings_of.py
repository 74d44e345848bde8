"""Settings as code writes them down."""

from typing import Any

import pytest

from core.render.preflight.code import read_code
from core.render.preflight.settings_of import seconds, settings_of

NAMES = {"task_time_limit": "limit", "celeryd_task_time_limit": "limit"}


@pytest.mark.parametrize(
    ("text", "value", "variable"),
    [
        ("app.conf.update(task_time_limit=60)", 60, None),
        ("app.conf.task_time_limit = 2 * 30", 60.0, None),
        ("Celery('x', task_time_limit=60)", 60, None),
        ("CELERY_TASK_TIME_LIMIT = 60", 60, None),
        ("CELERYD_TASK_TIME_LIMIT = 60", 60, None),
        ("task_time_limit: int = 60", 60, None),
        ("x = {'task_time_limit': 60}", 60, None),
        ("task_time_limit = int(os.environ.get('LIMIT', '60'))", "60", "LIMIT"),
        ("task_time_limit = os.getenv('LIMIT')", None, "LIMIT"),
        ("import os\ntask_time_limit = os.environ['LIMIT']", None, "LIMIT"),
        ("task_time_limit = env('LIMIT', default=60)", 60, "LIMIT"),
        ("task_time_limit = os.getenv('LIMIT') or 60", 60, "LIMIT"),
        ("task_time_limit = compute()", None, None),
    ],
)
def test_a_setting_is_read_with_its_variable(text: str, value: Any, variable: str | None) -> None:
    (found,) = settings_of(read_code("a.py", text.encode()), NAMES)
    assert (found.name, found.value, found.variable) == ("limit", value, variable)


@pytest.mark.parametrize("text", ["other = 60", "f(task_time_limit=60)", "x['task_time_limit']"])
def test_other_names_are_none(text: str) -> None:
    assert list(settings_of(read_code("a.py", text.encode()), NAMES)) == []


@pytest.mark.parametrize(
    ("value", "number"), [(1, 1.0), ("2.5", 2.5), (True, None), ("x", None), (None, None)]
)
def test_times_are_numbers_or_texts_of_numbers(value: Any, number: float | None) -> None:
    assert seconds(value) == number

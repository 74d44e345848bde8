"""CELERY_WORKER_* variables count as they do for the celery command."""

from collections.abc import Callable
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


def test_each_variable_becomes_the_option_of_its_name(inside: Load) -> None:
    environ = {
        "CELERY_WORKER_QUEUES": "a, b",
        "CELERY_WORKER_TIME_LIMIT": "1800",
        "CELERY_WORKER_PREFETCH_MULTIPLIER": "1",
        "CELERY_WORKER_LOGLEVEL": "debug",
        "CELERY_WORKER_CONCURRENCY": "4",
        "UNRELATED": "x",
    }
    assert inside("options").from_environment(environ) == {
        "queues": ["a", "b"],
        "time_limit": 1800.0,
        "prefetch_multiplier": 1,
        "loglevel": "debug",
    }


def test_an_empty_variable_asks_for_nothing(inside: Load) -> None:
    assert inside("options").from_environment({"CELERY_WORKER_QUEUES": ""}) == {}


def test_a_wrong_value_names_its_variable(inside: Load) -> None:
    with pytest.raises(ValueError, match=r"CELERY_WORKER_TIME_LIMIT='soon' is not float"):
        inside("options").from_environment({"CELERY_WORKER_TIME_LIMIT": "soon"})

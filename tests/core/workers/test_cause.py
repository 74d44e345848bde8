"""The likely cause in the last lines."""

import pytest

from core.workers.cause import likely_cause

TRACEBACK = (
    "Traceback (most recent call last):",
    '  File "tasks.py", line 3, in <module>',
    "    boom()",
)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("ModuleNotFoundError: No module named 'pandas.io'", "module pandas.io is not installed"),
        ("C:\\venv\\Scripts\\python.exe: No module named celery", "module celery is not"),
        ("The module celery_queue.app was not found.", "celery_queue.app was not found"),
        ("The module proj:queue was not found.", "proj:queue was not found"),
        ("Module 'main' has no attribute 'celery'", "no Celery app was found in the module main"),
        ("Unable to load celery application.", "could not be loaded"),
        ("ImportError: cannot import name 'a' from 'b' (b.py)", "cannot import name 'a'"),
        ("ImportError: DLL load failed while importing _psycopg", "does not fit: DLL load"),
        ("Received unregistered task of type 'reports.render'.", "reports.render is not known"),
        ("ValueError: not enough values to unpack (expected 3, got 0)", "use solo"),
        ("worker accepts messages serialized with pickle is a very bad idea!", "as root"),
        ("OSError: [Errno 98] Address already in use", "port is in use"),
        ("OSError: [WinError 10048] Only one usage of each socket address", "port is in use"),
        ("Error 111 connecting to localhost:6379. Connection refused.", "nothing listens"),
        ("Error 10061 connecting to localhost:6379. No connection", "nothing listens"),
        ("redis.exceptions.AuthenticationError: WRONGPASS invalid", "refused its user name"),
        ("socket.gaierror: [Errno 11001] getaddrinfo failed", "was not found"),
        ("KeyError: 'REDIS_URL'", "the variable REDIS_URL is not set"),
        ("Error: No such option: --nope", "does not know the option --nope"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("OSError: [Errno 24] Too many open files: 'x'", "too many files"),
        ("MemoryError", "ran out of memory"),
        ("Fatal Python error: Segmentation fault", "Python itself failed: Segmentation fault"),
        (
            "django.core.exceptions.ImproperlyConfigured: Requested setting INSTALLED_APPS, but "
            "settings are not configured. You must define DJANGO_SETTINGS_MODULE",
            "DJANGO_SETTINGS_MODULE is not set",
        ),
    ],
)
def test_frequent_errors_have_their_own_words(line: str, part: str) -> None:
    assert part in (likely_cause([*TRACEBACK, line, ""]) or "")


def test_the_last_line_that_says_something_wins() -> None:
    lines = ["Error: ", "Unable to load celery application.", "The module proj was not found."]
    assert likely_cause(lines) == "proj was not found: not in its working directory, nor installed"


def test_any_other_exception_is_told_as_it_stands() -> None:
    line = "proj.errors.NoLicence: the licence has expired"
    assert likely_cause([*TRACEBACK, line, "  "]) == line
    assert likely_cause([*TRACEBACK, "SystemError"]) == "SystemError"


def test_an_exception_of_a_task_is_no_cause_when_the_worker_went_on() -> None:
    assert likely_cause([*TRACEBACK, "ValueError: boom", "[12:00: INFO] Task b received"]) is None


def test_words_that_are_not_of_a_traceback_are_no_cause() -> None:
    assert likely_cause(["Bye"]) is None
    assert likely_cause([]) is None


def test_only_the_last_lines_count() -> None:
    assert likely_cause(["MemoryError", *["working"] * 40]) is None

"""Tracebacks, taken apart."""

from pathlib import PurePosixPath

import pytest

from desktop.send.traceback_text import (
    Folded,
    Frame,
    Source,
    Words,
    read_traceback,
    shown_place,
)

ROOT = PurePosixPath("/shop")
TEXT = """Traceback (most recent call last):
  File "/shop/.venv/lib/python3.12/site-packages/celery/app/trace.py", line 453, in trace_task
    R = retval = fun(*args, **kwargs)
                 ^^^^^^^^^^^^^^^^^^^^
  File "/shop/.venv/lib/python3.12/site-packages/celery/app/trace.py", line 736, in __call__
    return self.run(*args, **kwargs)
  File "/shop/app/reports.py", line 103, in render
    chart = draw_chart(page, spec)
  File "/usr/lib/python3.12/json/__init__.py", line 9, in loads
    return decode(s)
app.charts.ChartTimeout: 'quarterly-4'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/shop/app/charts.py", line 31, in post
RuntimeError: no chart"""


def test_the_projects_own_code_stays_and_packages_are_folded() -> None:
    assert read_traceback(TEXT, ROOT) == (
        Words("Traceback (most recent call last):"),
        Folded(2, "celery"),
        Frame(Source("/shop/app/reports.py", 103), "render", ("chart = draw_chart(page, spec)",)),
        Folded(1, "Python"),
        Words("app.charts.ChartTimeout: 'quarterly-4'", final=True),
        Words(""),
        Words("During handling of the above exception, another exception occurred:", final=True),
        Words(""),
        Words("Traceback (most recent call last):"),
        Frame(Source("/shop/app/charts.py", 31), "post"),
        Words("RuntimeError: no chart", final=True),
    )


@pytest.mark.parametrize(
    ("file", "shown"), [("/shop/app/a.py", "app/a.py:7"), ("/other/b.py", "/other/b.py:7")]
)
def test_a_place_is_told_as_seen_from_the_project(file: str, shown: str) -> None:
    assert shown_place(Source(file, 7), ROOT) == shown


def test_a_file_of_elsewhere_is_folded_under_its_folder() -> None:
    text = 'Traceback\n  File "/other/tool/b.py", line 1, in f\nE: x'
    assert read_traceback(text, ROOT)[1] == Folded(1, "tool")


def test_what_is_none_is_words() -> None:
    assert read_traceback("no traceback", ROOT) == (Words("no traceback", final=True),)

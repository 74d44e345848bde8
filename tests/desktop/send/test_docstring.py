"""What docstrings of three styles say."""

from inspect import cleandoc

import pytest

from desktop.send.docstring import read_docstring

GOOGLE = """
    Render one report to PDF
    and store it.

    Retries three times.

    Args:
        report_id (int): Row in table reports.
        template: monthly, quarterly or yearly,
            as the shop has it.
        **more: Goes to the chart.

    Returns:
        str: its name.
"""
NUMPY = """
    Render one report to PDF and store it.

    Retries three times.

    Parameters
    ----------
    report_id : int
        Row in table reports.
    template : str, optional
        monthly, quarterly or yearly,
        as the shop has it.
    **more
        Goes to the chart.

    Returns
    -------
    str
        its name.
"""
SPHINX = """
    Render one report to PDF and store it.

    Retries three times.

    :param int report_id: Row in table reports.
    :param template: monthly, quarterly or yearly,
        as the shop has it.
    :param more: Goes to the chart.
    :type template: str
    :returns: its name.
"""


@pytest.mark.parametrize("text", [GOOGLE, NUMPY, SPHINX], ids=["google", "numpy", "sphinx"])
def test_each_style_is_read(text: str) -> None:
    read = read_docstring(cleandoc(text))
    assert read.summary == "Render one report to PDF and store it.\nRetries three times."
    assert read.arguments == {
        "report_id": "Row in table reports.",
        "template": "monthly, quarterly or yearly, as the shop has it.",
        "more": "Goes to the chart.",
    }


@pytest.mark.parametrize("text", ["", "Add two numbers.", "Note: that is all\n\n`x` is a number."])
def test_one_without_arguments_is_all_summary(text: str) -> None:
    read = read_docstring(text)
    assert read.summary.split() == text.split()
    assert read.arguments == {}


def test_only_what_is_returned_is_no_argument() -> None:
    assert read_docstring("Add.\n\nReturns:\n    total: the sum").arguments == {}

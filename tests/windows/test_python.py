"""The Python under Wine is what the other tests take it for."""

import asyncio
import locale
import os
import sys

import pytest

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)


async def test_the_loop_is_that_of_windows() -> None:
    assert type(asyncio.get_running_loop()) is asyncio.ProactorEventLoop


def test_paths_and_variables_are_those_of_windows() -> None:
    assert os.sep == "\\"
    assert os.environ["COMPUTERNAME"]
    assert locale.getpreferredencoding(False).lower() in ("utf-8", "cp1252", "cp65001")

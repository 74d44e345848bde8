"""What only Windows has."""

from pathlib import Path

import pytest

from tests.support.preflight import in_tasks, seen_by

BLOCK, WARN = [("block", "proj/tasks.py")], [("warn", "proj/tasks.py")]


@pytest.mark.parametrize(
    ("first", "seen"),
    [
        ("import winreg\n", BLOCK),
        ("import win32com.client\n", BLOCK),
        ("from win32com import client\n", BLOCK),
        ("from os import startfile\n", BLOCK),
        ("import ctypes\nx = ctypes.windll.user32\n", BLOCK),
        ("from ctypes import windll\n", BLOCK),
        ('import sys\nif sys.platform == "win32":\n    import winreg\n', []),
        ("import os\nif os.name == 'nt':\n    import msvcrt\nelse:\n    import fcntl\n", []),
        ("try:\n    import winreg\nexcept ImportError:\n    winreg = None\n", []),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import winreg\n", []),
        ("def f():\n    import winreg\n", WARN),
        ('def f():\n    if sys.platform != "win32":\n        return\n    import winreg\n', []),
        ("if debug:\n    import winreg\n", []),
        ("from .winreg import x\n", []),
        ("import subprocess\ndef f():\n    subprocess.run(['tool.exe', 'x'])\n", WARN),
        ("import subprocess\ndef f():\n    subprocess.run('powershell -c x', shell=True)\n", WARN),
        ("import subprocess\ndef f():\n    subprocess.run(['git', 'x'])\n", []),
        ("import os\ndef f():\n    os.system('make.bat')\n", WARN),
        ("from subprocess import run as r\ndef f():\n    r(r'C:\\x\\tool.exe')\n", WARN),
    ],
)
def test_what_linux_does_not_have(first: str, seen: list[object], tmp_path: Path) -> None:
    found = seen_by("windows-only", in_tasks("", first), tmp_path)
    assert [place[:2] for place in found] == seen


def test_in_a_task_it_fails_for_certain(tmp_path: Path) -> None:
    code = "import os\n@app.task\ndef show(x):\n    os.startfile(x)\n"
    assert seen_by("windows-only", in_tasks(code), tmp_path) == [("block", "proj/tasks.py", 12)]


def test_code_that_nothing_starts_is_no_matter(tmp_path: Path) -> None:
    assert seen_by("windows-only", {"tray.py": "import winreg\n"}, tmp_path) == []


def test_where_no_start_is_known_nothing_is_certain(tmp_path: Path) -> None:
    changes = {"render.yaml": None, "tray.py": "import winreg\n"}
    assert seen_by("windows-only", changes, tmp_path) == [("warn", "tray.py", 1)]


POLICY = "asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())\n"


@pytest.mark.parametrize(
    ("first", "seen"),
    [
        (f"import asyncio\n{POLICY}", BLOCK),
        ("from asyncio import WindowsProactorEventLoopPolicy\n", BLOCK),
        (f"import asyncio\ndef f():\n    {POLICY}", WARN),
        (f"import asyncio, sys\nif sys.platform.startswith('win'):\n    {POLICY}", []),
        (
            f"import asyncio\nif hasattr(asyncio, 'WindowsSelectorEventLoopPolicy'):\n    {POLICY}",
            [],
        ),
        ("import asyncio\nasyncio.run(f())\n", []),
    ],
)
def test_event_loops_of_windows(first: str, seen: list[object], tmp_path: Path) -> None:
    found = seen_by("event-loops", in_tasks("", first), tmp_path)
    assert [place[:2] for place in found] == seen

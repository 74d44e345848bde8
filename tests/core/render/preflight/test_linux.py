"""Conditions that ask which system this is."""

import ast

import pytest

from core.render.preflight.linux import on_linux


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ('sys.platform == "win32"', False),
        ('"win32" == sys.platform', False),
        ('sys.platform != "win32"', True),
        ('sys.platform in ("win32", "cygwin")', False),
        ('sys.platform not in ("win32",)', True),
        ('sys.platform.startswith("win")', False),
        ('sys.platform.startswith("linux")', True),
        ('os.name == "nt"', False),
        ('platform.system() == "Windows"', False),
        ('platform.system().lower() == "windows"', False),
        ('not sys.platform == "win32"', True),
        ('sys.platform == "win32" and loud', False),
        ('sys.platform == "linux" and loud', None),
        ('sys.platform == "linux" or loud', True),
        ("IS_WINDOWS", False),
        ("settings.ON_WINDOWS", False),
        ("is_windows()", False),
        ("IS_LINUX", True),
        ("TYPE_CHECKING", False),
        ('__name__ == "__main__"', False),
        ('hasattr(asyncio, "WindowsSelectorEventLoopPolicy")', False),
        ('hasattr(os, "fork")', None),
        ("known", True),
        ("windowed", None),
        ("sliding_window", None),
        ("debug", None),
        ("sys.platform == name", None),
        ("sys.platform.startswith(name)", None),
        ('len(x) == "win32"', None),
        ("sys.platform < 'x'", None),
        ("1 < x < 2", None),
    ],
)
def test_the_truth_on_linux(condition: str, truth: bool | None) -> None:
    assert on_linux(ast.parse(condition, mode="eval").body, {"known": True}) is truth

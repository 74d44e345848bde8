"""The house rules that a machine can hold.

Each rule takes the root of a source tree and tells its offences, so that every rule is also tried
on a small tree with a planted offender.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WALL = 300
INSIDE_MAY_IMPORT = (
    {"celery", "kombu", "billiard", "vine"}
    | {"solofleet_inside"}  # its own name in the user's interpreter
    | {"debugpy"}  # on request only, beside a message for those who have none
    | (sys.stdlib_module_names - {"graphlib", "tomllib", "zoneinfo"})  # younger than 3.8
)
NO_OWNER_NEEDED: dict[str, str] = {}
"""Modules that may start a job without a TaskGroup, each with its reason."""
ONLY_ON_POSIX = ("core/workers/keeping.py",)
"""Modules that start programs, and never on Windows."""

Rule = Callable[[Path], list[str]]


# --- Reading source ---


def modules(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module below some folders: its path, and what is in it."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module, path: str) -> Iterator[str]:
    """Every dotted name that a module imports, wherever in it; `from a import b` gives a.b."""
    package = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def dotted(path: str) -> str:
    """The name under which a file is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


# --- The rules ---


def core_knows_no_window(root: Path) -> list[str]:
    """core never imports desktop, Qt or qasync."""
    banned = {"desktop", "qasync", "PySide6", "PySide2", "PyQt6", "PyQt5", "shiboken6", "qtpy"}
    return [
        f"{path} imports {name}"
        for path, tree in modules(root, "core")
        for name in imports(tree, path)
        if name.split(".")[0] in banned
    ]


def nobody_imports_the_inside(root: Path) -> list[str]:
    """The scripts for foreign interpreters are data to everybody else."""
    inside = ("resources.inside", "solofleet_inside")
    return [
        f"{path} imports {name}"
        for path, tree in modules(root, "core", "desktop", "resources")
        if not path.startswith("resources/inside/")
        for name in imports(tree, path)
        if f"{name}.".startswith(tuple(f"{each}." for each in inside))
    ]


def the_inside_imports_celery_only(root: Path) -> list[str]:
    """Scripts in resources/inside use the standard library and Celery's own family."""
    return [
        f"{path} imports {name}"
        for path, tree in modules(root, "resources/inside")
        for name in imports(tree, path)
        if name.split(".")[0] not in INSIDE_MAY_IMPORT
    ]


def the_inside_is_python_3_8(root: Path) -> list[str]:
    """Users' interpreters may be that old."""
    offences: list[str] = []
    for path in sorted((root / "resources/inside").rglob("*.py")):
        try:
            ast.parse(path.read_text("utf-8"), feature_version=(3, 8))
        except SyntaxError as error:
            offences.append(f"{path.relative_to(root).as_posix()}:{error.lineno} {error.msg}")
    return offences


def core_has_no_import_cycle(root: Path) -> list[str]:
    """Read top down: no module needs itself."""
    trees = {dotted(path): (path, tree) for path, tree in modules(root, "core")}
    graph = {
        name: {
            needed if needed in trees else needed.rpartition(".")[0]
            for needed in imports(tree, path)
        }
        & trees.keys()
        for name, (path, tree) in trees.items()
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return [" > ".join(error.args[1])]
    return []


def modules_stay_small(root: Path) -> list[str]:
    """Above the wall a second idea is hiding."""
    offences: list[str] = []
    for folder in ("core", "desktop", "resources/inside"):
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text("utf-8").splitlines())
            if lines > WALL:
                offences.append(f"{path.relative_to(root).as_posix()} has {lines} lines")
    return offences


def core_is_documented(root: Path) -> list[str]:
    """Every module and every public name of core says what it is."""
    return [
        f"{path} {name} has no docstring"
        for path, tree in modules(root, "core")
        for name, node in [("itself", tree), *_public(tree, "")]
        if ast.get_docstring(node) is None
    ]


def _public(
    tree: ast.Module | ast.ClassDef, prefix: str
) -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node, f"{prefix}{node.name}.")


def every_job_has_an_owner(root: Path) -> list[str]:
    """Jobs start in a TaskGroup; what is started otherwise is forgotten when it fails."""
    return [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path, tree in modules(root, "core", "desktop")
        if path not in NO_OWNER_NEEDED
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Attribute) and _is_ownerless(node)
    ]


def _is_ownerless(node: ast.ImportFrom | ast.Attribute) -> bool:
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return node.module == "asyncio" and bool(names & {"create_task", "ensure_future", "gather"})
    owner = ast.unparse(node.value)
    from_loop = owner.endswith(("loop", "loop()"))
    return node.attr in ("ensure_future", "gather") or (
        node.attr == "create_task" and (owner == "asyncio" or from_loop)
    )


def no_console_flashes_up(root: Path) -> list[str]:
    """Windows opens a console for each program of a terminal, unless it is told not to."""
    return [
        f"{path}:{node.lineno} {ast.unparse(node.func)}"
        for path, tree in modules(root, "core", "desktop")
        if path not in ONLY_ON_POSIX
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _starts_a_program(node.func)
        and not any(word.arg == "creationflags" for word in node.keywords)
    ]


def _starts_a_program(function: ast.expr) -> bool:
    name = ast.unparse(function)
    owner, _, verb = name.rpartition(".")
    return (
        (owner == "subprocess" and verb in ("run", "Popen", "call", "check_call", "check_output"))
        or verb in ("create_subprocess_exec", "create_subprocess_shell")
        or name in ("os.system", "os.popen")
    )


# --- The house keeps them, and they have teeth ---

OFFENDERS: list[tuple[Rule, dict[str, str], str]] = [
    (core_knows_no_window, {"core/a.py": "import PySide6.QtCore"}, "PySide6"),
    (core_knows_no_window, {"core/b/a.py": "def f():\n    from desktop import app"}, "desktop.app"),
    (core_knows_no_window, {"core/a.py": "import qasync"}, "qasync"),
    (nobody_imports_the_inside, {"core/a.py": "from resources.inside import worker"}, "inside"),
    (nobody_imports_the_inside, {"core/a.py": "from resources import inside"}, "inside"),
    (nobody_imports_the_inside, {"desktop/a.py": "import resources.inside.worker"}, "inside"),
    (nobody_imports_the_inside, {"resources/demo/a.py": "import solofleet_inside"}, "inside"),
    (the_inside_imports_celery_only, {"resources/inside/a.py": "import redis"}, "redis"),
    (the_inside_imports_celery_only, {"resources/inside/a.py": "from core import x"}, "core.x"),
    (the_inside_imports_celery_only, {"resources/inside/a.py": "import tomllib"}, "tomllib"),
    (the_inside_is_python_3_8, {"resources/inside/a.py": "match 1:\n    case _: pass"}, "a.py:2"),
    (
        core_has_no_import_cycle,
        {"core/a.py": "from core import b", "core/b.py": "def f():\n    from core.a import x"},
        "core.a",
    ),
    (
        core_has_no_import_cycle,
        {
            "core/p/__init__.py": "",
            "core/p/a.py": "from . import b",
            "core/p/b.py": "import core.p.a",
        },
        "core.p.b",
    ),
    (modules_stay_small, {"core/a.py": "x = 1\n" * 301}, "301 lines"),
    (modules_stay_small, {"resources/inside/a.py": "x = 1\n" * 301}, "301 lines"),
    (core_is_documented, {"core/a.py": "x = 1"}, "itself"),
    (core_is_documented, {"core/a.py": '"""A."""\ndef f(): pass'}, "f has"),
    (
        core_is_documented,
        {"core/a.py": '"""A."""\nclass C:\n    """C."""\n    def m(s): pass'},
        "C.m",
    ),
    (
        every_job_has_an_owner,
        {"core/a.py": "import asyncio\nasyncio.create_task(x)"},
        "create_task",
    ),
    (every_job_has_an_owner, {"core/a.py": "from asyncio import gather"}, "gather"),
    (every_job_has_an_owner, {"core/a.py": "asyncio.get_running_loop().create_task(x)"}, "a.py:1"),
    (every_job_has_an_owner, {"core/a.py": "self._loop.create_task(x)"}, "create_task"),
    (every_job_has_an_owner, {"desktop/a.py": "aio.ensure_future(x)"}, "ensure_future"),
    (no_console_flashes_up, {"core/a.py": "import subprocess\nsubprocess.run(['git'])"}, "a.py:2"),
    (no_console_flashes_up, {"core/a.py": "asyncio.create_subprocess_exec('git')"}, "exec"),
    (no_console_flashes_up, {"desktop/a.py": "os.system('dir')"}, "os.system"),
]

LAW_ABIDING = {
    "core/__init__.py": '"""Core."""',
    "core/a.py": '"""A."""\nfrom core import b\nfrom core.b import _x\ntg.create_task(b.f)',
    "core/b.py": '"""B."""\nimport json\ndef _f(): pass\nclass _C:\n    def m(self): pass\n_x = 1',
    "desktop/a.py": "import PySide6\nsubprocess.run(['git'], creationflags=NO_WINDOW)",
    "resources/inside/a.py": "import json, celery\nfrom kombu.utils import x\n" + "x = 1\n" * 298,
}
RULES = list(dict.fromkeys(rule for rule, _, _ in OFFENDERS))


def named(rule: object) -> str | None:
    """The name of a rule, for pytest."""
    return rule.__name__ if callable(rule) else None


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Lays out a small source tree."""

    def lay_out(files: dict[str, str]) -> Path:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        return tmp_path

    return lay_out


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_house_keeps_the_rule(rule: Rule):
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "files", "offence"), OFFENDERS, ids=named)
def test_the_rule_catches_an_offender(
    rule: Rule,
    files: dict[str, str],
    offence: str,
    plant: Callable[[dict[str, str]], Path],
):
    (found,) = rule(plant(files))
    assert offence in found


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_rule_lets_the_law_abiding_pass(rule: Rule, plant: Callable[[dict[str, str]], Path]):
    assert rule(plant(LAW_ABIDING)) == []


def test_the_rules_look_at_something():
    assert len(list(modules(ROOT, "core"))) > 10
    assert list(modules(ROOT, "resources/inside"))

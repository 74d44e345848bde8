"""What one Python file tells about Celery apps, read without running it."""

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.project.celery_calls import CeleryNames, Made

MAX_BYTES: Final = 1_000_000
"""Larger files are generated data, not a place where an app is made."""


@dataclass(frozen=True, slots=True)
class AppMention:
    """A name at module level that most likely holds a Celery app."""

    attr: str
    line: int
    made: Made


@dataclass(frozen=True, slots=True)
class Import:
    """Where a name at module level was imported from: `from <dots><module> import <name>`."""

    level: int
    module: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its apps and what is needed to name them.

    `bound` are the other names at module level, with their import where they have one;
    `star` says that unknown names are there too. `dotted` are modules named in imports and
    in strings (include lists, task routes, Django's settings). `factories` make an app that
    no name holds. `decorated` counts the tasks that each name makes with `@name.task`, and
    `loads_tasks` says that the file names modules of tasks to Celery in some way. `problem`
    says why the file could not be read as Python.
    """

    apps: tuple[AppMention, ...] = ()
    bound: Mapping[str, Import | None] = field(default_factory=dict[str, Import | None])
    star: bool = False
    dotted: frozenset[str] = frozenset()
    factories: tuple[tuple[str, int], ...] = ()
    decorated: Mapping[str, int] = field(default_factory=dict[str, int])
    loads_tasks: bool = False
    problem: str | None = None


def read_source(file: Path) -> Source:
    """Read one file; whatever is in it, this gives a Source and raises nothing."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return Source(problem=f"{file} is larger than {MAX_BYTES:,} bytes")
        data = file.read_bytes()
    except OSError as error:
        return Source(problem=f"{file} could not be read: {error.strerror or error}")
    return read_bytes(data, str(file))


def read_bytes(data: bytes, file: str = "<text>") -> Source:
    """Read the bytes of a file, in the encoding that they declare."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a user's file is no matter of ours
            tree = ast.parse(data)
    except SyntaxError as error:
        return _read_as_text(data, f"{file}:{error.lineno or 1} is not valid Python: {error.msg}")
    except (ValueError, RecursionError, MemoryError) as error:  # NUL bytes; nested too deep
        return _read_as_text(data, f"{file} is not valid Python: {error}")
    return _read_tree(tree)


# `app = Celery(` in a file that this Python cannot parse: newer syntax, or a half-typed line.
_TEXT_APP: Final = re.compile(
    rb"^(?P<attr>[A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=[ \t]*(?:\w+\.)*Celery\(", re.MULTILINE
)


def _read_as_text(data: bytes, problem: str) -> Source:
    apps = [
        AppMention(match["attr"].decode(), data.count(b"\n", 0, match.start()) + 1, Made.TEXT)
        for match in _TEXT_APP.finditer(data)
    ]
    return Source(apps=tuple(apps), star=True, problem=problem)


def _read_tree(tree: ast.Module) -> Source:
    names = CeleryNames.of(tree)
    apps: dict[str, AppMention] = {}
    bound: dict[str, Import | None] = {}
    star = False
    for statement in _top_level(tree.body):
        if isinstance(statement, ast.ImportFrom):
            star = star or any(alias.name == "*" for alias in statement.names)
        for attr, value, annotation in _assigned(statement):
            made = names.made(value, annotation)
            if made is not None and (attr not in apps or made > apps[attr].made):
                apps[attr] = AppMention(attr, statement.lineno, made)
        bound.update(_bound(statement))
    return Source(
        apps=tuple(apps.values()),
        bound={name: origin for name, origin in bound.items() if name not in apps},
        star=star,
        dotted=frozenset(_dotted(tree)),
        factories=tuple(names.factories.items()),
        decorated=Counter(_decorated(tree)),
        loads_tasks=any(_loads_tasks(node) for node in ast.walk(tree)),
    )


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what runs when the module is imported."""
    for statement in body:
        yield statement
        match statement:
            case ast.If():
                if not _is_main_or_typing(statement.test):
                    yield from _top_level(statement.body)
                yield from _top_level(statement.orelse)
            case ast.With() | ast.For() | ast.While():
                yield from _top_level(statement.body)
            case ast.Try():
                yield from _top_level(statement.body + statement.orelse + statement.finalbody)
                for handler in statement.handlers:
                    yield from _top_level(handler.body)
            case _:
                pass


def _is_main_or_typing(test: ast.expr) -> bool:
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(test) if isinstance(node, ast.Attribute)}
    return "__name__" in names or "TYPE_CHECKING" in names | attributes


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr, ast.expr | None]]:
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value, None
        case ast.AnnAssign(target=ast.Name(id=attr), value=value, annotation=annotation) if value:
            yield attr, value, annotation
        case _:
            return


def _bound(statement: ast.stmt) -> Iterator[tuple[str, Import | None]]:
    match statement:
        case ast.Import(names=aliases):
            for alias in aliases:
                module = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or module, Import(0, module, None)
        case ast.ImportFrom(names=aliases, module=module, level=level):
            for alias in aliases:
                if alias.name != "*":
                    yield alias.asname or alias.name, Import(level, module or "", alias.name)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, None
        case _:
            for attr, _, _ in _assigned(statement):
                yield attr, None


def _decorated(tree: ast.Module) -> Iterator[str]:
    for statement in _top_level(tree.body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in statement.decorator_list:
                match decorator.func if isinstance(decorator, ast.Call) else decorator:
                    case ast.Attribute(attr="task", value=ast.Name(id=name)):
                        yield name
                    case _:
                        pass


# `Celery(include=...)`, `app.conf.imports`, `CELERY_IMPORTS`, and settings that are elsewhere.
_LOADERS: Final = ("autodiscover_tasks", "config_from_object", "import_module")
_LISTS: Final = ("include", "imports", "CELERY_INCLUDE", "CELERY_IMPORTS")
_LOADING: Final = frozenset((*_LOADERS, *_LISTS))


def _loads_tasks(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg=str(name)) | ast.Attribute(attr=name) | ast.Name(id=name):
            return name in _LOADING
        case ast.Constant(value=str(name)):
            return name in _LOADING
        case _:
            return False


_DOTTED_NAME: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\.\*)?")


def _dotted(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Constant(value=str(text)) if _DOTTED_NAME.fullmatch(text):
                yield text.removesuffix(".*")
            case _:
                pass

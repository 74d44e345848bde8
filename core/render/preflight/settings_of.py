"""Celery's settings as code writes them down: constants, and defaults of variables."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.project.literal import literal_number
from core.render.preflight.code import Code, Part, dotted

_READERS: Final = ("os.environ.get", "os.getenv", "environ.get", "getenv", "config", "env")
_CASTS: Final = ("int", "float", "str", "bool")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name without a prefix, in lower case, its value, its place.

    `value` is None where it cannot be known. `variable` is the one it is read from, if one is.
    """

    name: str
    value: Any
    variable: str | None
    file: str
    line: int
    part: Part


def settings_of(code: Code, names: Mapping[str, str]) -> Iterator[Setting]:
    """Settings in `conf.update(x=...)`, `conf.x = ...`, `Celery(..., x=...)` and modules.

    `names` leads from old names and names with CELERY_ (lower case) to those that are asked for.
    """
    for part in code.of(ast.Assign, ast.AnnAssign, ast.Call, ast.Dict):
        for written, value in _assigned(part.node):
            name = names.get(written.lower()) or names.get(written.lower().removeprefix("celery_"))
            if name is not None:
                known, variable = read_value(value, code)
                yield Setting(name, known, variable, code.path, value.lineno, part)


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
            yield name, value
        case ast.Call(func=func, keywords=keywords) if _configures(dotted(func)):
            yield from ((each.arg, each.value) for each in keywords if each.arg)
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        case _:
            return


def _configures(name: str) -> bool:
    return name.endswith(("conf.update", "Celery", "dict"))


def read_value(expr: ast.expr, code: Code) -> tuple[Any, str | None]:
    """The value of an expression, or None, and the variable of the environment that it reads."""
    match expr:
        case ast.Constant(value=value):
            return value, None
        case ast.Call(func=ast.Name(id=cast), args=[inner]) if cast in _CASTS:
            value, variable = read_value(inner, code)
            return value, variable
        case ast.Call(func=func, args=[ast.Constant(value=str(name)), *rest]):
            if code.full_name(func) not in _READERS and dotted(func) not in _READERS:
                return None, None
            default = next((e.value for e in expr.keywords if e.arg == "default"), None)
            default = rest[0] if rest else default
            return (None if default is None else read_value(default, code)[0]), name
        case ast.Subscript(value=value, slice=ast.Constant(value=str(name))):
            return None, name if code.full_name(value) == "os.environ" else None
        case ast.BinOp() | ast.UnaryOp():
            return literal_number(expr), None
        case ast.BoolOp(op=ast.Or(), values=values):
            read = [read_value(each, code) for each in values]
            variable = next((name for _, name in read if name), None)
            return next((value for value, _ in read if value), None), variable
        case _:
            return None, None


def seconds(value: object) -> float | None:
    """A time in seconds that a setting or a variable holds, as a number or as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and value.strip().replace(".", "", 1).isdecimal():
        return float(value)
    return None

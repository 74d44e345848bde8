"""What an expression comes to on Linux, as far as it asks which system this is."""

import ast
import re
from collections.abc import Mapping
from typing import Final

_FACTS: Final[Mapping[str, str]] = {
    "sys.platform": "linux",
    "platform": "linux",
    "os.name": "posix",
    "platform.system()": "Linux",
    "system()": "Linux",
    "platform.system().lower()": "linux",
}
_OF_WINDOWS: Final = re.compile(r"(?:^|_|\b)(?:is_?|on_?|running_on_?)?(?:windows|win32|win|nt)$")
_OF_LINUX: Final = re.compile(r"(?:^|_|\b)(?:is_?|on_?|running_on_?)?(?:linux|posix|unix)$")
ONLY_WINDOWS: Final = frozenset(
    {
        *("WindowsSelectorEventLoopPolicy", "WindowsProactorEventLoopPolicy", "ProactorEventLoop"),
        *("startfile", "windll", "WinDLL", "oledll", "getwindowsversion", "winreg"),
        *("STARTUPINFO", "CREATE_NO_WINDOW", "CREATE_NEW_PROCESS_GROUP", "CREATE_NEW_CONSOLE"),
    }
)
"""Names that modules of the standard library have on Windows alone."""


def on_linux(test: ast.expr, known: Mapping[str, bool]) -> bool | None:
    """The truth of a condition on Linux when a module is imported; None when that depends.

    `known` are names of the module that hold such a condition. What is asked of a name such as
    `IS_WINDOWS` is taken at its word; `TYPE_CHECKING` and `__name__ == "__main__"` are false.
    """
    match test:
        case ast.Constant(value=bool(value)):
            return value
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            truth = on_linux(operand, known)
            return None if truth is None else not truth
        case ast.BoolOp(op=ast.And(), values=values):
            return _all([on_linux(value, known) for value in values])
        case ast.BoolOp(op=ast.Or(), values=values):
            return _any([on_linux(value, known) for value in values])
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(left, op, right)
        case ast.Call():
            return _called(test)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return known[name] if name in known else _named(name)
        case _:
            return None


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _any(truths: list[bool | None]) -> bool | None:
    if True in truths:
        return True
    return None if None in truths else False


def _compared(left: ast.expr, op: ast.cmpop, right: ast.expr) -> bool | None:
    if _written(left) == "__name__" or _written(right) == "__name__":
        return isinstance(op, ast.NotEq)
    fact = _FACTS.get(_written(left))
    if fact is None:
        left, right = right, left
        fact = _FACTS.get(_written(left))
    if fact is None:
        return None
    try:
        value = ast.literal_eval(right)
    except (ValueError, TypeError, SyntaxError):
        return None
    match op:
        case ast.Eq():
            return fact == value
        case ast.NotEq():
            return fact != value
        case ast.In():
            return fact in value
        case ast.NotIn():
            return fact not in value
        case _:
            return None


def _called(call: ast.Call) -> bool | None:
    match call:
        case ast.Call(func=ast.Attribute(value=asked, attr="startswith"), args=[prefix]):
            fact = _FACTS.get(_written(asked))
            try:
                value = ast.literal_eval(prefix)
            except (ValueError, TypeError, SyntaxError):
                return None
            return None if fact is None else fact.startswith(value)
        case ast.Call(func=ast.Name(id="hasattr"), args=[_, ast.Constant(value=str(name))]):
            return False if name in ONLY_WINDOWS else None
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[]):
            return _named(name)
        case _:
            return None


def _named(name: str) -> bool | None:
    if name == "TYPE_CHECKING" or _OF_WINDOWS.search(name.lower()):
        return False
    return True if _OF_LINUX.search(name.lower()) else None


def _written(expr: ast.expr) -> str:
    """An expression as it is most often written; empty for one that is none of ours."""
    match expr:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_written(value)}.{attr}"
        case ast.Call(func=func, args=[], keywords=[]):
            return f"{_written(func)}()"
        case _:
            return ""

"""How a Celery app is made in code: which expressions are one."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self


class Made(IntEnum):
    """How sure it is that a value is a Celery app; the number is the weight in the ranking."""

    TEXT = 20
    CARRIED = 29
    EXTENSION = 30
    NAMED_FACTORY = 31
    FACTORY = 40
    ANNOTATED = 45
    SUBCLASS = 50
    DIRECT = 60

    @property
    def words(self) -> str:
        """Say it, as the end of "NAME is …"."""
        return _WORDS[self]


_WORDS: Final = {
    Made.TEXT: "written as Celery(…) in a file that is not valid Python",
    Made.CARRIED: "the attribute celery of another object, such as a Flask extension",
    Made.EXTENSION: 'taken from Flask\'s extensions["celery"]',
    Made.NAMED_FACTORY: "made by a function that is named like a factory of Celery apps",
    Made.FACTORY: "made by a function of this file that makes a Celery app",
    Made.ANNOTATED: "annotated as Celery",
    Made.SUBCLASS: "made by a subclass of Celery",
    Made.DIRECT: "made by Celery(…)",
}

_FACTORY_NAME: Final = re.compile(
    r"(?:make|create|get|build|init|setup|configure|new)_?celery(?:_?app)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CeleryNames:
    """The names that mean Celery in one file."""

    modules: frozenset[str]
    classes: frozenset[str]
    subclasses: frozenset[str]
    factories: dict[str, int]

    @classmethod
    def of(cls, tree: ast.Module) -> Self:
        """Collect them: imports under any alias, subclasses, functions that make an app."""
        modules: set[str] = set()
        classes: set[str] = set()
        subclasses: set[str] = set()
        for node in ast.walk(tree):
            match node:
                case ast.Import(names=aliases):
                    modules.update(_celery_modules(aliases))
                case ast.ImportFrom(module=module, names=aliases, level=level):
                    found = {
                        alias.asname or alias.name
                        for alias in aliases
                        if alias.name.endswith("Celery")
                    }
                    from_celery = not level and (module or "").partition(".")[0] == "celery"
                    (classes if from_celery else subclasses).update(found)
                case _:
                    pass
        names = cls(frozenset(modules), frozenset(classes), frozenset(), {})
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and any(
                names.is_class(base) or _last(base) in subclasses for base in node.bases
            ):
                subclasses.add(node.name)
        names = cls(names.modules, names.classes, frozenset(subclasses), {})
        factories = {
            node.name: node.lineno
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and names.makes_app(node)
        }
        return cls(names.modules, names.classes, names.subclasses, factories)

    def made(self, value: ast.expr, annotation: ast.expr | None) -> Made | None:
        """Say how `value`, or one of its alternatives, makes an app; None if it does not."""
        ways = [way for part in _alternatives(value) if (way := self._made(part)) is not None]
        if annotation is not None and self.is_class(annotation):
            ways.append(Made.ANNOTATED)
        return max(ways, default=None)

    def _made(self, value: ast.expr) -> Made | None:
        match value:
            case ast.Call(func=func) if self.is_class(func):
                return Made.DIRECT
            case ast.Call(func=func) if _last(func) in self.subclasses:
                return Made.SUBCLASS
            case ast.Call(func=ast.Name(id=name)) if name in self.factories:
                return Made.FACTORY
            case ast.Call(func=func) if _FACTORY_NAME.fullmatch(_last(func)):
                return Made.NAMED_FACTORY
            case ast.Subscript(
                value=ast.Attribute(attr="extensions"), slice=ast.Constant(value="celery")
            ):
                return Made.EXTENSION
            case ast.Attribute(attr="celery" | "celery_app") if _first(value) not in self.modules:
                return Made.CARRIED
            case _:
                return None

    def is_class(self, expr: ast.expr) -> bool:
        """Say whether the expression names the class Celery itself."""
        if isinstance(expr, ast.Constant):  # a quoted annotation
            return expr.value in self.classes
        if isinstance(expr, ast.Name):
            return expr.id in self.classes
        return _last(expr) == "Celery" and _first(expr) in self.modules

    def makes_app(self, function: ast.FunctionDef) -> bool:
        """Say whether the function gives back an app."""
        if function.returns is not None and self.is_class(function.returns):
            return True
        nodes = list(ast.walk(function))
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        returns = any(isinstance(node, ast.Return) and node.value is not None for node in nodes)
        return returns and any(
            self.is_class(call.func) or _last(call.func) in self.subclasses for call in calls
        )


def _celery_modules(aliases: list[ast.alias]) -> Iterator[str]:
    for alias in aliases:
        if alias.name.partition(".")[0] == "celery":
            yield alias.asname or "celery"


def _alternatives(value: ast.expr) -> Iterator[ast.expr]:
    match value:
        case ast.IfExp(body=body, orelse=orelse):
            yield from _alternatives(body)
            yield from _alternatives(orelse)
        case ast.BoolOp(values=values):
            for part in values:
                yield from _alternatives(part)
        case _:
            yield value


def _last(expr: ast.expr) -> str:
    match expr:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _first(expr: ast.expr) -> str:
    while isinstance(expr, ast.Attribute):
        expr = expr.value
    return expr.id if isinstance(expr, ast.Name) else ""

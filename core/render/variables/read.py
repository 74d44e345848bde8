"""One place in code that reads a variable, and the names by which code calls what reads it."""

import ast
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from core.project.imported import imported_names


@dataclass(frozen=True, slots=True)
class Read:
    """Code that takes a variable: `names` in the order in which they are tried, mostly one.

    `required`: there is no default, so that without it the code raises. `default` is the text that
    is taken otherwise, None where there is none, or where it is no text. `how` is what reads it.
    `maybe`: it stands behind a condition, so that the code may never come to it.
    """

    names: tuple[str, ...]
    file: str
    line: int
    required: bool
    how: str
    default: str | None = None
    maybe: bool = False

    @property
    def must(self) -> bool:
        """Whether the code surely raises without it."""
        return self.required and not self.maybe

    def __repr__(self) -> str:  # a default may hold a password
        return f"Read({'|'.join(self.names)}, {self.file}:{self.line})"

    @property
    def name(self) -> str:
        """The first of them."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file: its tree, what its imported names stand for, and its constants of text."""

    file: str
    tree: ast.Module
    names: Mapping[str, str]
    constants: Mapping[str, str]

    def full_name(self, expr: ast.expr | None) -> str:
        """The dotted name with its first part as imported; empty where it is no name."""
        name = _dotted(expr)
        first, dot, rest = name.partition(".")
        return f"{self.names.get(first, first)}{dot}{rest}"

    def text(self, expr: ast.expr | None) -> str | None:
        """A text that is written there, or in a constant of the file."""
        match expr:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self.constants.get(name)
            case _:
                return None


def parse(file: str, data: bytes) -> Parsed | None:
    """Read a file; None where it is no Python that can be parsed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a user's file, no matter of ours
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return Parsed(file, tree, dict(imported_names(ast.walk(tree))), constants)


def keywords_of(call: ast.Call) -> dict[str, ast.expr]:
    """What is given by name."""
    return {each.arg: each.value for each in call.keywords if each.arg is not None}


def _dotted(expr: ast.AST | None) -> str:
    match expr:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            before = _dotted(value)
            return f"{before}.{attr}" if before else ""
        case _:
            return ""

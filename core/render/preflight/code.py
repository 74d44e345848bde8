"""One Python file as Linux runs it: what stands behind a guard for Windows is not there.

Each file is parsed once and walked once; checks look through the parts.
"""

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, TypeAlias

from core.project.imported import imported_names
from core.render.preflight.linux import on_linux

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_LEAVING: Final = ("sys.exit", "exit", "quit", "os._exit", "pytest.skip")
_CATCH_ALL: Final = frozenset(("Exception", "BaseException"))
_FORGIVING: Final = _CATCH_ALL | {
    *("ImportError", "ModuleNotFoundError", "AttributeError", "OSError", "NameError")
}


@dataclass(frozen=True, slots=True)
class Part:
    """A node of the file that may run on Linux.

    `within` are the functions around it, the outermost first; none: it runs at import. `caught`:
    an exception that it may raise there is caught around it.
    """

    node: ast.AST
    within: tuple[Function, ...]
    caught: bool

    @property
    def certain(self) -> bool:
        """Whether it runs whenever the module is imported, and its failure is one."""
        return not self.within and not self.caught

    @property
    def line(self) -> int:
        """From 1."""
        return getattr(self.node, "lineno", 1)


@dataclass(frozen=True, slots=True)
class Code:
    """A parsed file.

    `kinds`: the parts by the class of their node. `names`: what is imported, by the name it has
    here. `bodies`: the parts of each function, inner
    functions included. `problem`: why it could not be parsed, and the line.
    """

    path: str
    kinds: Mapping[type[ast.AST], Sequence[Part]] = field(
        default_factory=dict[type[ast.AST], list[Part]]
    )
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    bodies: Mapping[Function, Sequence[Part]] = field(default_factory=dict[Function, list[Part]])
    problem: tuple[str, int] | None = None

    def of(self, *kinds: type[ast.AST]) -> Iterator[Part]:
        """The parts whose nodes are of these very classes."""
        return chain.from_iterable(self.kinds.get(kind, ()) for kind in kinds)

    def calls(self) -> Iterator[tuple[Part, ast.Call]]:
        """Every call, with the part that it is."""
        for part in self.of(ast.Call):
            if isinstance(part.node, ast.Call):
                yield part, part.node

    def called(self, call: ast.Call) -> str:
        """The full name of what is called, through imports and their aliases."""
        return self.full_name(call.func)

    def full_name(self, expr: ast.expr) -> str:
        """A dotted name with its first part as it was imported; empty when it is no name."""
        name = dotted(expr)
        first, dot, rest = name.partition(".")
        return f"{self.names.get(first, first)}{dot}{rest}"


def read_code(path: str, data: bytes) -> Code:
    """Read a file; whatever is in it, this gives Code and raises nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a user's file, no matter of ours
            tree = ast.parse(data)
    except SyntaxError as error:
        return Code(path, problem=(error.msg, error.lineno or 1))
    except (ValueError, RecursionError, MemoryError) as error:  # NUL bytes; nested too deep
        return Code(path, problem=(str(error) or "it is nested too deep", 1))
    walk = _Walk()
    try:
        walk.block(tree.body, (), caught=False)
    except RecursionError:
        return Code(path, problem=("it is nested too deep", 1))
    bodies: dict[Function, list[Part]] = {}
    kinds: dict[type[ast.AST], list[Part]] = {}
    for part in walk.parts:
        kinds.setdefault(type(part.node), []).append(part)
        if isinstance(part.node, ast.FunctionDef | ast.AsyncFunctionDef):
            bodies.setdefault(part.node, [])
        for function in part.within:
            bodies.setdefault(function, []).append(part)
    return Code(path, kinds, dict(imported_names(part.node for part in walk.parts)), bodies)


def dotted(expr: ast.AST) -> str:
    """`a.b.c` of such an expression; of a call in front, what is called; else empty."""
    match expr:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            before = dotted(value)
            return f"{before}.{attr}" if before else f".{attr}"
        case ast.Call(func=func):
            return f"{dotted(func)}()"
        case _:
            return ""


class _Walk:
    """Goes through statements in order; leaves out what Linux never comes to."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._known: dict[str, bool] = {}

    def block(
        self, statements: Sequence[ast.stmt], within: tuple[Function, ...], *, caught: bool
    ) -> bool:
        """Walk a block; gives whether it leaves before its end, always."""
        return any(self._statement(each, within, caught) for each in statements)

    def _statement(self, node: ast.stmt, within: tuple[Function, ...], caught: bool) -> bool:
        match node:
            case ast.If(test=test, body=body, orelse=orelse):
                return self._choice(test, body, orelse, within, caught)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._add(node, within, caught)
                for outside in (*node.decorator_list, node.args):
                    self._expression(outside, within, caught)
                self.block(node.body, (*within, node), caught=False)
                return False
            case ast.ClassDef(body=body):
                self._add(node, within, caught)
                for outside in (*node.decorator_list, *node.bases, *node.keywords):
                    self._expression(outside, within, caught)
                self.block(body, within, caught=caught)
                return False
            case ast.Try() | ast.TryStar():
                return self._try(node, within, caught)
            case _:
                return self._other(node, within, caught)

    def _choice(
        self,
        test: ast.expr,
        body: list[ast.stmt],
        orelse: list[ast.stmt],
        within: tuple[Function, ...],
        caught: bool,
    ) -> bool:
        truth = on_linux(test, self._known)
        self._expression(test, within, caught)
        if truth is not None:
            return self.block(body if truth else orelse, within, caught=caught)
        # It depends on more than the system, so that it runs at all is not certain.
        leaves = [self.block(each, within, caught=True) for each in (body, orelse)]
        return all(leaves)

    def _try(
        self, node: "ast.Try | ast.TryStar", within: tuple[Function, ...], caught: bool
    ) -> bool:
        forgiven = caught or any(_forgives(handler) for handler in node.handlers)
        left = self.block(node.body, within, caught=forgiven)
        for handler in node.handlers:
            if handler.type is not None:
                self._expression(handler.type, within, caught)
            self.block(handler.body, within, caught=True)
        self.block(node.orelse, within, caught=caught)
        self.block(node.finalbody, within, caught=caught)
        return left and not node.handlers

    def _other(self, node: ast.stmt, within: tuple[Function, ...], caught: bool) -> bool:
        """A statement without a branch of its own: its expressions, then its blocks."""
        self._add(node, within, caught)
        if isinstance(node, ast.Assign) and not within and len(node.targets) == 1:
            truth = on_linux(node.value, self._known)
            if truth is not None and isinstance(node.targets[0], ast.Name):
                self._known[node.targets[0].id] = truth
        forgiven = caught or (isinstance(node, ast.With | ast.AsyncWith) and _suppresses(node))
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self._statement(child, within, forgiven)
            elif isinstance(child, ast.match_case):
                self.block(child.body, within, caught=True)
            else:
                self._expression(child, within, forgiven)
        return _leaves(node)

    def _expression(self, node: ast.AST, within: tuple[Function, ...], caught: bool) -> None:
        match node:
            case ast.IfExp(test=test, body=body, orelse=orelse):
                truth = on_linux(test, self._known)
                chosen = (body, orelse) if truth is None else ((body,) if truth else (orelse,))
                self._add(node, within, caught)
                for child in (test, *chosen):
                    self._expression(child, within, caught)
            case ast.BoolOp(op=op, values=values):
                self._add(node, within, caught)
                for value in values:
                    self._expression(value, within, caught)
                    if on_linux(value, self._known) is isinstance(op, ast.Or):
                        break
            case ast.Lambda(body=body):  # whether it is ever called is not certain
                self._expression(body, within, True)
            case ast.Load() | ast.Store() | ast.Del():
                pass
            case ast.Name() | ast.Constant():  # the most frequent, and nothing is in them
                self._add(node, within, caught)
            case _:
                self._add(node, within, caught)
                for child in ast.iter_child_nodes(node):
                    self._expression(child, within, caught)

    def _add(self, node: ast.AST, within: tuple[Function, ...], caught: bool) -> None:
        self.parts.append(Part(node, within, caught))


def _forgives(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(dotted(each).rpartition(".")[2] in _FORGIVING for each in types)


def _suppresses(node: ast.With | ast.AsyncWith) -> bool:
    calls = (item.context_expr for item in node.items)
    return any(isinstance(call, ast.Call) and "suppress" in dotted(call.func) for call in calls)


def _leaves(node: ast.stmt) -> bool:
    match node:
        case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
            return True
        case ast.Expr(value=ast.Call(func=func)):
            return dotted(func) in _LEAVING
        case _:
            return False

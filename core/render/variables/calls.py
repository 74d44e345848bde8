"""Reads by calls: `os.environ`, `os.getenv`, django-environ, environs, decouple, Starlette."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.render.variables.read import Parsed, Read, keywords_of

_MAKERS: Final = {
    "environ.Env": "django-environ",
    "environ.FileAwareEnv": "django-environ",
    "environs.Env": "environs",
    "environs.FileAwareEnv": "environs",
    "decouple.Config": "decouple",
    "decouple.AutoConfig": "decouple",
    "starlette.config.Config": "starlette",
}
"""Classes whose objects read variables when they are called."""
_READERS: Final = {"decouple.config": "decouple", "environs.env": "environs"}
"""Objects that are ready to be called."""
_SECOND_IS_DEFAULT: Final = ("decouple", "environs")
"""Where `x("NAME", this)` is the default; elsewhere it is the cast."""
_NO_READS: Final = frozenset(("read_env", "prefixed", "seal", "dump", "add_parser", "parser_for"))
_OWN_NAMES: Final = {
    "db": "DATABASE_URL",
    "db_url": "DATABASE_URL",
    "cache": "CACHE_URL",
    "cache_url": "CACHE_URL",
    "email": "EMAIL_URL",
    "email_url": "EMAIL_URL",
    "search_url": "SEARCH_URL",
    "channels": "CHANNELS_URL",
}
"""Methods of django-environ that know their variable (`environ/environ.py`, 0.12)."""
_FORGIVING: Final = ("KeyError", "LookupError", "Exception", "BaseException")


@dataclass(frozen=True, slots=True)
class Reader:
    """What a name of a module reads variables with; `optional` are those with a default of its."""

    how: str
    optional: frozenset[str] = frozenset()


def readers_of(parsed: Parsed) -> dict[str, Reader]:
    """The objects at module level that read variables, by name."""
    found: dict[str, Reader] = {}
    for node in parsed.tree.body:
        match node:
            case ast.Assign(targets=targets, value=ast.Call() as call):
                how = _MAKERS.get(parsed.full_name(call.func))
                if how is not None:
                    reader = Reader(how, frozenset(_schemed(call)))
                    found |= {each.id: reader for each in targets if isinstance(each, ast.Name)}
            case _:
                pass
    return found


def _schemed(call: ast.Call) -> Iterator[str]:
    """`Env(DEBUG=(bool, False))` gives DEBUG a default."""
    for name, value in keywords_of(call).items():
        if isinstance(value, ast.Tuple) and len(value.elts) == 2:
            yield name


def reads_of(parsed: Parsed, others: Mapping[str, Reader]) -> Iterator[Read]:
    """Every read of a file; `others` are readers that modules of the project pass on by name."""
    readers = {
        name: others[full.rpartition(".")[2]]
        for name, full in parsed.names.items()
        if full.rpartition(".")[2] in others and full not in _READERS
    }
    readers |= readers_of(parsed)
    forgiven, asked = _forgiven(parsed.tree), frozenset(_asked(parsed))
    unsure = frozenset(_unsure(parsed.tree))
    for node in ast.walk(parsed.tree):
        match node:
            case ast.Subscript(value=value, slice=key, ctx=ast.Load()):
                name = parsed.text(key)
                if name and parsed.full_name(value) == "os.environ":
                    required = node not in forgiven and name not in asked
                    maybe = node in unsure
                    yield Read(
                        (name,), parsed.file, node.lineno, required, "os.environ", None, maybe
                    )
            case ast.Call():
                if (read := _call(parsed, node, readers)) is not None:
                    yield replace(read, maybe=node in unsure)
            case _:
                pass


def _call(parsed: Parsed, node: ast.Call, readers: Mapping[str, Reader]) -> Read | None:
    name = parsed.full_name(node.func)
    first = parsed.text(node.args[0] if node.args else keywords_of(node).get("key"))
    if name in ("os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"):
        if not first:
            return None
        default = parsed.text(node.args[1]) if len(node.args) > 1 else None
        default = default if default is not None else parsed.text(keywords_of(node).get("default"))
        return Read((first,), parsed.file, node.lineno, False, name, default)
    return _by_reader(parsed, node, readers, name, first)


def _by_reader(
    parsed: Parsed, node: ast.Call, readers: Mapping[str, Reader], full: str, first: str | None
) -> Read | None:
    how, method = _READERS.get(full), ""
    optional: Iterable[str] = ()
    if how is None:
        match node.func:
            case ast.Name(id=name) if name in readers:
                reader = readers[name]
            case ast.Attribute(value=ast.Name(id=name), attr=method) if name in readers:
                reader = readers[name]
            case _:
                return None
        how, optional = reader.how, reader.optional
    if method in _NO_READS:
        return None
    if first is None and how == "django-environ":
        first = _OWN_NAMES.get(method)
    if not first:
        return None
    given = keywords_of(node).get("default")
    if given is None and len(node.args) > 1 and (method or how in _SECOND_IS_DEFAULT):
        given = node.args[1]
    if given is None and how == "starlette" and len(node.args) > 2:
        given = node.args[2]
    required = given is None and first not in optional
    return Read((first,), parsed.file, node.lineno, required, how, parsed.text(given))


def _unsure(tree: ast.Module) -> Iterator[ast.AST]:
    """All that runs on a condition."""
    for node in ast.walk(tree):
        match node:
            case ast.If(body=body, orelse=orelse):
                guarded: Sequence[ast.AST] = (*body, *orelse)
            case ast.IfExp(body=body, orelse=orelse):
                guarded = (body, orelse)
            case ast.BoolOp(values=[_, *rest]):
                guarded = rest
            case ast.While(body=body) | ast.match_case(body=body) | ast.ExceptHandler(body=body):
                guarded = body
            case _:
                continue
        for each in guarded:
            yield from ast.walk(each)


def _forgiven(tree: ast.Module) -> frozenset[ast.AST]:
    """All that stands in a `try` that catches a missing key."""
    return frozenset(
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Try) and any(_catches(each) for each in node.handlers)
        for statement in node.body
        for inner in ast.walk(statement)
    )


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(each, ast.Name) and each.id in _FORGIVING for each in types)


def _asked(parsed: Parsed) -> Iterator[str]:
    """`"NAME" in os.environ`: the code knows that it may be missing."""
    for node in ast.walk(parsed.tree):
        match node:
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()], comparators=[where]):
                name = parsed.text(left)
                if name and parsed.full_name(where) == "os.environ":
                    yield name
            case _:
                pass

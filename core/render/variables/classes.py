"""Reads by classes: pydantic-settings, and the BaseSettings of pydantic 1.

A field reads the variable of its name, behind the prefix of its class, in whatever case; aliases
are taken as they are, without the prefix (https://docs.pydantic.dev/latest/concepts/pydantic_settings).
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from core.render.variables.read import Parsed, Read, keywords_of

_BASES: Final = ("pydantic_settings.BaseSettings", "pydantic.BaseSettings")
_HOW: Final = "pydantic-settings"


@dataclass(frozen=True, slots=True)
class _Class:
    name: str
    parsed: Parsed
    node: ast.ClassDef
    bases: tuple[str, ...]
    is_root: bool
    prefix: str | None
    exact: bool


def reads_of_classes(files: Iterable[Parsed]) -> Iterator[Read]:
    """The fields of every settings class of a project, wherever its base class is."""
    classes = {each.name: each for parsed in files for each in _classes(parsed)}
    for one in classes.values():
        if _is_settings(one, classes, ()):
            yield from _fields(one, _prefix(one, classes, ()))


def _classes(parsed: Parsed) -> Iterator[_Class]:
    for node in ast.walk(parsed.tree):
        if isinstance(node, ast.ClassDef):
            names = [parsed.full_name(base) for base in node.bases]
            config = _config(parsed, node)
            yield _Class(
                name=node.name,
                parsed=parsed,
                node=node,
                bases=tuple(name.rpartition(".")[2] for name in names),
                is_root=any(name in _BASES for name in names),
                prefix=parsed.text(config.get("env_prefix")),
                exact=_is_true(config.get("case_sensitive")),
            )


def _config(parsed: Parsed, node: ast.ClassDef) -> Mapping[str, ast.expr]:
    """What `model_config = SettingsConfigDict(...)`, a dict, or `class Config` says."""
    for statement in node.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id="model_config")], value=value)
                | ast.AnnAssign(target=ast.Name(id="model_config"), value=value)
            ):
                if isinstance(value, ast.Call):
                    return keywords_of(value)
                if isinstance(value, ast.Dict):
                    pairs = zip(value.keys, value.values, strict=True)
                    return {parsed.text(key) or "": each for key, each in pairs}
            case ast.ClassDef(name="Config", body=body):
                return {
                    target.id: inner.value
                    for inner in body
                    if isinstance(inner, ast.Assign)
                    for target in inner.targets
                    if isinstance(target, ast.Name)
                }
            case _:
                pass
    return {each.arg: each.value for each in node.keywords if each.arg is not None}


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _is_settings(one: _Class, classes: Mapping[str, _Class], seen: tuple[str, ...]) -> bool:
    return one.is_root or any(
        _is_settings(classes[base], classes, (*seen, one.name))
        for base in one.bases
        if base in classes and base not in (*seen, one.name)
    )


def _prefix(one: _Class, classes: Mapping[str, _Class], seen: tuple[str, ...]) -> str:
    if one.prefix is not None:
        return one.prefix
    for base in one.bases:
        if base in classes and base not in (*seen, one.name):
            return _prefix(classes[base], classes, (*seen, one.name))
    return ""


def _fields(one: _Class, prefix: str) -> Iterator[Read]:
    parsed = one.parsed
    for node in one.node.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                if name.startswith("_") or name == "model_config" or _is_of_class(annotation):
                    continue
                fields = [call for call in (*_annotated(annotation), value) if _is_field(call)]
                aliases = tuple(alias for each in fields for alias in _aliases(parsed, each))
                own = f"{prefix}{name}"
                names = aliases or (own if one.exact else own.upper(),)
                required = _is_required(value, fields)
                default = parsed.text(_default(value))
                yield Read(names, parsed.file, node.lineno, required, _HOW, default)
            case _:
                pass


def _is_of_class(annotation: ast.expr) -> bool:
    return "ClassVar" in ast.unparse(annotation)


def _annotated(annotation: ast.expr) -> tuple[ast.expr, ...]:
    """What `Annotated[str, Field(...)]` has behind the type."""
    match annotation:
        case ast.Subscript(slice=ast.Tuple(elts=[_, *rest])):
            return tuple(rest)
        case _:
            return ()


def _is_field(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).endswith("Field")


def _aliases(parsed: Parsed, field: ast.expr | None) -> Iterator[str]:
    given = keywords_of(field) if isinstance(field, ast.Call) else {}
    value = given.get("validation_alias") or given.get("alias") or given.get("env")
    yield from _texts(parsed, value)


def _texts(parsed: Parsed, value: ast.expr | None) -> Iterator[str]:
    match value:
        case ast.Call(func=func, args=args) if ast.unparse(func).endswith("AliasPath"):
            yield from _texts(parsed, args[0] if args else None)
        case ast.Call(args=args):
            for each in args:
                yield from _texts(parsed, each)
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            for each in elts:
                yield from _texts(parsed, each)
        case _:
            if text := parsed.text(value):
                yield text


def _is_required(value: ast.expr | None, fields: list[ast.expr | None]) -> bool:
    if value is not None and value not in fields:
        return _is_ellipsis(value)
    given = [each for each in fields if isinstance(each, ast.Call)]
    return not any(_has_default(each) for each in given)


def _has_default(field: ast.Call) -> bool:
    if field.args:
        return not _is_ellipsis(field.args[0])
    given = keywords_of(field)
    if "default_factory" in given:
        return True
    return "default" in given and not _is_ellipsis(given["default"])


def _is_ellipsis(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is ...


def _default(value: ast.expr | None) -> ast.expr | None:
    if isinstance(value, ast.Call):
        return value.args[0] if value.args else keywords_of(value).get("default")
    return value

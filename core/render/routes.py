"""The paths that a web application answers, read from its code without running it.

FastAPI, Starlette, Flask and Quart: decorators, `add_…_route`, `include_router`,
`register_blueprint` and `mount` with literal prefixes, over several modules. Django: `urlpatterns`
from the root URL configuration on. A path with a parameter, or below a prefix that is no literal,
is left out: only what surely exists is told.
"""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.project.modules import find_module
from core.project.source import MAX_BYTES

USUAL: Final = (
    *("healthz", "health", "health-check", "health_check", "healthcheck", "livez", "readyz"),
    *("live", "ready", "ping", "status", "up", "heartbeat"),
)
"""Last parts of paths that tell whether a service is up, the surest first."""
_MAX_DEPTH: Final = 6
_ADDING: Final = ("add_api_route", "add_route", "add_url_rule")
_INCLUDING: Final = ("include_router", "register_blueprint", "mount")
_PREFIXES: Final = ("prefix", "url_prefix", "path")


@dataclass(frozen=True, slots=True)
class _Included:
    """`parent.include_router(child, prefix=…)`; the prefix is None when it is no literal."""

    parent: str
    child: ast.expr
    prefix: str | None
    overrides: bool


@dataclass(slots=True)
class _Module:
    """What one file says of routes, by the name of the object that has them."""

    file: Path
    prefixes: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    routes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    included: list[_Included] = field(default_factory=list[_Included])
    imported: dict[str, tuple[int, str, str | None]] = field(
        default_factory=dict[str, tuple[int, str, "str | None"]]
    )


def health_path(paths: frozenset[str]) -> str | None:
    """The path that best tells whether the service is up; None when none of them does."""

    def rank(path: str) -> tuple[int, int]:
        return USUAL.index(path.strip("/").rpartition("/")[2].lower()), len(path)

    usual = [path for path in paths if path.strip("/").rpartition("/")[2].lower() in USUAL]
    return min(usual, key=rank) if usual else "/" if "/" in paths else None


def routes_of(file: Path, name: str, workdir: Path) -> frozenset[str]:
    """The paths without parameters that the application `name` of a file answers to GET."""
    return frozenset(_Walk(workdir).paths(file, name))


def django_routes(urls: Path, workdir: Path) -> frozenset[str]:
    """The same of a Django project, from the file of its ROOT_URLCONF."""
    return frozenset(_django(urls, "/", workdir, 0))


def parsed(file: Path) -> ast.Module | None:
    """A file of Python; None when it is none."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class _Walk:
    """Follows routers from an application; each file is read once."""

    def __init__(self, workdir: Path) -> None:
        self._workdir = workdir
        self._modules: dict[Path, _Module] = {}

    def paths(
        self, file: Path, name: str, prefix: str = "", depth: int = 0, *, bare: bool = False
    ) -> Iterator[str]:
        """`bare`: without the router's own prefix, in whose place another one was given."""
        module = self._module(file)
        own = "" if bare else module.prefixes.get(name)
        if depth > _MAX_DEPTH or own is None:
            return
        base = prefix + own
        for owner, path in module.routes:
            if owner == name and not set("{<") & set(base + path):
                yield (base + path) or "/"
        for one in module.included:
            if one.parent == name and one.prefix is not None:
                bare = one.overrides and bool(one.prefix)
                for target, attr in _targets(one.child, module, self._workdir):
                    yield from self.paths(target, attr, base + one.prefix, depth + 1, bare=bare)

    def _module(self, file: Path) -> _Module:
        if file not in self._modules:
            module = self._modules[file] = _Module(file)
            for node in ast.walk(parsed(file) or ast.Module(body=[], type_ignores=[])):
                _note(node, module)
        return self._modules[file]


def _targets(child: ast.expr, module: _Module, workdir: Path) -> Iterator[tuple[Path, str]]:
    """The file and the name that an expression such as `health.router` means."""
    match child:
        case ast.Name(id=name) if name in module.prefixes:
            yield module.file, name
        case ast.Name(id=name) if name in module.imported:
            level, dotted, attr = module.imported[name]
            if attr and (file := _file(level, dotted, module.file, workdir)):
                yield file, attr
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in module.imported:
            level, dotted, inner = module.imported[name]
            whole = ".".join(filter(None, (dotted, inner)))
            if file := _file(level, whole, module.file, workdir):
                yield file, attr
        case _:
            return


def _file(level: int, dotted: str, of: Path, workdir: Path) -> Path | None:
    folder = workdir
    if level:
        folder = of.parents[level - 1] if level <= len(of.parents) else workdir
        if not dotted:
            return folder / "__init__.py"
    found = find_module(dotted, folder)
    return found.file if found is not None and found.attr is None else None


def _note(node: ast.AST, module: _Module) -> None:
    match node:
        case ast.ImportFrom(module=dotted, names=names, level=level):
            for alias in names:
                module.imported[alias.asname or alias.name] = (level, dotted or "", alias.name)
        case ast.Import(names=names):
            for alias in names:
                if alias.asname or "." not in alias.name:
                    module.imported[alias.asname or alias.name] = (0, alias.name, None)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
            _note_object(name, call, module)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as call):
            _note_object(name, call, module)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call):
                    _note_call(decorator, module, decorates=True)
        case ast.Call():
            _note_call(node, module, decorates=False)
        case _:
            pass


def _note_object(name: str, call: ast.Call, module: _Module) -> None:
    prefix: str | None = ""
    for keyword in call.keywords:
        if keyword.arg in ("prefix", "url_prefix"):
            prefix = _literal(keyword.value)
        elif keyword.arg == "routes" and isinstance(keyword.value, ast.List):
            for item in keyword.value.elts:
                if isinstance(item, ast.Call) and _called(item) == "Route" and item.args:
                    _add(name, _literal(item.args[0]), item, module)
    module.prefixes.setdefault(name, prefix)


def _note_call(call: ast.Call, module: _Module, *, decorates: bool) -> None:
    if not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, ast.Name):
        return
    owner, method = call.func.value.id, call.func.attr
    if method in _INCLUDING and not decorates:
        _note_included(owner, method, call, module)
    elif (decorates and method in ("get", "route", "api_route")) or method in _ADDING:
        path = call.args[0] if call.args else _keyword(call, "path", "rule")
        _add(owner, None if path is None else _literal(path), call, module)


def _note_included(owner: str, method: str, call: ast.Call, module: _Module) -> None:
    prefix = _keyword(call, *_PREFIXES)
    args = list(call.args)
    if method == "mount" and args:
        prefix = args.pop(0)
    child = args[0] if args else _keyword(call, "router", "blueprint", "app")
    if child is not None:
        text = "" if prefix is None else _literal(prefix)
        module.included.append(_Included(owner, child, text, method == "register_blueprint"))


def _add(owner: str, path: str | None, call: ast.Call, module: _Module) -> None:
    methods = _keyword(call, "methods")
    if path is not None and (methods is None or "GET" in ast.unparse(methods).upper()):
        module.routes.append((owner, path))


def _keyword(call: ast.Call, *names: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg in names), None)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _django(urls: Path, prefix: str, workdir: Path, depth: int) -> Iterator[str]:
    tree = parsed(urls)
    if tree is None or depth > _MAX_DEPTH:
        return
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _called(call) != "path" or len(call.args) < 2:
            continue
        route, view = _literal(call.args[0]), call.args[1]
        if route is None or "<" in route:
            continue
        if isinstance(view, ast.Call) and _called(view) == "include":
            dotted = _literal(view.args[0]) if view.args else None
            found = find_module(dotted, workdir) if dotted else None
            if found is not None and found.attr is None:
                yield from _django(found.file, prefix + route, workdir, depth + 1)
        else:
            yield prefix + route

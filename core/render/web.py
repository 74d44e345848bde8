"""The web service of a project: what serves it, and the path that tells whether it is up."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.project.modules import find_module, module_name
from core.render.routes import django_routes, health_path, parsed, routes_of
from core.rows.declared import DeclaredRow


class Protocol(StrEnum):
    """What a server speaks with the application: uvicorn ASGI, gunicorn WSGI."""

    ASGI = "asgi"
    WSGI = "wsgi"


_FRAMEWORKS: Final = {
    "FastAPI": Protocol.ASGI,
    "Starlette": Protocol.ASGI,
    "Litestar": Protocol.ASGI,
    "Quart": Protocol.ASGI,
    "Flask": Protocol.WSGI,
    "get_asgi_application": Protocol.ASGI,
    "get_wsgi_application": Protocol.WSGI,
}
_DJANGO: Final = ("get_asgi_application", "get_wsgi_application")
_USUAL_FILES: Final = ("main", "asgi", "wsgi", "app", "server", "api", "__init__")
_SERVER: Final = re.compile(
    r"\b(?P<server>uvicorn|gunicorn|hypercorn|daphne|granian)\b.*?\s[\"']?"
    r"(?P<module>[A-Za-z_][\w.]*):(?P<attr>\w+)"
)


@dataclass(frozen=True, slots=True)
class WebApp:
    """A web application: `module:attr` as servers take it, called first when it is a `factory`.

    `paths` are those that it surely answers to GET; `framework` is the name that makes it; `where`
    says how it was found.
    """

    module: str
    attr: str
    file: Path
    protocol: Protocol
    framework: str
    factory: bool
    paths: frozenset[str]
    where: str

    @property
    def health(self) -> str | None:
        """The path for a health check."""
        return health_path(self.paths)

    @property
    def of_django(self) -> bool:
        """Whether it is one of the two that each Django project has."""
        return self.framework in _DJANGO

    @property
    def server(self) -> str:
        """What serves it."""
        return "gunicorn" if self.protocol is Protocol.WSGI else "uvicorn"

    @property
    def command(self) -> str:
        """What starts it on Render, on all addresses at the port that Render gives."""
        target = f"{self.module}:{self.attr}"
        if self.protocol is Protocol.WSGI:
            target = f"'{target}()'" if self.factory else target
            return f"gunicorn {target} --bind 0.0.0.0:$PORT"
        factory = " --factory" if self.factory else ""
        return f"uvicorn {target}{factory} --host 0.0.0.0 --port $PORT"


def find_web_apps(
    workdir: Path, files: Iterable[Path], rows: Iterable[DeclaredRow]
) -> tuple[WebApp, ...]:
    """The web applications that can be served from `workdir`, the likeliest first.

    What a row starts comes first, then what stands in a file of a usual name.
    """
    own = [file for file in files if file.is_relative_to(workdir)]
    found = [app for file in own for app in _in_file(file, workdir)]
    named = [(match["module"], match["attr"]) for row in rows if (match := _served(row))]

    def rank(app: WebApp) -> tuple[int, int, int]:
        usual = _USUAL_FILES.index(app.file.stem) if app.file.stem in _USUAL_FILES else 99
        is_named = (app.module, app.attr) in named
        return 0 if is_named else 1, len(app.file.relative_to(workdir).parts), usual

    return tuple(sorted(found, key=rank))


def _served(row: DeclaredRow) -> re.Match[str] | None:
    command = row.command if isinstance(row.command, str) else " ".join(row.command)
    return _SERVER.search(command)


def _in_file(file: Path, workdir: Path) -> Iterator[WebApp]:
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return
    if not any(f"{name}(" in text for name in _FRAMEWORKS):
        return
    tree = parsed(file)
    for node in tree.body if tree else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as call):
                pass
            case ast.FunctionDef(name=name) if made := _made_in(node):
                inner, framework = made
                yield _app(file, name, inner, framework, node.lineno, workdir)
                continue
            case _:
                continue
        if (framework := _called(call)) in _FRAMEWORKS:
            yield _app(file, name, None, framework, node.lineno, workdir)


def _made_in(function: ast.FunctionDef) -> tuple[str, str] | None:
    """The name that a factory gives back, and what makes it."""
    made = {
        target.id: _called(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Name):
            framework = made.get(node.value.id)
            required = len(function.args.args) > len(function.args.defaults)
            if framework in _FRAMEWORKS and not required:
                return node.value.id, framework
    return None


def _called(call: ast.expr) -> str:
    func = call.func if isinstance(call, ast.Call) else call
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _app(
    file: Path, name: str, inner: str | None, framework: str, line: int, workdir: Path
) -> WebApp:
    if framework in _DJANGO:
        paths = _django_paths(file, workdir)
    else:
        paths = routes_of(file, inner or name, workdir)
    return WebApp(
        module=module_name(file, workdir),
        attr=name,
        file=file,
        protocol=_FRAMEWORKS[framework],
        framework=framework,
        factory=inner is not None,
        paths=paths,
        where=f"{file}:{line}",
    )


_SETTINGS: Final = re.compile(r"""DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']""")
_URLCONF: Final = re.compile(r"""^ROOT_URLCONF\s*=\s*["']([\w.]+)["']""", re.MULTILINE)


def _django_paths(file: Path, workdir: Path) -> frozenset[str]:
    """From `asgi.py` to the settings, to the root URL configuration."""
    urls = _named(file, _SETTINGS, workdir)
    urls = urls and _named(urls, _URLCONF, workdir)
    return django_routes(urls, workdir) if urls else frozenset()


def _named(file: Path, pattern: re.Pattern[str], workdir: Path) -> Path | None:
    match = pattern.search(file.read_text("utf-8", "replace"))
    found = find_module(match[1], workdir) if match else None
    return found.file if found is not None and found.attr is None else None

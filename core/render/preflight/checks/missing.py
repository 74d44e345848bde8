"""The check of packages that nothing installs: 3 what commands, addresses and code need.

It is certain that a package is missing where all is known that the listed ones bring: from a lock,
or from what is installed on this machine.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from packaging.utils import canonicalize_name

from core.render.preflight.finding import Seen, Severity
from core.render.preflight.graph import is_of_python, needs_of
from core.render.preflight.installed import closure
from core.render.preflight.packages import environment
from core.render.preflight.python_pin import DEFAULT, minor
from core.render.preflight.snapshot import Root, Snapshot

_PROGRAMS: Final = frozenset(
    ("celery", "uvicorn", "gunicorn", "daphne", "hypercorn", "granian", "flower")
)
_DRIVERS: Final[Mapping[str, tuple[str, ...]]] = {
    "mysql+pymysql": ("pymysql",),
    "mysql+mysqldb": ("mysqlclient",),
    "mysql+aiomysql": ("aiomysql",),
    "postgresql+psycopg2": ("psycopg2", "psycopg2-binary"),
    "postgresql+psycopg": ("psycopg", "psycopg-binary"),
    "postgresql+asyncpg": ("asyncpg",),
    "redis": ("redis",),
    "rediss": ("redis",),
}
_SCHEME: Final = re.compile(r"([a-z0-9+]+)://")
# Modules whose package has another name; of the others, those that are named like their package.
_PACKAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "PIL": ("pillow",),
    "bs4": ("beautifulsoup4",),
    "cv2": ("opencv-python", "opencv-python-headless"),
    "dateutil": ("python-dateutil",),
    "decouple": ("python-decouple",),
    "dotenv": ("python-dotenv",),
    "environ": ("django-environ",),
    "jose": ("python-jose",),
    "jwt": ("pyjwt",),
    "magic": ("python-magic",),
    "multipart": ("python-multipart",),
    "psycopg2": ("psycopg2", "psycopg2-binary"),
    "rest_framework": ("djangorestframework",),
    "sklearn": ("scikit-learn",),
    "yaml": ("pyyaml",),
}


# What packages surely bring, for where they are listed and not installed on this machine.
_BROUGHT: Final[Mapping[str, tuple[str, ...]]] = {
    "celery": ("kombu", "billiard", "amqp", "vine", "click"),
    "django": ("asgiref", "sqlparse"),
    "fastapi": ("pydantic", "starlette", "anyio"),
    "flask": ("werkzeug", "jinja2", "click", "itsdangerous", "markupsafe"),
    "httpx": ("anyio", "certifi", "httpcore", "idna"),
    "pandas": ("numpy", "python-dateutil"),
    "pydantic-settings": ("pydantic", "python-dotenv"),
    "requests": ("certifi", "idna", "urllib3"),
    "sqlmodel": ("pydantic", "sqlalchemy"),
}


@dataclass(frozen=True, slots=True)
class _Need:
    """One of `names` is needed, by what stands in a place; `sure`: it is run on Render."""

    names: tuple[str, ...]
    file: str | None
    line: int | None
    why: str
    sure: bool


def missing_packages(snapshot: Snapshot) -> Iterator[Seen]:
    """3: what commands run, addresses need and code imports, and no list brings."""
    for root in snapshot.roots:
        if not root.runs_python:
            continue
        for missing, by, line in root.packages.missing:
            what = f"{missing} is to be installed, and the commit has no such file"
            why = "the build reads it in the root directory, and ends with an error"
            fix = "add it with git, or correct the name or the root directory"
            yield Seen(Severity.BLOCK, by, line, what, why, fix)
        if not root.packages.files and not root.packages.missing:
            yield _no_list(snapshot, root)
        elif not root.packages.missing:
            yield from _lacking(snapshot, root)


def _no_list(snapshot: Snapshot, root: Root) -> Seen:
    folder = root.path or "the repository"
    docker = any(path.rpartition("/")[2] == "Dockerfile" for path in snapshot.commit.entries)
    custom = any(service.build for service in root.services)
    unsure = docker or custom or not (root.apps or root.services)
    what = f"no list of packages was found in {folder}"
    why = "Render installs what requirements.txt, uv.lock or poetry.lock asks for: not even Celery"
    fix = "write one: pip freeze > requirements.txt (in PowerShell 5: | Out-File -Encoding utf8)"
    return Seen(Severity.WARN if unsure else Severity.BLOCK, None, None, what, why, fix)


def _lacking(snapshot: Snapshot, root: Root) -> Iterator[Seen]:
    lists, around = root.packages, environment(minor(root.pin.version) or minor(DEFAULT))
    brought = closure(lists.packages, snapshot.installed, around)
    names = brought.names | lists.locked
    names |= {each for name in names for each in _BROUGHT.get(name, ())}
    known = (lists.lock is not None or brought.complete) and not lists.opaque
    told: set[str] = set()
    for need in (*_of_commands(root), *_of_addresses(snapshot, root), *_of_code(snapshot, root)):
        package = need.names[0]
        if package in told or names.intersection(need.names):
            continue
        told.add(package)
        what = f"{package} is needed, and {lists.files[0]} does not bring it"
        if not known:
            what += ", unless another package does"
        fix = f"add {package} to {lists.files[0]}"
        if package == "redis":
            fix += ", or write celery[redis] there"
        severity = Severity.BLOCK if known and need.sure else Severity.WARN
        file = need.file or lists.files[0]
        yield Seen(severity, file, need.line or 1, what, need.why, fix)


def _of_commands(root: Root) -> Iterator[_Need]:
    for service in root.services:
        for placed in service.start.calls if service.start else ():
            celery = placed.celery
            flower = celery is not None and celery.does == "flower"
            name = "flower" if flower else placed.call.program
            if name in _PROGRAMS:
                why = f"the start command of {service.name} runs it"
                yield _Need((name,), placed.file, placed.line, why, service.certain)
    if not root.services and root.apps:
        yield _Need(("celery",), None, None, f"the app {root.apps[0]} is one of its", True)


def _of_addresses(snapshot: Snapshot, root: Root) -> Iterator[_Need]:
    held = {value for service in root.services for value in service.values}
    alone = len(snapshot.roots) == 1
    for value in snapshot.values:
        scheme = _SCHEME.match(value.text)
        names = _DRIVERS.get(scheme[1]) if scheme else None
        if names and (alone or value in held):
            why = f"{value.name} is an address for it"
            yield _Need(names, value.file, value.line, why, value in held)


def _of_code(snapshot: Snapshot, root: Root) -> Iterator[_Need]:
    """Imports that start commands come to, of packages that are installed on this machine."""
    for path in sorted(root.certain & snapshot.codes.keys()):
        for need in needs_of(snapshot.codes[path]):
            module = need.module.partition(".")[0]
            if need.folder is not None or not need.part.certain or is_of_python(module):
                continue
            names = _PACKAGES.get(module, (canonicalize_name(module),))
            here = set(names) & snapshot.installed.keys()
            if here and not root.where.has_module(module):
                why = f"{module} is imported when it starts, and is installed here by hand"
                yield _Need(names, path, need.line, why, True)

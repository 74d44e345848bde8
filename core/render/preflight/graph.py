"""Which file of the commit an import means, and what is imported once a program has started.

A module is `certain` when the start of a program imports it whatever happens: by imports that
stand at module level, are caught by nobody, and hang on no condition. It is `likely` when some
reachable code imports it at all, or names it in a text, as Celery's include and Django's settings
do.
"""

import ast
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.render.preflight.code import Code, Part
from core.render.preflight.commit import joined


@dataclass(frozen=True, slots=True)
class Need:
    """One import of a file: the dotted module, the folder it is looked for in first, its part.

    `folder` is None for an import that is absolute. `names` are what is taken from the module.
    """

    module: str
    folder: str | None
    names: tuple[str, ...]
    part: Part

    @property
    def line(self) -> int:
        """From 1."""
        return self.part.line


@dataclass(frozen=True, slots=True)
class Reach:
    """What a program imports, by path."""

    certain: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where modules are looked for: all paths of the commit, and folders to start from.

    `folders` are those that hold Python, at whatever depth.
    """

    paths: Collection[str]
    roots: tuple[str, ...]
    folders: frozenset[str]

    def files_of(self, module: str, folder: str | None = None) -> tuple[str, ...]:
        """The files that importing a dotted module runs, packages first; empty if it is not ours.

        `folder`: that of a relative import. A package without `__init__.py` runs none itself.
        """
        for root in self.roots if folder is None else (folder,):
            found = self._below(root, module)
            if found is not None:
                return found
        return ()

    def _below(self, root: str, module: str) -> tuple[str, ...] | None:
        parts = module.split(".") if module else []
        files: list[str] = []
        place = root
        for number, part in enumerate(parts, 1):
            place = joined(place, part)
            if f"{place}/__init__.py" in self.paths:
                files.append(f"{place}/__init__.py")
            elif f"{place}.py" in self.paths:
                files.append(f"{place}.py")
                return tuple(files) if number == len(parts) else None
            elif not self.has_folder(place):
                return None
        if not parts and f"{root}/__init__.py".lstrip("/") in self.paths:
            files.append(f"{root}/__init__.py".lstrip("/"))
        return tuple(files)

    def has_module(self, name: str) -> bool:
        """Whether a module or package of this plain name is in one of the roots."""
        places = (joined(root, name) for root in self.roots)
        return any(f"{place}.py" in self.paths or self.has_folder(place) for place in places)

    def has_folder(self, place: str) -> bool:
        """Whether the commit has such a folder, with something of Python in it."""
        return place in self.folders


def layout(paths: Collection[str], roots: Iterable[str]) -> Layout:
    """Make one of all paths of a commit."""
    folders: set[str] = set()
    for path in paths:
        if path.endswith(".py"):
            folder = path.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
    return Layout(frozenset(paths), tuple(dict.fromkeys(roots)), frozenset(folders))


def needs_of(code: Code) -> Iterator[Need]:
    """Every import of a file, in order."""
    folder = code.path.rpartition("/")[0]
    for part in code.of(ast.Import, ast.ImportFrom):
        match part.node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield Need(alias.name, None, (), part)
            case ast.ImportFrom(module=module, names=aliases, level=level):
                names = tuple(alias.name for alias in aliases)
                up = "/.." * (level - 1)
                yield Need(module or "", joined(folder, up) if level else None, names, part)
            case _:
                pass


def files_of(need: Need, where: Layout) -> tuple[str, ...]:
    """The files of the commit that an import runs, submodules taken by name included."""
    found = list(where.files_of(need.module, need.folder))
    for name in need.names:
        inner = f"{need.module}.{name}".strip(".")
        if name != "*":
            found += where.files_of(inner, need.folder)
    return tuple(dict.fromkeys(found))


def reach(starts: Iterable[str], codes: Mapping[str, Code], where: Layout) -> Reach:
    """All that the files `starts` import, themselves included."""
    first = tuple(dict.fromkeys(starts))
    return Reach(
        certain=frozenset(_closure(first, codes, where, certain=True)),
        likely=frozenset(_closure(first, codes, where, certain=False)),
    )


def _closure(
    starts: Sequence[str], codes: Mapping[str, Code], where: Layout, *, certain: bool
) -> set[str]:
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop()
        if path in seen or path not in codes:
            continue
        seen.add(path)
        code = codes[path]
        for need in needs_of(code):
            if need.part.certain or not certain:
                waiting += files_of(need, where)
        named = _included(code) if certain else _texts(code)
        waiting += [file for module in named for file in where.files_of(module)]
    return seen


_LISTS = ("include", "imports", "CELERY_IMPORTS", "CELERY_INCLUDE")


def _included(code: Code) -> Iterator[str]:
    """Modules that Celery imports as a worker starts: `include=[...]`, `imports = (...)`."""
    for part in code.of(ast.keyword, ast.Assign):
        if not part.certain:
            continue
        match part.node:
            case ast.keyword(arg=str(name), value=value) if name in _LISTS:
                yield from _strings(value)
            case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)], value=value):
                if name in _LISTS:
                    yield from _strings(value)
            case _:
                pass


def _strings(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        for each in value.elts:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def _texts(code: Code) -> Iterator[str]:
    """Whatever is written like a module; for a package, also the tasks that Celery finds in it."""
    for part in code.of(ast.Constant):
        match part.node:
            case ast.Constant(value=str(text)) if len(text) < 200 and _is_dotted(text):
                parts = text.split(".")
                yield text
                yield f"{text}.tasks"
                yield from (".".join(parts[:count]) for count in range(len(parts) - 1, 1, -1))
            case _:
                pass


def _is_dotted(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))


def is_of_python(module: str) -> bool:
    """Whether a module comes with Python itself."""
    return module.partition(".")[0] in sys.stdlib_module_names

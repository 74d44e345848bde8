"""Checks of names: 10 case of imports, 11 paths that differ in case, 12 imports not in git."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.render.preflight.code import Code
from core.render.preflight.commit import joined
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.graph import Need, files_of, is_of_python, needs_of
from core.render.preflight.snapshot import Root, Snapshot


def import_case(snapshot: Snapshot) -> Iterator[Seen]:
    """10: imports, and files that are opened, whose case is not that of the commit."""
    folded = _folded(snapshot)
    for each in _unresolved(snapshot):
        alike = (folded.get(path.casefold()) for path in each.wanted)
        if (there := next(filter(None, alike), None)) is not None:
            what = f"{each.need.module or '.'} is imported, and the commit has {there}"
            why = "Linux takes case as written: ModuleNotFoundError there, not on Windows"
            fix = f"git mv {there} to the name that is imported, or import it as it is"
            yield each.seen(what, why, fix)
    for root in snapshot.roots:
        for code in snapshot.code(root):
            yield from _opened(code, root, folded, snapshot)


def _folded(snapshot: Snapshot) -> dict[str, str]:
    """Every path and folder of the commit, by its letters without case."""
    found: dict[str, str] = {}
    for path in snapshot.commit.entries:
        place = path
        while place and place.casefold() not in found:
            found[place.casefold()] = place
            place = place.rpartition("/")[0]
    return found


@dataclass(frozen=True, slots=True)
class _Import:
    """An import of which the commit has nothing, with the files that it would be."""

    need: Need
    code: Code
    root: Root
    wanted: tuple[str, ...]

    def seen(self, what: str, why: str, fix: str) -> Seen:
        """What is told of it: it blocks where a start surely comes to it."""
        sure = self.code.path in self.root.certain and self.need.part.certain
        severity = Severity.BLOCK if sure else Severity.WARN
        return Seen(severity, self.code.path, self.need.line, what, why, fix)


def _unresolved(snapshot: Snapshot) -> Iterator[_Import]:
    for root in snapshot.roots:
        for code in snapshot.code(root):
            for need, wanted in _lacking(code, root):
                yield _Import(need, code, root, wanted)


def _lacking(code: Code, root: Root) -> Iterator[tuple[Need, tuple[str, ...]]]:
    for need in needs_of(code):
        if is_of_python(need.module) and need.folder is None:
            continue
        where = root.where
        if need.module and not where.files_of(need.module, need.folder):
            yield need, tuple(_candidates(need.module, need, root))
        elif files_of(need, where):
            known = {alias for alias in need.names if where.files_of(_of(need, alias), need.folder)}
            package = next(
                (f for f in where.files_of(need.module, need.folder) if f.endswith("__init__.py")),
                None,
            )
            for name in need.names if package or not need.module else ():
                if name not in known and name.islower():
                    yield need, tuple(_candidates(_of(need, name), need, root))


def _of(need: Need, name: str) -> str:
    return f"{need.module}.{name}".strip(".")


def _candidates(module: str, need: Need, root: Root) -> Iterator[str]:
    folders = root.where.roots if need.folder is None else (need.folder,)
    for folder in folders:
        path = joined(folder, module.replace(".", "/"))
        yield from (f"{path}.py", f"{path}/__init__.py")


_OPENERS: Final = ("open", "io.open", "pathlib.Path", "Path")


def _opened(code: Code, root: Root, folded: dict[str, str], snapshot: Snapshot) -> Iterator[Seen]:
    for part, call in code.calls():
        if code.called(call) not in _OPENERS or not call.args:
            continue
        match call.args[0]:
            case ast.Constant(value=str(text)) if 3 < len(text) < 200 and "\\" not in text:
                path = joined(root.path, text)
                there = folded.get(path.casefold())
                if there is not None and there != path and path not in snapshot.commit.entries:
                    what = f"{text} is opened, and the commit has {there}"
                    why = "Linux takes case as written: there is no such file there"
                    yield Seen(Severity.WARN, code.path, part.line, what, why, f"write {there}")
            case _:
                pass


def colliding_paths(snapshot: Snapshot) -> Iterator[Seen]:
    """11: paths that are one file on Windows, and two on Linux."""
    alike: dict[str, list[str]] = defaultdict(list)
    for path in sorted(snapshot.commit.entries):
        alike[path.casefold()].append(path)
    for paths in alike.values():
        if len(paths) < 2:
            continue
        blobs = {snapshot.commit.entries[path].blob for path in paths}
        sure = len(blobs) > 1 and paths[0].casefold().endswith(".py")
        what = f"{' and '.join(paths)} differ in case alone"
        why = "Windows shows one of them: which one Linux runs is not what was tried"
        severity = Severity.BLOCK if sure else Severity.WARN
        yield Seen(severity, paths[0], 1, what, why, f"git rm --cached {paths[-1]}, or rename it")


def left_out(snapshot: Snapshot) -> Iterator[Seen]:
    """12: modules that are imported and stand in the working tree, but not in the commit."""
    for each in _unresolved(snapshot):
        there = next((path for path in each.wanted if path in snapshot.commit.loose), None)
        if there is not None:
            what = f"{there} is imported, and git does not have it"
            why = "it is ignored or was never added: the commit is without it"
            yield each.seen(what, why, f"git add -f {there}, and commit")

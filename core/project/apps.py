"""The Celery apps of a project, the likeliest first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import USAGE, FleetError
from core.project.declared import (
    VARIABLE,
    Declared,
    check_app_name,
    declared_apps,
    find_places,
)
from core.project.modules import Found, celery_name, working_folder
from core.project.source import AppMention, Source, read_source
from core.project.task_modules import task_modules
from core.project.tree import DECLARING_FILES, MAX_DEPTH, SKIPPED, Tree
from core.settings import Settings

GIVEN: Final = 1000
"""The score of an app that a person named for this run."""
_USUAL_FILES: Final = ("celery", "celery_app", "celeryapp", "celery_worker")
_USUAL_NAMES: Final = ("app", "celery", "celery_app")
_UNLIKELY_FOLDERS: Final = frozenset(
    ("examples", "example", "docs", "demo", "scripts", "sandbox", "benchmarks")
)


@dataclass(frozen=True, slots=True)
class AppCandidate:
    """An app: what `celery -A` takes when it is started in `workdir`, and why it is likely.

    `file` and `line` (from 1) say where it is made, as far as that was found. A larger
    `score` is likelier; only the order matters.
    """

    app: str
    workdir: Path
    file: Path | None
    line: int | None
    why: str
    score: int


def given_app(app: str, where: str, tree: Tree, workdir: Path | None) -> AppCandidate:
    """Find the app that a person named; `where` says how (`-A`).

    Raises FleetError when it has no form that Celery takes. An app that is not below the
    folder may still be installed, so it is taken as it is, in `workdir` or the root.
    """
    return _declared(Declared(app, GIVEN, where, workdir or tree.root), tree, workdir)


def find_apps(
    tree: Tree, settings: Settings, environ: Mapping[str, str], workdir: Path | None
) -> tuple[AppCandidate, ...]:
    """Find the apps of a project, the likeliest first; `workdir` limits them to that folder.

    Raises FleetError, with what was looked for and where, when there is none.
    """
    sources = {file: source for file in tree.python if (source := _celery_source(file))}
    declared = [_declared(one, tree, workdir) for one in declared_apps(tree, settings, environ)]
    in_code = list(_in_code(sources, tree, workdir))
    candidates = _merged([*declared, *in_code])
    if not candidates:
        raise _none_found(tree, sources, workdir)
    return tuple(candidates)


def _celery_source(file: Path) -> Source | None:
    try:
        with file.open("rb") as stream:
            data = stream.read(1_000_001)
    except OSError:
        return None
    return read_source(file) if b"elery" in data or b".task" in data else None


def _in_code(
    sources: Mapping[Path, Source], tree: Tree, workdir: Path | None
) -> Iterator[AppCandidate]:
    for file, source in sources.items():
        folder = workdir or working_folder(file, tree.root, source.dotted)
        if not source.apps or not file.is_relative_to(folder):
            continue
        for mention in source.apps:
            score, extra = _score(mention, file, tree.root)
            why = f"{mention.attr} is {mention.made.words}{extra}"
            app = celery_name(file, mention.attr, folder, source)
            if modules := task_modules(file, mention, folder, sources):
                why += f", and {modules[0].file.name} has its tasks"
                why += "".join(f", as has {other.app}" for other in modules[1:])
                app = modules[0].app
            yield AppCandidate(app, folder, file, mention.line, why, score)


def _score(mention: AppMention, file: Path, root: Path) -> tuple[int, str]:
    """Rank a mention by how it is made, what it is called, and where it stands."""
    inner = file.relative_to(root).parts[:-1]
    score = int(mention.made) - 2 * len(inner)
    extra = ""
    if file.stem in _USUAL_FILES:
        score += 20
        extra += f", in a file named {file.name}"
    if mention.attr in _USUAL_NAMES:
        score += 5
    if _re_exported(mention.attr, file):
        score += 10
        extra += ", and its package exports it"
    if _UNLIKELY_FOLDERS.intersection(part.lower() for part in inner):
        score -= 25
        extra += ", but among examples"
    return score, extra


def _re_exported(attr: str, file: Path) -> bool:
    init = file.parent / "__init__.py"
    if file == init or not init.is_file():
        return False
    bound = read_source(init).bound.values()
    return any(
        origin is not None and (origin.level, origin.module, origin.name) == (1, file.stem, attr)
        for origin in bound
    )


def _declared(one: Declared, tree: Tree, workdir: Path | None) -> AppCandidate:
    """Find a named app: where a module of that name makes one, else where one is at all."""
    check_app_name(one.app, one.where)
    why = f"named by {one.where}"
    folders = [workdir] if workdir else [one.folder, *tree.folders]
    places = list(find_places(one.app, folders))
    for place in places:
        mention, file = _mention(place.found)
        if mention is not None:
            why += f"; {mention.attr} is {mention.made.words}"
            return AppCandidate(one.app, place.workdir, file, mention.line, why, one.score)
    if places:
        return AppCandidate(one.app, places[0].workdir, places[0].found.file, None, why, one.score)
    why += f"; no such module below {tree.root}, so it must be installed"
    score = one.score if one.score == GIVEN else one.score - 50
    return AppCandidate(one.app, folders[0], None, None, why, score)


def _mention(found: Found) -> tuple[AppMention | None, Path]:
    """Find the line that makes a named app; for a package that may be in its celery.py."""
    files = [found.file, found.file.with_name("celery.py")]
    for file in files if found.file.name == "__init__.py" else files[:1]:
        apps = sorted(read_source(file).apps, key=lambda app: app.attr not in _USUAL_NAMES)
        for mention in apps:
            if found.attr in (None, mention.attr) or file != found.file:
                return mention, file
    return None, found.file


def _merged(candidates: Iterable[AppCandidate]) -> list[AppCandidate]:
    """Sort them, and keep one of those that are the same object."""
    kept: dict[tuple[object, ...], AppCandidate] = {}
    for one in sorted(candidates, key=lambda one: (-one.score, str(one.file), one.line or 0)):
        same = (one.file, one.line) if one.line else (one.app, one.workdir)
        kept.setdefault(same, one)
    return list(kept.values())


def _none_found(tree: Tree, sources: Mapping[Path, Source], workdir: Path | None) -> FleetError:
    skipped = ", ".join(sorted(SKIPPED & {"tests", "venv", "node_modules"}))
    why = (
        f"looked for {VARIABLE}, for a celery command in {', '.join(DECLARING_FILES[2:5])} …, "
        f"and for a name that holds Celery(…) in {len(tree.python)} Python files of "
        f"{len(tree.folders)} folders in {workdir or tree.root}, down to {MAX_DEPTH} levels "
        f"(not in {skipped}, hidden folders and the like)"
    )
    for file, source in sources.items():
        if source.problem:
            why += f"; {source.problem}"
        for name, line in source.factories:
            why += f"; {name}() in {file}:{line} makes an app, but no module-level name holds it"
    why += "".join(f"; {note}" for note in tree.notes)
    return FleetError(
        f"No Celery app was found in {tree.root}",
        why,
        "Name it with -A package.module:attribute, or with app = … under [tool.solofleet] in "
        "pyproject.toml.",
        exit_code=USAGE,
    )

"""What the set-up page says of a project."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.project.apps import AppCandidate
from core.project.env_files import EnvValue
from core.project.finding import Found, Part
from core.project.interpreter import Interpreter
from core.project.versions import Versions
from core.setup.trial import NEEDED, State, Trial
from core.workers.mode import Mode

MASK: Final = "••••••••"
"""Of a fixed width, so that it tells nothing of what it hides."""
NAMES: Final = {
    Part.FOLDER: "Folder",
    Part.INTERPRETER: "Interpreter",
    Part.APP: "Celery app",
    Part.BROKER: "Broker",
    Part.VARIABLES: "Environment",
    Part.WORKERS: "Workers",
}
MODES: Final = {
    Mode.FLEET: (
        "Fleet",
        "Solo workers that keep prefork's rules: time limits count, a busy worker answers, a crash"
        " costs one task.",
    ),
    Mode.PLAIN: (
        "Plain solo",
        "The literal solo command: time limits do not count, a busy worker is silent, and nobody"
        " hears of a task whose worker crashed. Counts rest on events.",
    ),
    Mode.PREFORK: (
        "Prefork",
        "One prefork worker, as in production. On Windows that is an experiment, for Celery 5.7 or"
        " later and without soft time limits. Counts rest on events.",
    ),
}
"""The name of each mode, and what one gets with it."""
LIBRARIES: Final = ("celery", "kombu", "redis")


@dataclass(frozen=True, slots=True)
class Said:
    """`detail` is what was found, `origin` where."""

    detail: str = ""
    origin: str = ""


def said_of(part: Part, trial: Trial) -> Said:
    """What is known of one part, in a line."""
    found = trial.found
    if found is None:
        return Said()
    match part:
        case Part.FOLDER:
            return Said(f"workers start in {short(found.workdir, found.root)}", _settings_of(found))
        case Part.APP:
            return _app(trial, found)
        case Part.INTERPRETER:
            return _interpreter(trial, found)
        case Part.BROKER:
            return _broker(trial)
        case Part.VARIABLES:
            return Said(_variables(found))
        case Part.WORKERS:
            return Said(trial.size_reason)


def _settings_of(found: Found) -> str:
    files = dict.fromkeys(origin.place for origin in found.settings.origins.values())
    names = [Path(file).name for file in files if file.endswith("toml")]
    return f"settings in {', '.join(names)}" if names else ""


def _app(trial: Trial, found: Found) -> Said:
    if not found.candidates:
        return Said()
    first = found.candidates[0]
    origin = ""
    if first.file is not None:
        line = f":{first.line}" if first.line else ""
        origin = f"{short(first.file, found.root)}{line}"
    if trial.state(Part.APP) is not State.WORKS:
        return Said(first.why, origin)
    queues = f"{counted(len(trial.queues), 'queue')} ({', '.join(trial.queues)})"
    tasks = counted(len(trial.tasks), "task") if trial.tasks else "no tasks of its own"
    return Said(f"{tasks}, {queues}", origin)


def _interpreter(trial: Trial, found: Found) -> Said:
    if found.interpreter is None:
        return Said()
    versions = trial.versions_of.get(found.interpreter.path)
    origin = found.interpreter.origin.replace(f" {found.interpreter.path}", "")
    for sign in ("/", "\\"):
        origin = origin.replace(f"{found.root}{sign}", "")
    origin = origin.replace(f" in {found.root}", "")
    return Said(versions_line(versions) if versions else "", origin)


def _variables(found: Found) -> str:
    told = f"{counted(len(found.env), 'name')}, values masked" if found.env else "none"
    return f"{told}; {counted(len(found.env_notes), 'note')} below" if found.env_notes else told


def _broker(trial: Trial) -> Said:
    broker = trial.broker
    if broker is None:
        return Said()
    if broker.builtin:
        return Said(f"{broker.label}; started with the workers, gone with them")
    where = "this machine" if trial.local else "shared: others may take tasks from it"
    return Said(
        f"{broker.url}, {where}", f"{broker.latency_ms:.1f} ms" if broker.latency_ms else ""
    )


def versions_line(versions: Versions) -> str:
    """What is installed there: "Python 3.12.8   Celery 5.5.3   no redis"."""
    parts = [f"Python {versions.python}"]
    for name in LIBRARIES:
        version = getattr(versions, name)
        shown = "Celery" if name == "celery" else name
        parts.append(f"{shown} {version}" if version else f"no {shown}")
    return "   ".join(parts)


def interpreter_label(each: Interpreter, versions: Versions | None, root: Path) -> str:
    """One of the choices: its place, and its Celery."""
    celery = "" if versions is None else f"  ({_python_and_celery(versions)})"
    return f"{short(each.path, root)}{celery}"


def _python_and_celery(versions: Versions) -> str:
    celery = f"Celery {versions.celery}" if versions.celery else "no Celery"
    return f"Python {versions.python}, {celery}"


def app_labels(apps: Sequence[AppCandidate], root: Path) -> tuple[str, ...]:
    """The choices; of two apps of one name each says its folder."""
    names = [each.app for each in apps]
    return tuple(
        each.app if names.count(each.app) == 1 else f"{each.app}  in {short(each.workdir, root)}"
        for each in apps
    )


def short(path: Path, root: Path) -> str:
    """A path as seen from the project's folder, where it is in it."""
    if path == root:
        return "this folder"
    with suppress(ValueError):
        return str(path.relative_to(root))
    return str(path)


def masked(value: EnvValue) -> str:
    """A value without what may be secret: of a URL scheme and host, of others nothing."""
    text = value.secret.reveal()
    if not text:
        return "(empty)"
    if "://" not in text:
        return MASK
    try:
        parts = urlsplit(text)
        host, user = parts.hostname or "", "••••@" if parts.username or parts.password else ""
    except ValueError:
        return MASK
    return f"{parts.scheme}://{user}{host}"


def source(value: EnvValue, root: Path) -> str:
    """Where a variable comes from: ".env:4", "environment, wins over .env:9"."""
    over = "process environment, over "
    place = value.source.removeprefix(over).replace(f"{root}/", "").replace(f"{root}\\", "")
    return f"environment, wins over {place}" if value.source.startswith(over) else place


def counted(number: int, word: str) -> str:
    """ "1 task", "2 tasks"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def passed(trial: Trial) -> tuple[int, int, int]:
    """How many parts work, how many are needed, and how many of those are to be fixed."""
    states = [trial.state(part) for part in NEEDED]
    return states.count(State.WORKS), len(states), states.count(State.FAULT)


def verdict(trial: Trial) -> tuple[str, str]:
    """How it stands as a whole, and what that means for a start; both empty when all is well."""
    faulty = [part for part in NEEDED if trial.state(part) is State.FAULT]
    if faulty:
        names = " and ".join(NAMES[part].lower().replace("celery", "Celery") for part in faulty)
        return f"{counted(len(faulty), 'thing')} to fix", f"Look at: {names}"
    if not trial.ready:
        return "Trying it out", f"Still to come: {_listed(trial)}"
    return "", ""


def _listed(trial: Trial) -> str:
    waiting: Iterable[Part] = (part for part in NEEDED if trial.state(part) is not State.WORKS)
    return ", ".join(NAMES[part].lower().replace("celery", "Celery") for part in waiting)

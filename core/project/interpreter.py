"""The Python that runs the user's code: how it is found."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from core.errors import UNAVAILABLE, USAGE, FleetError
from core.frozen import own
from core.places import DEMO
from core.project.bad_python import is_alias
from core.project.environments import (
    environment_of,
    environments_in,
    is_same,
    made_by_uv,
    python_of,
    why_unusable,
)
from core.project.machine import Machine
from core.project.managers import MANAGERS, Installer, ask_manager
from core.project.tree import absolute, between


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python executable, as it is to be started: links are not resolved.

    `origin` says in words where it comes from, `notes` what was passed over and why. On
    Windows the `python.exe` of a virtual environment only starts the real one, so a child
    of it is two processes.
    """

    path: Path
    origin: str
    installer: Installer = "pip"
    notes: tuple[str, ...] = field(default=(), compare=False)


def find_interpreter(
    machine: Machine,
    *,
    root: Path,
    workdir: Path,
    given: str | None,
    setting: str | None,
    setting_from: str = "the setting python",
) -> Interpreter:
    """Find the interpreter of the project: the first of these that is there.

    What was asked for (`given` in this run, `setting` relative to the root, said in
    `setting_from`); the active
    environment, unless it is Solofleet's own; `.venv`, `venv`, `env` and any other
    environment, from the working directory up; what uv, poetry, pdm, pipenv or conda know; a
    Python on PATH that has Celery; Solofleet's own Python. May block while programs are asked.

    Raises FleetError when what was asked for is not there, or nothing is.
    """
    if given:
        return _of_the_user(_named(machine, given, Path.cwd(), "--python"), root)
    if setting:
        return _of_the_user(_named(machine, setting, root, setting_from), root)
    search = _Search(machine, tuple(_folders(workdir, root)), [])
    for found in search.ladder():
        return replace(found, notes=tuple(search.notes))
    raise FleetError(
        "No Python was found to run the project with",
        f"looked for an active environment, for one in {root}, and on PATH"
        + "".join(f"; {note}" for note in search.notes),
        "Make one in the project (python -m venv .venv), or name it with --python.",
        exit_code=UNAVAILABLE,
    )


def all_interpreters(machine: Machine, *, root: Path, workdir: Path) -> tuple[Interpreter, ...]:
    """Every Python of `find_interpreter`'s search, in its order, each once; blocks longer.

    What is asked for, and not searched, is not among them.
    """
    search = _Search(machine, tuple(_folders(workdir, root)), [])
    found: dict[Path, Interpreter] = {}
    for each in search.ladder():
        found.setdefault(each.path, each)
    return tuple(found.values())


def _named(machine: Machine, text: str, base: Path, where: str) -> Interpreter:
    path = absolute(base / Path(text).expanduser())
    if not path.exists() and Path(text).name == text:
        path = Path(machine.which(text) or path)
    if machine.windows and not path.exists():
        path = path.with_name(f"{path.name}.exe")
    python = python_of(path, windows=machine.windows) if path.is_dir() else path
    if python is None or not python.is_file() or not os.access(python, os.X_OK):
        example = r".venv\Scripts\python.exe" if machine.windows else ".venv/bin/python"
        raise FleetError(
            f"There is no Python to run at {path}",
            f"{where} says {text!r}",
            f"Give the path of one, such as {example}, or leave it out to have it searched.",
            exit_code=USAGE,
        )
    return Interpreter(python, f"{where} {text}", _installer(python, [base]))


def _of_the_user(named: Interpreter, root: Path) -> Interpreter:
    """Refuse the Python of a built program, but for the bundled demo."""
    if named.path.name != own.NAME or is_same(root, DEMO):
        return named
    raise FleetError(
        f"{named.path} is not for projects",
        "it has the packages of Solofleet, and none of yours can be put into it",
        "Make an environment in the project (python -m venv .venv) and install its packages there.",
        exit_code=USAGE,
    )


def _folders(workdir: Path, root: Path) -> Iterator[Path]:
    """Yield where an environment may stand: from the working directory up to the repository.

    Someone who opens `repo/backend` often has the environment in `repo`.
    """
    inside = list(between(workdir, root)) if workdir.is_relative_to(root) else [workdir]
    yield from inside
    above = [inside[-1], *islice(inside[-1].parents, _MAX_ABOVE)]
    repository = next((folder for folder in above if (folder / ".git").exists()), None)
    if repository is not None:
        yield from above[1 : above.index(repository) + 1]


_MAX_ABOVE: Final = 4
_MAX_ASKED: Final = 4


@dataclass(frozen=True, slots=True)
class _Search:
    machine: Machine
    folders: tuple[Path, ...]
    notes: list[str]

    def ladder(self) -> Iterator[Interpreter]:
        yield from self._active()
        yield from self._in_folders()
        yield from self._kept_by_managers()
        without_celery: list[Interpreter] = []
        yield from self._on_path(without_celery)
        if self.machine.own is not None:
            origin = "Solofleet's own Python, since the project has none"
            executable = self.machine.own.executable
            self.notes.append(f"{origin}; python -m venv .venv makes one")
            yield Interpreter(executable, origin, _installer(executable, []))
        yield from without_celery

    def _active(self) -> Iterator[Interpreter]:
        environ = self.machine.environ
        active = [("VIRTUAL_ENV", environ.get("VIRTUAL_ENV"))]
        # Conda's base is active in many shells without being meant for the project.
        if environ.get("CONDA_DEFAULT_ENV") != "base":
            active.append(("CONDA_PREFIX", environ.get("CONDA_PREFIX")))
        for variable, value in active:
            if value and not self.machine.is_own(Path(value)):
                yield from self._environment(Path(value), f"the active environment ({variable})")

    def _in_folders(self) -> Iterator[Interpreter]:
        for folder in self.folders:
            for prefix in environments_in(folder):
                own = ", which is Solofleet's own" if self.machine.is_own(prefix) else ""
                yield from self._environment(prefix, f"{prefix.name} in {folder}{own}")

    def _environment(self, prefix: Path, origin: str) -> Iterator[Interpreter]:
        python = python_of(prefix, windows=self.machine.windows)
        if python is not None:
            yield Interpreter(python, origin, _installer(python, self.folders))
        elif why := why_unusable(prefix, windows=self.machine.windows):
            self.notes.append(why)

    def _kept_by_managers(self) -> Iterator[Interpreter]:
        machine = self.machine
        for manager in MANAGERS:
            folder = manager.marker(self.folders)
            if folder is None:
                continue
            if manager.name == "uv":
                yield from self._of_uv(folder)
            answer = ask_manager(
                manager, folder, machine.ask, machine.which, windows=machine.windows
            )
            if answer.python is not None:
                origin = f"{manager.name}'s environment for {folder}"
                yield Interpreter(answer.python, origin, manager.installer)
            else:
                self.notes.append(answer.note)

    def _of_uv(self, folder: Path) -> Iterator[Interpreter]:
        # `uv python find` does not heed the variable (0.13).
        chosen = self.machine.environ.get("UV_PROJECT_ENVIRONMENT")
        python = chosen and python_of(absolute(folder / chosen), windows=self.machine.windows)
        if python:
            yield Interpreter(python, f"UV_PROJECT_ENVIRONMENT, for {folder}", "uv add")

    def _on_path(self, without_celery: list[Interpreter]) -> Iterator[Interpreter]:
        pythons = (p for p in _pythons_on_path(self.machine) if not self._is_own(p))
        for python in islice(pythons, _MAX_ASKED):
            said = self.machine.ask((str(python), "-E", "-c", _HAS_CELERY), python.parent)
            found = Interpreter(python, f"{python.name} on PATH", _installer(python, []))
            match (said or "").strip():
                case "yes":
                    yield found
                case "no":
                    self.notes.append(f"{python} on PATH has no Celery")
                    without_celery.append(found)
                case _:
                    stub = ", Windows' shortcut to the Microsoft Store," if is_alias(python) else ""
                    self.notes.append(f"{python} on PATH{stub} does not run")

    def _is_own(self, python: Path) -> bool:
        own = self.machine.own
        prefix = environment_of(python)
        if own is None or prefix is not None:
            return prefix is not None and self.machine.is_own(prefix)
        # An environment links to the very file that also runs without it.
        return environment_of(own.executable) is None and is_same(python, own.executable)


# The user's site folder counts, a `celery` in the folder it is started in does not.
_HAS_CELERY: Final = (
    "import sys; sys.path.pop(0); from importlib.util import find_spec; "
    "print('yes' if find_spec('celery') else 'no')"
)


def _pythons_on_path(machine: Machine) -> Iterator[Path]:
    names = ("python.exe",) if machine.windows else ("python3", "python")
    path = machine.environ.get("PATH", "")
    seen: set[str] = set()
    for folder in path.split(";" if machine.windows else ":"):
        for name in names if folder else ():
            file = Path(folder.strip('"')) / name  # Windows lets people quote them
            if file.is_file() and folder not in seen:
                seen.add(folder)
                yield file
                break


def _installer(python: Path, folders: tuple[Path, ...] | list[Path]) -> Installer:
    """Say what puts packages into this environment of a project in `folders`."""
    prefix = environment_of(python)
    if prefix is None:
        return "pip"
    if prefix.parent in folders:
        keepers = (m for m in MANAGERS if m.name != "conda" and m.marker([prefix.parent]))
        keeper = next(keepers, None)
        if keeper is not None:
            return keeper.installer
    return "uv" if made_by_uv(prefix) else "pip"

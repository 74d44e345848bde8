"""All that the checks look at, read once: the commit, what would run, its code, variables.

A frozen picture: checks are pure functions over it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.render.preflight.code import Code
from core.render.preflight.commit import Commit
from core.render.preflight.graph import Layout, Reach
from core.render.preflight.packages import Packages
from core.render.preflight.python_pin import Pin
from core.render.preflight.services import Blueprint, Service
from core.render.sizing.measured import Measured
from core.render.variables.written import Kind, Written


@dataclass(frozen=True, slots=True)
class Root:
    """A folder in which something is built and started: Render's root directory.

    `path` is "" for the top. `apps` are what `celery -A` is told there, `found` which of them the
    commit has. `worker` and `web` are what those import. `known`: some start was found at all; if
    not, the code of the folder is looked at as a whole, and nothing of it is certain.
    """

    path: str
    services: tuple[Service, ...]
    packages: Packages
    pin: Pin
    where: Layout
    apps: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    worker: Reach = field(default_factory=Reach)
    web: Reach = field(default_factory=Reach)
    rest: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether any start leads to code of the commit."""
        return bool(self.worker.likely or self.web.likely)

    @property
    def certain(self) -> frozenset[str]:
        """Files that a start imports whatever happens."""
        return self.worker.certain | self.web.certain

    @property
    def likely(self) -> frozenset[str]:
        """Files that may be imported there."""
        return self.worker.likely | self.web.likely if self.known else self.rest

    @property
    def runs_python(self) -> bool:
        """Whether Render's own Python builds here, as far as that is known."""
        return not self.services or any(service.runs_python for service in self.services)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is looked over.

    `values` are the variables of render.yaml and of `.env` files; `codes` the parsed files by path.
    `local_python` is the version of the project's own interpreter, None when that is not known;
    `measured` what its workers took on this machine; `installed` the packages there, by name, with
    what they require. `other_apps` are folders and apps in them that nothing starts.
    """

    commit: Commit
    roots: tuple[Root, ...]
    blueprint: Blueprint
    codes: Mapping[str, Code]
    values: tuple[Written, ...] = ()
    local_python: str | None = None
    measured: Measured | None = None
    installed: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    other_apps: tuple[tuple[str, str], ...] = ()

    @property
    def services(self) -> tuple[Service, ...]:
        """All of them."""
        return tuple(service for root in self.roots for service in root.services)

    def code(self, root: Root) -> Iterator[Code]:
        """The code that may run there, by path."""
        return (self.codes[path] for path in sorted(root.likely) if path in self.codes)

    def worker_code(self, root: Root) -> Iterator[Code]:
        """The code that a worker may run; all of it where no worker is known."""
        paths = root.worker.likely or root.likely
        return (self.codes[path] for path in sorted(paths) if path in self.codes)

    def sent(self) -> Iterator[Written]:
        """The values that services would get: of a `.env` file what render.yaml does not set."""
        said = {value.name for value in self.values if value.deployed}
        for value in self.values:
            if value.kind is Kind.VALUE and (value.deployed or value.name not in said):
                yield value

    def value(self, name: str) -> tuple[Written, ...]:
        """Wherever a variable is written down; what is written for production comes first."""
        found = (value for value in self.values if value.name == name)
        return tuple(sorted(found, key=lambda value: not value.deployed))

"""What is known of the project that is looked over; checks add to it for those that follow."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.doctor.finding import Finding
from core.project.opening import Project
from core.project.tree import Tree
from core.project.versions import Versions
from core.wishes import Wishes
from core.workers.containment import Containment


class Case:
    """`open` reads the project and may raise FleetError. `findings` are there by id.

    The rest is set by the check that finds it out, and by then every check that needs it runs:
    `project` and `tree` by the first, `versions`, `calls` into the app, `settings` of the app.
    `ports` are those to look at in place of the usual ones, by what they are for.
    """

    project: Project
    tree: Tree
    versions: Versions
    calls: Calls
    settings: Mapping[str, Any]

    def __init__(
        self,
        open: Callable[[], Project],
        wishes: Wishes,
        environ: Mapping[str, str],
        containment: Containment,
        *,
        windows: bool = sys.platform == "win32",
        ports: Mapping[str, int] | None = None,
    ) -> None:
        self.open = open
        self.wishes = wishes
        self.environ = environ
        self.containment = containment
        self.windows = windows
        self.ports = ports
        self.findings: dict[str, Finding] = {}
        self.hosts: list[Host] = []

    def host(self, spec: Any) -> Host:
        """A process in the user's interpreter, ended with the case."""
        host = Host(spec, self.containment)
        self.hosts.append(host)
        return host

    async def close(self) -> None:
        """End what was started."""
        for host in self.hosts:
            await host.close()

    def source_of(self, variable: str) -> str:
        """Where a variable comes from, in words."""
        for value in self.project.env:
            if value.name == variable:
                return value.source
        return "process environment"

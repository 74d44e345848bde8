"""Where a commit is built and run: its files, its environments, the variables of its programs.

Standard library only, Python 3.8.
"""

import os
import re
import shutil

from solofleet_inside.proof import building, pythons
from solofleet_inside.proof.programs import Failed, Program, shell

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
#: Of this machine's variables those that a build needs for the network, and nothing of projects.
_OF_MACHINE = re.compile(
    r"(HOME|LANG|TMPDIR|USER|.*_PROXY|PIP_.*|UV_.*|SSL_CERT_.*|REQUESTS_CA_BUNDLE|XDG_C.*"
    r"|SOLOFLEET_.*)$",
    re.IGNORECASE,
)
#: Installers that Render has, for a build that calls for them where there are none.
_TOOLS = ("uv", "poetry")


class Site(object):
    """The folder of one run. What several services build alike is built once."""

    def __init__(self, home, python, limits, teller):
        self.source = os.path.join(home, "src")
        self.inside = os.path.join(home, "inside")
        self.machine = {k: v for k, v in os.environ.items() if _OF_MACHINE.match(k)}
        self.machine["PATH"] = os.environ.get("PATH", SYSTEM_PATH)
        self._home = home
        self._python = python
        self._limits = limits
        self._teller = teller
        self._built = {}

    def build(self, service):
        """The environment of a service; None where it could not be made."""
        key = (service["root"], service["build"])
        if key not in self._built:
            folder = os.path.join(self._home, "venv%d" % len(self._built))
            self._built[key] = folder if self._made(service, folder) else None
        return self._built[key]

    def _made(self, service, folder):
        name = service["name"]
        with self._teller.step("python", name, self._python) as facts:
            limit_s = self._limits["python"]
            made = pythons.make(folder, self._python, self.machine, limit_s, self._teller.heard)
            facts["version"], facts["wanted"] = made
        if facts["state"] == "failed":
            return False
        with self._teller.step("build", name, service["build"]) as facts:
            self._install(service, folder)
            facts["packages"], facts["compiled"] = building.installed(folder)
        return facts["state"] == "passed"

    def _install(self, service, folder):
        for tool in _TOOLS:
            called = re.search(
                r"(^|[\s;&|])%s\s" % tool, "%s\n%s" % (service["build"], service["start"])
            )
            if called and not shutil.which(tool, path=self.machine["PATH"]):
                self.install(tool)
        env = dict(service["env"], **self.machine)
        env.update(_activated(folder, self.machine["PATH"]))
        argv = shell(service["build"])
        with Program(argv, env, self.folder(service["root"]), self._teller.heard) as program:
            code = program.wait(self._limits["build"])
            if code:
                raise Failed(code=code, lines=program.last())

    def install(self, package):
        """Install a package beside the project; the folder. Raises Failed."""
        folder = os.path.join(self._home, "tools")
        python = os.path.join(folder, "bin", "python")
        limit_s, heard = self._limits["python"], self._teller.heard
        if not os.path.exists(python):
            pythons.make(folder, "3", self.machine, limit_s, heard)
            self.machine["PATH"] += ":" + os.path.join(folder, "bin")
        argv = [python, "-m", "pip", "install", package]
        with Program(argv, self.machine, "/", heard) as program:
            code = program.wait(limit_s)
            if code:
                raise Failed(code=code, lines=program.last())
        return folder

    def folder(self, path):
        """A folder of the commit. Raises Failed."""
        folder = os.path.join(self.source, path)
        if not os.path.isdir(folder):
            raise Failed(missing=path, lines=[])
        return folder

    def environment(self, service, folder):
        """The variables of the service, and what any system sets; nothing else of this machine."""
        tools = [shutil.which(name, path=self.machine["PATH"]) for name in _TOOLS]
        path = ":".join([os.path.dirname(tool) for tool in tools if tool] + [SYSTEM_PATH])
        user = os.path.join(self._home, "user")
        os.makedirs(user, exist_ok=True)
        # By that mark whoever started this finds all that is left of it.
        env = {k: v for k, v in self.machine.items() if k.startswith("SOLOFLEET_")}
        env.update(HOME=user, LANG="C.UTF-8", USER="render")
        env.update(service["env"])
        env.update(_activated(folder, path))
        return env


def _activated(folder, path):
    return {
        "PATH": "%s:%s" % (os.path.join(folder, "bin"), path),
        "VIRTUAL_ENV": folder,
        "UV_PROJECT_ENVIRONMENT": folder,
    }

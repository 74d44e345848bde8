"""One long-running command beside the workers: what to start, and when it is ready."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.errors import USAGE, FleetError
from core.rows.readiness import Readiness, UpFor
from core.secret import Secret
from core.workers.policy import Policy
from core.workers.process import ChildSpec

WORKERS: Final = "workers"
"""In `after`: the fleet."""
GRACE_S: Final = 10.0
_UP_FOR_A_MOMENT: Final = UpFor()


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row. `argv` is the command, its program as a person types it; no shell reads it.

    `env` goes over the project's environment; a `Secret` in it is masked in every log, and there is
    no other place for one. `after` names the rows that must be ready before, or `WORKERS`;
    `strict`: without them it is not started at all. `reload`: a new process when source changes.
    `stop_signal` is a name without SIG, for POSIX; Windows knows Ctrl+C only. `url` is where a
    browser finds it, where that is known. `whole_env`: it has `env` and nothing of the project's.
    `first_words` are all that it reads on its standard input.
    """

    name: str
    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str | Secret] = field(default_factory=dict[str, str | Secret], repr=False)
    ready: Readiness = _UP_FOR_A_MOMENT
    after: tuple[str, ...] = ()
    strict: bool = False
    restart: bool = True
    reload: bool = False
    stop_signal: str = "TERM"
    grace_s: float = GRACE_S
    url: str | None = None
    whole_env: bool = False
    first_words: bytes = field(default=b"", repr=False)

    @property
    def policy(self) -> Policy:
        """How patient the supervisor is with it; there is no task to be broken off."""
        return Policy(grace_s=self.grace_s, restart=self.restart, breaks_off=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not show in its log."""
        return tuple(value.reveal() for value in self.env.values() if isinstance(value, Secret))

    def child(self, environ: Mapping[str, str], python: Path) -> ChildSpec:
        """The process to spawn, with the project's environment and interpreter.

        Raises FleetError when there is no such program.
        """
        own = {
            name: value.reveal() if isinstance(value, Secret) else value
            for name, value in self.env.items()
        }
        usual = {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **environ}
        env = own if self.whole_env else {**usual, **own}
        program, *arguments = self.command(python)
        if program == self.argv[0]:
            program = self._program(env)
        argv, reads = (program, *arguments), bool(self.first_words)
        return ChildSpec(self.name, argv, env, self.cwd, takes_commands=reads, one_pipe=True)

    def command(self, python: Path) -> tuple[str, ...]:
        """The command line; what is called python is the project's interpreter."""
        if self.argv[0] in ("python", "python3"):
            return (str(python), *self.argv[1:])
        return self.argv

    def _program(self, env: Mapping[str, str]) -> str:
        """The program as the terminal finds it with the environment active."""
        name = self.argv[0]
        path = next((value for key, value in env.items() if key.upper() == "PATH"), None)
        if os.path.dirname(name):  # noqa: PTH120, a Path drops the "./"
            name, path = str(self.cwd / name), None
        if found := shutil.which(name, path=path):
            return found
        scripts = r".venv\Scripts" if sys.platform == "win32" else ".venv/bin"
        raise FleetError(
            f"{self.name} could not be started",
            f"there is no program {self.argv[0]}, neither in the project's environment nor on PATH",
            f"install it there ({scripts}), or mend the command of the row",
            exit_code=USAGE,
        )

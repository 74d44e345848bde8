"""What to start for one worker: the command, its environment, its first words."""

import json
import re
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.places import INSIDE
from core.workers.mode import Mode
from core.workers.process import ChildSpec

DISTURBING: Final = ("PYTHONHOME", "__PYVENV_LAUNCHER__")
"""Variables of Solofleet's own interpreter that would lead another one astray."""


@dataclass(frozen=True, slots=True)
class WorkerSpec:
    """One way to run the user's app as a worker.

    `python` runs it in `workdir` with `env`, the whole environment. `broker` are the variables
    that lead to the broker that was asked for, empty for the app's own. `loop` forces Celery's
    event loop ("windows"); None is what the platform gives. `debug` runs the worker of one node
    under debugpy: its name, and the port. `concurrency` is for prefork. `hoards` takes messages
    ahead and `daemonic` refuses child processes, both as production does; `spare` keeps an
    imported process ready. Those three are for the fleet. `events` sends Celery's task events from
    the start; the literal command always does.
    """

    python: Path
    app: str
    workdir: Path
    env: Mapping[str, str]
    loglevel: str = "info"
    queues: tuple[str, ...] = ()
    broker: Mapping[str, str] | None = None
    mode: Mode = Mode.FLEET
    concurrency: int = 1
    hoards: bool = False
    daemonic: bool = False
    spare: bool = False
    events: bool = False
    loop: str | None = None
    debug: tuple[str, int] | None = None

    @property
    def plain(self) -> bool:
        """Whether it is the literal command, which talks to us through Celery's events only."""
        return self.mode is not Mode.FLEET

    def child(self, node: str) -> ChildSpec:
        """The process to spawn for the worker of this node name."""
        if self.plain:
            command, env = self.command(node), self.environment()
            return ChildSpec(node, command, env, self.workdir, one_pipe=True)
        argv = (str(self.python), str(INSIDE / "worker.py"), node)
        return ChildSpec(node, argv, self.environment(), self.workdir, takes_commands=True)

    def environment(self) -> dict[str, str]:
        """The environment of the child: output unbuffered and UTF-8, whatever the code page."""
        env = {name: value for name, value in self.env.items() if name not in DISTURBING}
        env.setdefault("PYTHONUNBUFFERED", "1")
        env.setdefault("PYTHONIOENCODING", "utf-8:backslashreplace")
        return env | dict(self.broker or {})

    def first_words(
        self,
        node: str,
        fleet: int = 1,
        index: int = 0,
        revoked: Mapping[str, object] | None = None,
        *,
        is_spare: bool = False,
        hears: tuple[str, ...] = (),
    ) -> bytes:
        """The start message, which the launcher waits for; secrets travel here, not in argv.

        `fleet` is how many workers there are, `index` which of them this is, from 0; `revoked` is
        what none of them is to run. A spare gets first words twice: the first, with `is_spare`,
        let it import the app. `hears` is for the listener to events.
        """
        debugged, port = self.debug or (None, None)
        return as_line(
            {
                "kind": "start",
                "node": node,
                "app": self.app,
                "workdir": str(self.workdir),
                "loglevel": self.loglevel,
                "queues": list(self.queues),
                "broker": dict(self.broker or {}),
                "plain": self.plain,
                "hoards": self.hoards,
                "daemonic": self.daemonic,
                "events": self.events,
                "loop": self.loop,
                "debug_port": port if node == debugged else None,
                "argv": list(self.command(node)[2:]),
                "fleet": fleet,
                "index": index,
                "revoked": revoked,
                "spare": is_spare,
                "hears": hears,
            }
        )

    def command(self, node: str) -> tuple[str, ...]:
        """The literal command that a person would type for this worker (the guide's).

        The command line, and nothing else of Celery, expands % in a node name.
        """
        queues = ("-Q", ",".join(self.queues)) if self.queues else ()
        prefork = ("--pool=prefork", "-c", str(self.concurrency))
        return (
            str(self.python),
            "-m",
            "celery",
            "-A",
            self.app,
            "worker",
            *(prefork if self.mode is Mode.PREFORK else ("--pool=solo",)),
            "-n",
            node.replace("%", "%%"),
            f"--loglevel={self.loglevel}",
            *queues,
            "-E",
        )


def as_line(message: Mapping[str, object]) -> bytes:
    """One JSON object on one line, as the scripts in `resources/inside` read it.

    In ASCII: JSON may hold half a surrogate pair (a file name of another encoding), UTF-8 not.
    """
    return json.dumps(message).encode() + b"\n"


def as_typed(argv: tuple[str, ...], shell: str) -> str:
    """A command as one types it at the prompt of `shell`: "sh", "cmd" or "powershell"."""
    match shell:
        case "sh":
            return shlex.join(argv)
        case "cmd":
            return " ".join(_quoted_for_cmd(part) for part in argv)
        case _:
            return _for_powershell(argv)


def _quoted_for_cmd(part: str) -> str:
    """In quotes where cmd would read a sign as its own; what is quoted for programs stays so.

    A prompt, unlike a batch file, leaves a % alone unless a variable of that name exists. Each
    quote inside a part turns cmd's reading of its signs on or off: with such signs beside them, or
    where the last one would leave it off, all are escaped.
    """
    quoted = subprocess.list2cmdline([part])
    if '"' in part and (set("&|<>^") & set(part) or part.count('"') % 2):
        return re.sub(r'[&|<>^()"]', r"^\g<0>", quoted)
    return f'"{part}"' if quoted == part and _READ_BY_CMD & set(part) else quoted


_READ_BY_CMD: Final = frozenset("&|<>^()@,;=")


def _for_powershell(argv: tuple[str, ...]) -> str:
    """Windows PowerShell (5.1) takes quotes out of arguments, and drops those that are empty.

    PowerShell from 7.3 on does not. Both pass the one text of Start-Process on as it stands.
    """
    if not any(not part or '"' in part or part.endswith("\\") for part in argv):
        return "& " + " ".join(map(quoted_for_powershell, argv))
    program, *arguments = argv
    line = quoted_for_powershell(subprocess.list2cmdline(arguments))
    return f"Start-Process -NoNewWindow -Wait {quoted_for_powershell(program)} {line}"


def quoted_for_powershell(text: str) -> str:
    """As PowerShell's own text (about_Quoting_Rules): nothing in it is read."""
    return "'" + text.replace("'", "''") + "'"

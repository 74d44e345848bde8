"""What to start for Flower: the command, its environment, where it then answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from core.errors import USAGE, FleetError
from core.flower.access import VARIABLE, Access
from core.flower.port import HOST
from core.frozen.own import OWN_PYTHON
from core.workers.process import ChildSpec
from core.workers.spec import WorkerSpec, as_line

NAME: Final = "flower"
PREFIX_VARIABLE: Final = "FLOWER_URL_PREFIX"
ALONE: Final = Path(__file__).with_name("alone.py")

# Options that would have it listen elsewhere, speak TLS, or ask for another login than ours
# (`flower/options.py`, 2.2). Port and address lose to the command line, which has the prefix too.
_ELSEWHERE: Final = frozenset(
    f"FLOWER_{name}"
    for name in (
        "AUTH",
        "AUTH_PROVIDER",
        "CA_CERTS",
        "CERTFILE",
        "DEBUG",
        "KEYFILE",
        "UNIX_SOCKET",
        "URL_PREFIX",
    )
)
# What Celery would read before the settings that the user's app gave, and the user's code.
_OF_AN_APP: Final = ("CELERY_", "DJANGO_SETTINGS_MODULE", "FLOWER_CONF", "PYTHON")


@dataclass(frozen=True, slots=True)
class FlowerPlan:
    """One way to run Flower: a row beside the workers can be made of it.

    `env` is its whole environment, with the password; `first_words` go to its standard input when
    there are any, with those of the broker. Neither shows in a `repr`. `prefix` has no slashes at
    its ends.
    """

    argv: tuple[str, ...]
    cwd: Path
    port: int
    prefix: str
    access: Access
    env: Mapping[str, str] = field(repr=False)
    first_words: bytes = field(default=b"", repr=False)

    @property
    def url(self) -> str:
        """Where a browser finds it; who may enter is not in it."""
        return f"http://{HOST}:{self.port}{self.path('/')}"

    @property
    def ready_url(self) -> str:
        """What answers with 200 once it serves, to anybody (`flower/views/monitor.py`, 2.2)."""
        return f"http://{HOST}:{self.port}{self.path('/healthcheck')}"

    def path(self, path: str) -> str:
        """A path of Flower's, below the prefix."""
        return f"/{self.prefix}{path}" if self.prefix else path

    def child(self) -> ChildSpec:
        """The process to spawn."""
        return ChildSpec(NAME, self.argv, self.env, self.cwd, bool(self.first_words), one_pipe=True)


def in_project(spec: WorkerSpec, access: Access, port: int, prefix: str) -> FlowerPlan:
    """The literal command, run by the user's interpreter: the same app, the same settings."""
    command = (str(spec.python), "-m", "celery", "-A", spec.app, "flower")
    env = {name: value for name, value in spec.environment().items() if name not in _ELSEWHERE}
    return FlowerPlan(
        argv=(*command, *_options(port, prefix)),
        cwd=spec.workdir,
        port=port,
        prefix=prefix,
        access=access,
        env={**env, VARIABLE: access.variable()},
    )


def alone(
    spec: WorkerSpec,
    settings: Mapping[str, Any],
    cwd: Path,
    access: Access,
    port: int,
    prefix: str,
) -> FlowerPlan:
    """Solofleet's own Flower, which knows of the user's app these `settings`, and nothing else.

    `cwd` must hold no code: Celery and Flower import a `celeryconfig` or a `flowerconfig.py` there.
    """
    env = {
        name: value
        for name, value in spec.environment().items()
        if not name.upper().startswith(_OF_AN_APP) and name not in _ELSEWHERE
    }
    return FlowerPlan(
        argv=(str(OWN_PYTHON), "-P", str(ALONE), *_options(port, prefix)),
        cwd=cwd,
        port=port,
        prefix=prefix,
        access=access,
        env={**env, VARIABLE: access.variable(), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        first_words=as_line(settings),
    )


def read_prefix(text: str) -> str:
    """A prefix as it was typed, without slashes at its ends; Flower takes it for a pattern.

    Raises FleetError for what is not plainly a path.
    """
    prefix = text.strip("/")
    if not re.fullmatch(r"[\w~/-]*", prefix, re.ASCII) or "//" in prefix:
        raise FleetError(
            f"{text!r} cannot be the URL prefix of Flower",
            "it is a path of letters, digits, - and _",
            "give one such as --url-prefix flower",
            exit_code=USAGE,
        )
    return prefix


def _options(port: int, prefix: str) -> tuple[str, ...]:
    listen = (f"--address={HOST}", f"--port={port}")
    return (*listen, f"--url_prefix={prefix}") if prefix else listen

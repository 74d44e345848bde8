"""What is installed beside an interpreter, asked of the interpreter itself."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from core.errors import UNAVAILABLE, FleetError
from core.project.asking import Answer, ask_program
from core.project.bad_python import Reason, why_it_does_not_run
from core.project.interpreter import Interpreter

DEADLINE_S: Final = 20.0
"""A first start under a virus scanner takes seconds."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions as text, None for what is not installed, "?" where it is there but says none.

    `platform` is Python's `sys.platform`, `bits` how wide its addresses are.
    """

    python: str
    executable: str
    prefix: str
    platform: str
    bits: int = 64
    celery: str | None = None
    kombu: str | None = None
    billiard: str | None = None
    redis: str | None = None
    packaging: str | None = None
    fastapi: str | None = None
    uvicorn: str | None = None
    flower: str | None = None
    debugpy: str | None = None


_FACTS: Final = ("python", "executable", "prefix", "platform", "bits")
_PACKAGES: Final = tuple(field.name for field in fields(Versions) if field.name not in _FACTS)

# Runs in any Python that a project may have, so that an old one can be told from a broken one.
# `sys.path[0]` is the folder it is started in; the user's site folder counts, as for a worker.
_SCRIPT: Final = """
import sys
del sys.path[0]
import json
def version(name):
    try:
        return metadata.version(name) or "?"
    except Exception:  # metadata may be missing or broken in any way
        return "?" if find_spec(name) else None
said = {"python": ".".join(map(str, sys.version_info[:3])), "executable": sys.executable,
        "prefix": sys.prefix, "platform": sys.platform, "bits": 64 if sys.maxsize > 2**32 else 32}
try:
    from importlib import metadata
    from importlib.util import find_spec
    said.update((name, version(name)) for name in sys.argv[1:])
except ImportError:
    pass
sys.stdout.write("\\nsolofleet:" + json.dumps(said) + "\\n")
"""


async def read_versions(
    interpreter: Interpreter, environ: Mapping[str, str] | None = None
) -> Versions:
    """Start the interpreter and ask it; variables that would change its modules are left out.

    `environ` is os.environ unless given. Raises FleetError when it cannot be started, fails,
    or says nothing within 20 s.
    """
    clean = _clean(os.environ if environ is None else environ)
    argv = (str(interpreter.path), "-E", "-c", _SCRIPT, *_PACKAGES)
    try:
        answer = await ask_program(argv, clean, deadline_s=DEADLINE_S)
    except TimeoutError:  # it is an OSError, too
        raise _failed(interpreter, f"it said nothing within {DEADLINE_S:.0f} s") from None
    except OSError as error:
        known = why_it_does_not_run(refused=getattr(error, "winerror", None))
        raise _failed(interpreter, error.strerror or str(error), known) from error
    return _parse(interpreter, answer)


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if not name.upper().startswith("PYTHON")}


_PREFIX: Final = "solofleet:"


def _parse(interpreter: Interpreter, answer: Answer) -> Versions:
    # Site customisations may print; only our line counts.
    lines = answer.out.decode("utf-8", "replace").splitlines()
    said = [line.removeprefix(_PREFIX) for line in lines if line.startswith(_PREFIX)]
    if not said:
        words = answer.err.decode("utf-8", "replace").strip()
        last = f": {words.splitlines()[-1]}" if words else ""
        known = why_it_does_not_run(code=answer.code, words=words)
        raise _failed(interpreter, f"it ended with {answer.code}{last}", known)
    values: dict[str, Any] = json.loads(said[-1])  # our own script wrote it
    return Versions(**values)


def _failed(interpreter: Interpreter, why: str, known: Reason | None = None) -> FleetError:
    if known is not None:
        return FleetError(
            f"{interpreter.path} does not run",
            f"{known.why} (it is {interpreter.origin})",
            known.fix,
            exit_code=UNAVAILABLE,
        )
    return FleetError(
        f"{interpreter.path} could not be asked for its versions",
        f"{why} (it is {interpreter.origin})",
        f'Try "{interpreter.path}" -V in a terminal; make the environment anew if that fails, '
        "or name another with --python.",
        exit_code=UNAVAILABLE,
    )

"""Finds the Python that Render would take, and makes an environment of it.

Standard library only, Python 3.8.
"""

import glob
import os
import shutil
import sys

from solofleet_inside.proof.programs import Failed, Program, output

UV_LOOKS_S = 20.0


def find(wanted, env):
    """The path of a Python whose first two numbers are those of `wanted`; None when there is none.

    uv is asked too, and may then download one when the environment is made.
    """
    minor = ".".join(wanted.split(".")[:2])
    for path in _candidates(minor, env):
        version = version_of(path, env)
        if version is not None and version.startswith(minor + "."):
            return path
    return None


def _candidates(minor, env):
    yield sys.executable
    for name in ("python%s" % minor, "python3", "python"):
        found = shutil.which(name, path=env["PATH"])
        if found:
            yield found
    home = os.path.expanduser("~")
    yield from sorted(glob.glob("%s/.pyenv/versions/%s.*/bin/python3" % (home, minor)))
    uv = shutil.which("uv", path=env["PATH"])
    if uv:
        found = output([uv, "python", "find", "--no-python-downloads", minor], env, UV_LOOKS_S)
        if found:
            yield found


def version_of(python, env):
    """Its version as 3.13.5; None when it does not run."""
    code = "import sys;print('%d.%d.%d' % sys.version_info[:3])"
    return output([python, "-c", code], env)


def make(folder, wanted, env, limit_s, say):
    """Make the environment; `(version, is_wanted)`. Raises Failed.

    Where the wanted one is not there, and uv cannot bring it, the Python that runs this is taken.
    """
    uv = shutil.which("uv", path=env["PATH"])
    found = find(wanted, env)
    if found is None and uv:
        minor = ".".join(wanted.split(".")[:2])
        with Program([uv, "venv", "--seed", "--python", minor, folder], env, "/", say) as made:
            if made.wait(limit_s) == 0:
                return version_of(os.path.join(folder, "bin", "python"), env), True
        shutil.rmtree(folder, ignore_errors=True)
    python = found or sys.executable
    # uv is quicker, and Debian has ensurepip in a package of its own; venv needs no network.
    by_uv = [[uv, "venv", "--seed", "--python", python, folder]] if uv else []
    for argv in (*by_uv, [python, "-m", "venv", folder]):
        with Program(argv, env, "/", say) as made:
            if made.wait(limit_s) == 0:
                return version_of(os.path.join(folder, "bin", "python"), env), found is not None
        shutil.rmtree(folder, ignore_errors=True)
    raise Failed(lines=made.last())

"""The command that installs packages for one interpreter, to be copied into a terminal."""

import os
import shlex

from core.project.interpreter import Interpreter
from core.project.managers import Installer


def install_command(
    interpreter: Interpreter, *requirements: str, windows: bool = os.name == "nt"
) -> str:
    """Give the command that puts `requirements` where this very interpreter finds them."""
    wanted = " ".join(f'"{requirement}"' for requirement in requirements)
    python = quoted(str(interpreter.path), windows=windows)
    commands: dict[Installer, str] = {
        "pip": f"{python} -m pip install",
        "uv": f"uv pip install --python {python}",
        "uv add": "uv add",
        "poetry": "poetry add",
        "pdm": "pdm add",
        "pipenv": "pipenv install",
    }
    return f"{commands[interpreter.installer]} {wanted}"


def quoted(path: str, *, windows: bool) -> str:
    """Quote a path where a shell asks for it; in PowerShell, a command in quotes needs a `&`."""
    if not windows:
        return shlex.quote(path)
    return f'"{path}"' if set(path) & set(" &()^;,='`") else path

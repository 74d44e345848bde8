"""Scripts that start every command of a project: for sh, cmd and PowerShell.

On Windows each gets a window of its own; in sh they share the terminal, and Ctrl+C ends all. Values
of variables are read from the .env files when a script runs, and never stand in it.

What is quoted how: POSIX, "Shell Command Language", 2.2 (sh); learn.microsoft.com, `start`, `for`,
`set` (cmd: a % in a script is %%); about_Quoting_Rules (PowerShell: '' inside single quotes).
"""

import shlex
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from core.export.terminals import Terminal
from core.export.variables import ByHand, FromFile, Literal, SameAs, Variable
from core.workers.spec import as_typed
from core.workers.spec import quoted_for_powershell as quoted

FORMATS: Final = ("ps1", "bat", "sh")


@dataclass(frozen=True, slots=True)
class Script:
    """What a script says. `path` is the folder of the environment's programs, None without one."""

    title: str
    path: Path | None
    variables: Sequence[Variable]
    terminals: Sequence[Terminal]

    def text(self, form: str) -> str:
        """The script in one of the `FORMATS`, with LF as its line end."""
        match form:
            case "sh":
                lines = _sh(self)
            case "bat":
                lines = _bat(self)
            case _:
                lines = _ps1(self)
        return "\n".join(lines) + "\n"


# --- sh ---

_SH_READER: Final = """\
from_env_file() {  # FILE NAME: as the file has it, unless it is set already
    if eval "[ -n \\"\\${$2+set}\\" ]"; then return; fi
    if [ ! -f "$1" ]; then echo "$1 is not there, so set $2" >&2; exit 1; fi
    value=$(sed -n "s/^$2=//p" "$1" | tail -n 1 | tr -d '\\r')
    case $value in \\"*\\") value=${value#\\"}; value=${value%\\"} ;; esac
    export "$2=$value"
}"""


def _sh(script: Script) -> Iterator[str]:
    yield "#!/bin/sh"
    yield f"# {script.title}"
    if any(isinstance(variable, FromFile) for variable in script.variables):
        yield _SH_READER
    yield from map(_sh_variable, script.variables)
    if script.path is not None:
        yield f'export PATH={shlex.quote(str(script.path))}:"$PATH"'
    yield "trap 'trap - INT TERM; kill 0' INT TERM"
    for terminal in script.terminals:
        own = "".join(f"export {n}={shlex.quote(v)} && " for n, v in terminal.env.items())
        command = as_typed(terminal.argv, "sh")
        yield f"# {terminal.name}"
        yield f"(cd {shlex.quote(str(terminal.cwd))} && {own}exec {command}) &"
    yield "wait"


def _sh_variable(variable: Variable) -> str:
    name = variable.name
    match variable:
        case FromFile():
            return f"from_env_file {shlex.quote(str(variable.file))} {name}"
        case SameAs():
            return f'export {name}="${{{name}-${variable.other}}}"'
        case Literal():
            return f"export {name}={shlex.quote(variable.value)}"
        case ByHand():
            return f': "${{{name}?set it first: {_plain(variable.why)}}}"'
        case _:
            assert_never(variable)


def _plain(text: str) -> str:
    """Without what a shell reads as its own inside double quotes."""
    return text.translate({ord(sign): "?" for sign in '"$`\\}'})


# --- cmd ---

_BAT_READER: Final = """\
goto :eof
:from_env_file
if defined %2 goto :eof
for /f "usebackq tokens=1* delims==" %%a in ("%~1") do if "%%a"=="%2" set "%2=%%~b"
if not defined %2 echo set %2: it is not in %~1
goto :eof"""


def _bat(script: Script) -> Iterator[str]:
    yield "@echo off"
    yield f"rem {script.title.replace('%', '%%')}"
    yield "chcp 65001 >nul"
    yield "setlocal"
    yield from map(_bat_variable, script.variables)
    if script.path is not None:
        yield f'set "PATH={_doubled(str(script.path))};%PATH%"'
    for terminal in script.terminals:
        if terminal.env:
            yield "setlocal"
        yield from (f'set "{name}={_doubled(value)}"' for name, value in terminal.env.items())
        folder, command = _doubled(str(terminal.cwd)), _doubled(as_typed(terminal.argv, "cmd"))
        yield f'start "{_doubled(terminal.name)}" /D "{folder}" {command}'
        if terminal.env:
            yield "endlocal"
    if any(isinstance(variable, FromFile) for variable in script.variables):
        yield _BAT_READER


def _bat_variable(variable: Variable) -> str:
    name = variable.name
    match variable:
        case FromFile():
            return f'call :from_env_file "{_doubled(str(variable.file))}" {name}'
        case SameAs():
            return f'if not defined {name} set "{name}=%{variable.other}%"'
        case Literal():
            return f'set "{name}={_doubled(variable.value)}"'
        case ByHand():
            why = _doubled(variable.why).translate({ord(sign): "?" for sign in '"&|<>^()'})
            return f"if not defined {name} echo set {name} first: {why}& exit /b 1"
        case _:
            assert_never(variable)


def _doubled(text: str) -> str:
    return text.replace("%", "%%")


# --- PowerShell ---

_PS1_READER: Final = """\
function Read-EnvFile([string]$File, [string]$Name) {
    if (Test-Path "env:$Name") { return }
    foreach ($line in [IO.File]::ReadAllLines($File)) {
        if ($line.StartsWith("$Name=")) { $value = $line.Substring($Name.Length + 1) }
    }
    if ($value.Length -gt 1 -and $value[0] -eq '"' -and $value[-1] -eq '"') {
        $value = $value.Substring(1, $value.Length - 2)
    }
    Set-Item "env:$Name" $value
}"""


def _ps1(script: Script) -> Iterator[str]:
    yield f"# {script.title}"
    yield "$ErrorActionPreference = 'Stop'"
    if any(isinstance(variable, FromFile) for variable in script.variables):
        yield _PS1_READER
    yield from map(_ps1_variable, script.variables)
    if script.path is not None:
        yield f"$env:PATH = {quoted(f'{script.path};')} + $env:PATH"
    for terminal in script.terminals:
        for name, value in terminal.env.items():
            yield f"$before_{name} = $env:{name}; $env:{name} = {quoted(value)}"
        program, *arguments = terminal.argv
        # Windows PowerShell puts no quotes around arguments of a list, so it gets one text
        line = subprocess.list2cmdline(arguments)
        passed = f" -ArgumentList {quoted(line)}" if line else ""
        yield f"# {terminal.name}"
        yield (
            f"Start-Process -WorkingDirectory {quoted(str(terminal.cwd))}"
            f" -FilePath {quoted(program)}{passed}"
        )
        yield from (f"$env:{name} = $before_{name}" for name in terminal.env)


def _ps1_variable(variable: Variable) -> str:
    name = variable.name
    match variable:
        case FromFile():
            return f"Read-EnvFile {quoted(str(variable.file))} {name}"
        case SameAs():
            return f"if (-not (Test-Path env:{name})) {{ $env:{name} = $env:{variable.other} }}"
        case Literal():
            return f"$env:{name} = {quoted(variable.value)}"
        case ByHand():
            why = quoted(f"set {name} first: {variable.why}")
            return f"if (-not (Test-Path env:{name})) {{ throw {why} }}"
        case _:
            assert_never(variable)

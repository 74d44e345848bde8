"""Checks of what only Windows has: 16 its modules and programs, 25 its event loops."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.code import Code, Function, Part, dotted
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.graph import needs_of
from core.render.preflight.snapshot import Root, Snapshot
from core.render.preflight.tasks_of import tasks_of

_MODULES: Final = frozenset(
    {
        *("winreg", "_winreg", "msvcrt", "winsound", "_winapi", "nt", "pythoncom", "pywintypes"),
        *("win32", "win32api", "win32con", "win32gui", "win32com", "win32file", "win32event"),
        *("win32process", "win32service", "win32serviceutil", "win32security", "win32pipe"),
        *("win32clipboard", "win32job", "win32pdh", "win32print", "win32evtlog", "win32net"),
        *("win32ts", "win32timezone", "wmi", "winshell", "win10toast", "pywinauto", "comtypes"),
    }
)
_NAMES: Final = frozenset(("os.startfile", "ctypes.windll", "ctypes.WinDLL", "ctypes.oledll"))
_RUNNERS: Final = re.compile(
    r"^(?:subprocess\.(?:run|Popen|call|check_call|check_output)|os\.(?:system|popen)"
    r"|asyncio\.create_subprocess_(?:exec|shell))$"
)
_PROGRAM: Final = re.compile(
    r"^(?:\"?[^\s\"]*\.(?:exe|bat|cmd|ps1)\b|powershell\b|cmd\s+/c\b|cmd$|taskkill\b)",
    re.IGNORECASE,
)


def windows_only(snapshot: Snapshot) -> Iterator[Seen]:
    """16: modules, functions and programs that Linux does not have, without a guard."""
    for root in snapshot.roots:
        for code in snapshot.code(root):
            tasks = {task.function for task in tasks_of(code)}
            for part, what, missing in _uses(code):
                severity = _severity(part, code, root, tasks)
                why = f"Linux has no {missing}: an error as soon as that line runs"
                fix = 'put it behind if sys.platform == "win32", or use what both systems have'
                yield Seen(severity, code.path, part.line, what, why, fix)


def _severity(part: Part, code: Code, root: Root, tasks: set[Function]) -> Severity:
    at_import = part.certain and code.path in root.certain
    in_task = bool(tasks & set(part.within)) and not part.caught
    return Severity.BLOCK if at_import or (in_task and root.known) else Severity.WARN


def _uses(code: Code) -> Iterator[tuple[Part, str, str]]:
    for need in needs_of(code):
        first = need.module.partition(".")[0]
        if need.folder is None and first in _MODULES and not need.part.caught:
            yield need.part, f"{need.module} is imported", f"module {first}"
        full = {f"{need.module}.{name}" for name in need.names} & _NAMES
        if full and need.folder is None and not need.part.caught:
            yield need.part, f"{min(full)} is imported", min(full)
    for part in code.of(ast.Attribute, ast.Call):
        if part.caught:
            continue
        match part.node:
            case ast.Attribute():
                name = code.full_name(part.node)
                if name in _NAMES:
                    yield part, f"{name} is used", name
            case ast.Call() if _RUNNERS.match(code.called(part.node)):
                if (program := _program(part.node)) is not None:
                    yield part, f"{program} is run", f"program {program}"
            case _:
                pass


def _program(call: ast.Call) -> str | None:
    first: ast.expr | None = call.args[0] if call.args else None
    if isinstance(first, ast.List | ast.Tuple):
        first = first.elts[0] if first.elts else None
    match first:
        case ast.Constant(value=str(text)) if found := _PROGRAM.match(text.strip()):
            return found[0].strip('"').replace("\\", "/").rpartition("/")[2]
        case _:
            return None


_LOOPS: Final = frozenset(
    ("WindowsSelectorEventLoopPolicy", "WindowsProactorEventLoopPolicy", "ProactorEventLoop")
)


def event_loops(snapshot: Snapshot) -> Iterator[Seen]:
    """25: event loops of Windows that are asked for on every system."""
    for root in snapshot.roots:
        for code in snapshot.code(root):
            for part in code.of(ast.Attribute, ast.ImportFrom):
                match part.node:
                    case ast.Attribute(attr=name) if name in _LOOPS and not part.caught:
                        base = dotted(part.node).partition(".")[0]
                    case ast.ImportFrom(module="asyncio", names=aliases) if not part.caught:
                        name = next((each.name for each in aliases if each.name in _LOOPS), "")
                        base = "asyncio" if name else ""
                    case _:
                        continue
                if not base:
                    continue
                sure = part.certain and code.path in root.certain
                what = f"asyncio.{name} is used on every system"
                why = "Linux has no such name in asyncio: AttributeError"
                fix = 'put it behind if sys.platform == "win32"'
                severity = Severity.BLOCK if sure else Severity.WARN
                yield Seen(severity, code.path, part.line, what, why, fix)

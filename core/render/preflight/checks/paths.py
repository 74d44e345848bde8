"""Checks of files that code opens: 13 paths of Windows, 14 encodings, 15 files for tasks."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.code import Code, Function, dotted
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.mend import Mend, ReplaceLine
from core.render.preflight.snapshot import Snapshot

_TAKERS: Final = re.compile(
    r"(?:^|\.)(?:open|Path|PurePath|join|exists|isfile|isdir|makedirs|mkdir|remove|listdir|read_csv"
    r"|read_excel|to_csv|to_excel|FileHandler|glob|copy|copyfile|move|rename|send_file|expandvars)$"
)
_OF_WINDOWS: Final = re.compile(r"^[A-Za-z]:[\\/]|%(?:TEMP|TMP|APPDATA|LOCALAPPDATA|USERPROFILE)%")
_BACKSLASH: Final = re.compile(r"^[\w .\-]*(?:\\[\w .\-]+)+\\?$")


def windows_paths(snapshot: Snapshot) -> Iterator[Seen]:
    """13: drive letters, backslashes and %TEMP% in paths."""
    for root in snapshot.roots:
        for code in snapshot.code(root):
            for part, call in code.calls():
                if not _TAKERS.search(code.called(call)):
                    continue
                for text, line in _texts(call):
                    if _OF_WINDOWS.search(text) or _BACKSLASH.match(text):
                        what = f"{dotted(call.func).lstrip('.')} is given a path of Windows"
                        why = "on Linux a backslash is part of a name, and there are no drives"
                        fix = "use pathlib and /, tempfile for %TEMP%, a variable for places"
                        yield Seen(Severity.WARN, code.path, line or part.line, what, why, fix)


def _texts(call: ast.Call) -> Iterator[tuple[str, int]]:
    for argument in call.args:
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, node.lineno


def encodings(snapshot: Snapshot) -> Iterator[Seen]:
    """14: text files that are opened in whatever encoding the system has."""
    for root in snapshot.roots:
        for code in snapshot.code(root):
            lines = list(_bare(code, snapshot))
            if lines:
                more = f", and {len(lines) - 1} more times" if len(lines) > 1 else ""
                what = f"open() without an encoding{more}"
                why = "it is cp1252 on Windows and UTF-8 there: umlauts turn into other letters"
                edits = tuple(edit for _, edit in lines if edit is not None)
                mend = Mend(f'add encoding="utf-8" in {code.path}', edits) if edits else None
                fix = 'write encoding="utf-8"'
                yield Seen(Severity.WARN, code.path, lines[0][0], what, why, fix, mend)


def _bare(code: Code, snapshot: Snapshot) -> Iterator[tuple[int, ReplaceLine | None]]:
    source: list[str] | None = None
    for _, call in code.calls():
        name = code.called(call)
        method = isinstance(call.func, ast.Attribute) and name.endswith(
            (".read_text", ".write_text")
        )
        if name not in ("open", "io.open") and not method:
            continue
        keywords = {keyword.arg for keyword in call.keywords}
        if "encoding" in keywords or None in keywords or _is_binary(call, method=method):
            continue
        if source is None:
            source = snapshot.commit.text(code.path).splitlines()
        yield call.lineno, _edit(call, code.path, source)


def _is_binary(call: ast.Call, *, method: bool) -> bool:
    if method:  # read_text(encoding), write_text(data, encoding)
        return len(call.args) > (1 if dotted(call.func).endswith(".write_text") else 0)
    modes = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "mode")]
    if any(not isinstance(mode, ast.Constant) for mode in modes) or len(call.args) > 3:
        return True  # who knows
    return any(isinstance(mode, ast.Constant) and "b" in str(mode.value) for mode in modes)


def _edit(call: ast.Call, file: str, source: list[str]) -> ReplaceLine | None:
    """The edit where the call stands in one line, which is plain ASCII."""
    if call.end_lineno != call.lineno or call.lineno > len(source):
        return None
    line = source[call.lineno - 1]
    written = line[call.col_offset : call.end_col_offset]
    if not line.isascii() or not written.endswith(")") or line.count(written) != 1:
        return None
    comma = "" if written.rstrip(")").endswith("(") else ", "
    new = f'{written[:-1]}{comma}encoding="utf-8")'
    return ReplaceLine(file, call.lineno, written, new)


_PATHLIKE: Final = re.compile(r"(?:^|_)(?:path|filepath|file_?name|tmp_?file|temp_?file|upload)s?$")
_SENDING: Final = (".delay", ".apply_async", ".send_task", ".s", ".si")
_WRITING: Final = ("open", "io.open", "aiofiles.open")


def shared_files(snapshot: Snapshot) -> Iterator[Seen]:
    """15: paths of files that are handed to a task, which runs where there is no such file."""
    apart = any(service.works for service in snapshot.services) and any(
        service.serves and not service.works for service in snapshot.services
    )
    for root in snapshot.roots:
        for code in snapshot.code(root):
            web = code.path in root.web.likely
            for function in code.bodies:
                for line, name in _sent(code, function):
                    written = name in _written_names(code, function)
                    if not written and not web:
                        continue
                    sure = written and web and apart
                    what = f"{name} is handed to a task"
                    why = "web service and worker have disks of their own: it finds no such file"
                    fix = "put the file into an object store (S3), and hand over its key"
                    severity = Severity.BLOCK if sure else Severity.WARN
                    yield Seen(severity, code.path, line, what, why, fix)


def _sent(code: Code, function: Function) -> Iterator[tuple[int, str]]:
    for part in code.bodies[function]:
        if not isinstance(part.node, ast.Call) or part.within[-1] is not function:
            continue
        if not dotted(part.node.func).endswith(_SENDING[:3]):
            continue
        arguments = [*part.node.args, *(keyword.value for keyword in part.node.keywords)]
        for argument in arguments:
            for node in ast.walk(argument):
                match node:
                    case ast.Name(id=name) | ast.Attribute(attr=name) if _PATHLIKE.search(name):
                        yield part.node.lineno, name
                    case _:
                        pass


def _written_names(code: Code, function: Function) -> set[str]:
    names: set[str] = set()
    for part in code.bodies[function]:
        match part.node:
            case ast.Call(func=func, args=[ast.Name(id=name), ast.Constant(value=str(mode)), *_]):
                if code.full_name(func) in _WRITING and set(mode) & set("wax"):
                    names.add(name)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="write_bytes" | "write_text")
            ):
                names.add(name)
            case _:
                pass
    return names

"""Makes fixes in the working tree: prepared and shown first, then made whole or not at all, undone.

What is written stays uncommitted: Render gets it with the next commit.
"""

import difflib
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, assert_never

from core.errors import FleetError
from core.logs.redact import Redactor
from core.project.env_files import parse_env_text
from core.render.preflight.commit import decoded
from core.render.preflight.git import make_executable
from core.render.preflight.mend import (
    AddLine,
    Edit,
    MakeExecutable,
    Mend,
    ReplaceLine,
    Rewrite,
    WriteFile,
)
from core.settings.atomic import replace_bytes

_UTF_16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it is, None where there is none, and as it will be."""

    file: str
    before: bytes | None = field(repr=False)
    after: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """All that is to be made in the working tree at `top`; empty when all of it is there."""

    top: Path
    files: tuple[FileChange, ...]
    executable: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.files or self.executable)

    def diff(self) -> Iterator[str]:
        """The lines that change, as a unified diff without any around them; secrets are masked."""
        for each in self.files:
            before, after = decoded(each.before or b""), decoded(each.after)
            mask = _redactor(each.file, before, after)
            yield from (
                mask(line.rstrip("\r\n").encode()).decode("utf-8", "replace")
                for line in difflib.unified_diff(
                    before.splitlines(keepends=True),
                    after.splitlines(keepends=True),
                    "/dev/null" if each.before is None else f"a/{each.file}",
                    f"b/{each.file}",
                    n=0,
                )
            )
        for file in self.executable:
            yield from (f"--- a/{file}", f"+++ b/{file}", "old mode 100644", "new mode 100755")


def _redactor(file: str, *texts: str) -> Redactor:
    if not Path(file).name.startswith(".env"):
        return Redactor()
    lines = [line for text in texts for line in parse_env_text(text, file).values]
    return Redactor.of({line.name: line.text for line in lines})


def prepare(mends: Iterable[Mend], top: Path) -> Change:
    """What these mends come to in the working tree at `top`; nothing is written. Blocks.

    Raises FleetError when a file is not as the commit has it where it would change, cannot be read,
    or lies elsewhere.
    """
    edits = [edit for mend in mends for edit in mend.edits]
    before: dict[str, bytes | None] = {}
    after: dict[str, bytes | None] = {}
    for edit in edits:
        if isinstance(edit, MakeExecutable):
            continue
        if edit.file not in before:
            before[edit.file] = after[edit.file] = _read(_place(edit.file, top))
        after[edit.file] = _edited(edit, after[edit.file])
    files = tuple(
        FileChange(file, before[file], new)
        for file, new in after.items()
        if new is not None and new != before[file]
    )
    executable = (edit.file for edit in edits if isinstance(edit, MakeExecutable))
    return Change(top, files, tuple(dict.fromkeys(executable)))


def _place(file: str, top: Path) -> Path:
    """Where it is; a link may lead out of the repository, and then it is not followed."""
    place = top / file
    if not place.resolve().is_relative_to(top.resolve()):
        why = "it lies outside of the repository"
        raise _refused(file, why, "Change it by hand, if it is yours.")
    return place


def _read(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        why = error.strerror or str(error)
        raise _refused(place.name, why, "Check its permissions.") from error


def _edited(edit: Edit, data: bytes | None) -> bytes | None:
    match edit:
        case WriteFile(file, text):
            if data is not None and decoded(data).strip() != text:
                raise _refused(
                    file, "it is there, and says something else", "Commit it, or edit it."
                )
            return f"{text}\n".encode()
        case AddLine(_, text):
            return _with_line(text, data or b"")
        case Rewrite(file):
            if data is None:
                raise _gone(file)
            return decoded(data).replace("\r\n", "\n").encode()
        case ReplaceLine():
            if data is None:
                raise _gone(edit.file)
            return _replaced(edit, data)
        case MakeExecutable():
            return data
        case _:
            assert_never(edit)


def _with_line(text: str, data: bytes) -> bytes:
    if text.encode() in data.splitlines():
        return data
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = end if data and not data.endswith(b"\n") else b""
    return data + gap + text.encode() + end


def _replaced(edit: ReplaceLine, data: bytes) -> bytes:
    """The rest of the file stays as it is, byte for byte, whatever its encoding."""
    mark = data[:2] if data[:2] in _UTF_16 else b""
    codec = _UTF_16.get(mark, "utf-8")
    lines = data[len(mark) :].decode(codec, "surrogateescape").splitlines(keepends=True)
    line = lines[edit.line - 1] if edit.line <= len(lines) else ""
    if line.count(edit.old) != 1:
        raise _gone(f"{edit.file}:{edit.line}")
    lines[edit.line - 1] = line.replace(edit.old, edit.new)
    return mark + "".join(lines).encode(codec, "surrogateescape")


def _gone(place: str) -> FleetError:
    why = "it is not in the working tree as it is in the commit"
    return _refused(place, why, "Commit what you have, check again, and mend then.")


def _refused(place: str, why: str, fix: str) -> FleetError:
    return FleetError(f"{place} was not mended", why, fix)


def apply(change: Change) -> None:
    """Make it. Blocks. Raises FleetError, and then everything is as it was."""
    _write(change)
    try:
        _set_executable(change, on=True)
    except FleetError:
        _write(change, back=True)
        raise


def undo(change: Change) -> None:
    """Take it back. Blocks. Raises FleetError when a file has been changed since."""
    for each in change.files:
        if _read(change.top / each.file) != each.after:
            raise _refused(each.file, "it has been changed since", "Take the change back by hand.")
    _set_executable(change, on=False)
    _write(change, back=True)


def _write(change: Change, *, back: bool = False) -> None:
    """Write all of them, or leave all as they are."""
    done: list[FileChange] = []
    try:
        for each in change.files:
            _put(change.top / each.file, each.before if back else each.after)
            done.append(each)
    except OSError as error:
        for each in reversed(done):
            with suppress(OSError):
                _put(change.top / each.file, each.after if back else each.before)
        why = error.strerror or str(error)
        fix = "Check its permissions, and whether another program has it open."
        raise _refused(str(error.filename or change.top), why, fix) from error


def _put(place: Path, data: bytes | None) -> None:
    if data is None:
        place.unlink(missing_ok=True)
    else:
        replace_bytes(place, data)


def _set_executable(change: Change, *, on: bool) -> None:
    if not change.executable:
        return
    make_executable(change.top, change.executable, on=on)
    if sys.platform != "win32":
        for file in change.executable:
            place = change.top / file
            mode = place.stat().st_mode
            place.chmod(mode | 0o111 if on else mode & ~0o111)

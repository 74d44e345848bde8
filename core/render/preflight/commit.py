"""What git would send: the commit that HEAD names, and where the working tree differs from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

EXECUTABLE: Final = "100755"
LINK: Final = "120000"
SUBMODULE: Final = "160000"


@dataclass(frozen=True, slots=True)
class Entry:
    """A tracked file: its mode, the id of its content, its size in bytes."""

    path: str
    mode: str
    blob: str
    size: int


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit, by paths from `top` with slashes.

    `branch` is None where HEAD is detached. `folder` is the opened one, "" for the top.
    `contents` are the files that were read. `loose` are Python files that stand in the working
    tree and not in the commit: untracked, ignored, or added since. `changed` differ from it.
    `as_crlf` get CRLF at checkout, by their attributes, whatever they have in the commit.
    """

    top: Path
    folder: str
    oid: str
    branch: str | None
    entries: Mapping[str, Entry]
    contents: Mapping[str, bytes]
    submodules: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    loose: frozenset[str] = frozenset()
    as_crlf: frozenset[str] = frozenset()

    def find(self, path: str) -> str | None:
        """The text of a file; None where the commit has none of this path that was read."""
        data = self.contents.get(path)
        return None if data is None else decoded(data)

    def text(self, path: str) -> str:
        """The text of a file; empty for one that was not read."""
        return self.find(path) or ""


def decoded(data: bytes) -> str:
    """Text of bytes as editors of Windows write them; what cannot be read is replaced."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def joined(folder: str, path: str) -> str:
    """A path below a folder of the commit, with `.`, `..` and empty parts taken out."""
    parts: list[str] = []
    for part in f"{folder}/{path}".split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def is_below(path: str, folder: str) -> bool:
    """Whether a path of the commit is in a folder, which is "" for the top."""
    return not folder or path.startswith(f"{folder}/")

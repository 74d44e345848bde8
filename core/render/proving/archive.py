"""The commit as a tar file: all that a checkout of it has on Linux."""

import io
import tarfile
from pathlib import Path

from core.render.preflight.commit import EXECUTABLE, LINK, Commit
from core.render.preflight.git import Git, find_git, read_blobs


def write_archive(commit: Commit, file: Path, git: str | None = None) -> None:
    """Write it. Blocks. Raises FleetError as `read_commit`.

    `git archive` leaves out what `.gitattributes` says is not for archives; Render checks out, and
    so has it. Line ends are as Linux gets them, whatever this machine is set to.
    """
    run = Git(git or find_git(), commit.top)
    as_linux = ("-c", "core.autocrlf=false", "-c", "core.eol=lf")
    run.out(*as_linux, "archive", "--format=tar", f"--output={file}", commit.oid)
    with tarfile.open(file) as tar:
        there = {member.name for member in tar}
    missing = [entry for path, entry in commit.entries.items() if path not in there]
    if not missing:
        return
    contents = read_blobs(run, missing)
    with tarfile.open(file, "a") as tar:
        for entry in missing:
            data = contents.get(entry.path, b"")
            info = tarfile.TarInfo(entry.path)
            info.mode = 0o755 if entry.mode == EXECUTABLE else 0o644
            if entry.mode == LINK:
                info.type, info.linkname = tarfile.SYMTYPE, data.decode("utf-8", "replace")
                tar.addfile(info)
            else:
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))

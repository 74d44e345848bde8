"""The branch of a project, and how it is pushed: by the system's git, with its own credentials.

Formats: git-status(1), porcelain version 2, and git-push(1), porcelain. All of it blocks.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import FAILED, USAGE, FleetError
from core.render.preflight.git import Git, find_git
from core.secret import mask_url

DEADLINE_S: Final = 600.0
"""A first push may be large, and a person may have to log in."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Another repository that git knows; the address is for people, without passwords."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch that is checked out. `ahead` and `behind` are as of git's last talk with it.

    `upstream` is `origin/main`, None while it follows none; `ahead` then counts what no remote has.
    `changed` files are not committed, and so are not pushed.
    """

    top: Path
    name: str
    oid: str
    upstream: str | None
    ahead: int
    behind: int
    changed: tuple[str, ...]
    remotes: tuple[Remote, ...]


def read_branch(folder: Path) -> Branch:
    """Ask git. Raises FleetError: no git, no repository, no commit, no branch."""
    git = Git(find_git(), folder)
    top = Path(git.out("rev-parse", "--show-toplevel").decode("utf-8", "replace").strip())
    told: dict[str, str] = {}
    changed: list[str] = []
    status = git.out("status", "--porcelain=v2", "--branch", "-z", "--no-renames")
    for record in status.decode("utf-8", "replace").split("\0"):
        if record.startswith("# branch."):
            key, _, value = record.removeprefix("# branch.").partition(" ")
            told[key] = value
        elif record:
            changed.append(_path(record))
    name, oid = told.get("head", ""), told.get("oid", "")
    if oid == "(initial)":
        raise _refused(top, "it has no commit yet", "Commit first: git add -A, then git commit.")
    if name == "(detached)":
        fix = "Go to a branch first: git switch main"
        raise _refused(top, f"{oid[:7]} is checked out without a branch", fix)
    ahead, behind = (int(part[1:]) for part in told.get("ab", "+0 -0").split())
    if "upstream" not in told or "ab" not in told:
        ahead = int(git.out("rev-list", "--count", "HEAD", "--not", "--remotes").strip())
    remotes = git.out("remote").decode("utf-8", "replace").split()
    return Branch(
        top=top,
        name=name,
        oid=oid,
        upstream=told.get("upstream"),
        ahead=ahead,
        behind=behind,
        changed=tuple(changed),
        remotes=tuple(Remote(each, _address(git, each)) for each in remotes),
    )


def _path(record: str) -> str:
    """The path of a record; its fields before that have no spaces."""
    return record.split(" ", {"1": 8, "u": 10}.get(record[0], 1))[-1]


def _address(git: Git, remote: str) -> str:
    told = git.out("remote", "get-url", "--push", remote)
    return mask_url(told.decode("utf-8", "replace").strip())


def choose_remote(branch: Branch, wanted: str | None) -> Remote:
    """The remote of this name; without one that of the upstream, or the only one.

    Raises FleetError.
    """
    if not branch.remotes:
        fix = "Make an empty repository on GitHub, then: git remote add origin URL"
        raise _refused(branch.top, "git knows no remote to push to", fix)
    upstream = branch.upstream or ""
    for each in branch.remotes:
        if each.name == wanted or (wanted is None and upstream.startswith(f"{each.name}/")):
            return each
    if wanted is None and len(branch.remotes) == 1:
        return branch.remotes[0]
    names = ", ".join(f"{each.name} ({each.address})" for each in branch.remotes)
    why = f"there is no remote {wanted}" if wanted else f"{branch.name} follows none of several"
    raise _refused(branch.top, f"{why}; there are: {names}", "Say which one: --remote NAME.")


def push(branch: Branch, remote: Remote) -> str:
    """Push the branch under its own name, and let it follow the remote if it follows nobody.

    Gives git's summary, as `0c1d2e3..4f5a6b7`. Never forces. Raises FleetError.
    """
    git = Git(find_git(), branch.top)
    follow = () if branch.upstream else ("--set-upstream",)
    ref = f"refs/heads/{branch.name}"
    done = git.run(
        "push", "--porcelain", *follow, remote.name, f"{ref}:{ref}", deadline_s=DEADLINE_S
    )
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    said = next((line.split("\t") for line in lines if line.count("\t") == 2), None)
    if done.returncode == 0 and said is not None:
        return said[2]
    raise _failed(branch, remote, said[2] if said else "", done.stderr.decode("utf-8", "replace"))


def _failed(branch: Branch, remote: Remote, summary: str, err: str) -> FleetError:
    err = mask_url(err)
    why, fix = _first_line(err) or summary, f"Try it yourself: git push {remote.name} {branch.name}"
    if "non-fast-forward" in summary or "fetch first" in summary:
        why = f"{remote.name} has commits of {branch.name} that are not here {summary[10:].strip()}"
        fix = f"Take them first: git pull --rebase {remote.name} {branch.name}; then push again."
    elif summary.startswith("[remote rejected]"):
        why = f"{remote.name} refused it: {summary.removeprefix('[remote rejected]').strip()}"
        fix = "A rule of that repository forbids it, such as a protected branch: push another one."
    elif any(words in err for words in _NO_ENTRY):
        fix = f"Log in with git's own means: run git push {remote.name} in a terminal once."
    elif any(words in err for words in _NO_NETWORK):
        fix = "Look whether you are online, then push again; nothing was sent."
    what = f"{branch.name} was not pushed to {remote.name} ({remote.address})"
    return FleetError(what, why, fix, exit_code=FAILED)


_NO_ENTRY: Final = (
    "Authentication failed",
    "could not read Username",
    "could not read Password",
    "Permission denied",
    "403",
)
_NO_NETWORK: Final = ("Could not resolve", "unable to connect", "Connection refused", "timed out")


def _first_line(err: str) -> str:
    lines = [line for line in err.splitlines() if line.startswith(("fatal:", "error:"))]
    lines = lines or err.strip().splitlines()
    return lines[0].partition(": ")[2] or lines[0] if lines else ""


def _refused(top: Path, why: str, fix: str) -> FleetError:
    return FleetError(f"{top} cannot be pushed", why, fix, exit_code=USAGE)

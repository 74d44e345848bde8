"""The first connect of a repository with Render, which is done in Render's dashboard.

The API has no call for it. The address of the page is that of Render's own instructions for its
command line (https://github.com/render-oss/skills, render-deploy).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from core.errors import USAGE, FleetError
from core.render.blueprint.reading import Document
from core.render.blueprint.services import groups_of, services_of
from core.render.pushing import Branch, Remote

PAGE: Final = "https://dashboard.render.com/blueprint/new?repo="
HOSTS: Final = ("github.com", "gitlab.com", "bitbucket.org")
"""Where Render reads repositories; others it takes as images only."""
_ADDRESS: Final = re.compile(r"(?:\w+://)?(?:[^@/\s]+@)?([\w.-]+)(?::\d+/|[:/])(.+?)(?:\.git)?/?")


@dataclass(frozen=True, slots=True)
class Guide:
    """The page to open, and what to do there in this order; the names that it will ask for."""

    page: str
    steps: tuple[str, ...]
    asked: tuple[str, ...]


def web_address(address: str) -> str | None:
    """Where a browser sees a repository: https://HOST/OWNER/NAME; None where Render would not.

    Takes git's spellings: https, ssh, `git@HOST:OWNER/NAME.git`.
    """
    found = _ADDRESS.fullmatch(address.strip())
    if found is None or found[1].lower() not in HOSTS:
        return None
    return f"https://{found[1].lower()}/{found[2]}"


def repository(remote: Remote) -> str:
    """The same of a remote. Raises FleetError where Render cannot read it."""
    if (address := web_address(remote.address)) is not None:
        return address
    raise FleetError(
        f"Render cannot connect {remote.address}",
        f"it reads repositories of {', '.join(HOSTS)}",
        "Push to one of them, then name it: --remote NAME.",
        exit_code=USAGE,
    )


def connect_guide(document: Document, branch: Branch, remote: Remote, workspace: str) -> Guide:
    """How to connect it. Raises FleetError where Render cannot read the repository."""
    address = repository(remote)
    names = [each.text("name") for each in services_of(document.root)]
    groups = [each.text("name") for each in groups_of(document.root)]
    asked = tuple(asked_for(document))
    steps = [
        f"Push {branch.name} with render.yaml in it: solofleet render push"
        if branch.ahead or branch.upstream is None
        else f"{branch.name} is pushed to {remote.name}",
        f"Open the page, in the workspace {workspace}; let Render read the repository when it asks",
        f"Choose the branch {branch.name}; Render lists what it will make: "
        f"{', '.join((*names, *groups))}",
    ]
    if asked:
        steps.append(f"Type the values of {', '.join(asked)}, which are in no file")
    steps.append("Click Apply, then come back: solofleet render deploy --follow")
    return Guide(f"{PAGE}{quote(address, safe=':/')}", tuple(steps), asked)


def asked_for(document: Document) -> Iterator[str]:
    """The variables with `sync: false`, each name once."""
    seen: set[str] = set()
    for service in services_of(document.root):
        for variable in service.tables("envVars"):
            key = variable.text("key")
            if variable.text("sync") == "false" and key not in seen:
                seen.add(key)
                yield key

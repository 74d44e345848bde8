"""How the services of a project stand on Render, as far as a proof needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import FleetError
from core.render.api.answers import Deploy, Instance, Service
from core.render.api.client import RenderApi
from core.render.api.event import Event
from core.render.api.matching import Match
from core.render.preflight.git import Git, find_git


@dataclass(frozen=True, slots=True)
class Standing:
    """One service of render.yaml. Without `service` it is not on Render, and all else is empty.

    `live` is the deploy that serves, `coming` the one under way. `failures` are those since the
    live deploy began.
    """

    match: Match
    service: Service | None = None
    live: Deploy | None = None
    coming: Deploy | None = None
    instances: tuple[Instance, ...] = ()
    failures: tuple[Event, ...] = ()

    def of_live(self, instance: str) -> bool | None:
        """Whether an instance began after the live deploy did; None where that is not known.

        Both times are of Render's clock.
        """
        began = next((each.created_at for each in self.instances if each.id == instance), None)
        since = self.live.created_at if self.live else None
        return None if began is None or since is None else began >= since


async def stand(api: RenderApi, matches: Sequence[Match]) -> tuple[Standing, ...]:
    """Ask about each of them. Raises FleetError."""
    return tuple([await _standing(api, match) for match in matches])


async def _standing(api: RenderApi, match: Match) -> Standing:
    if (service := match.service) is None:
        return Standing(match)
    deploys = await api.deploys(service)
    live = next((each for each in deploys if each.status == "live"), None)
    coming = next((each for each in deploys if not each.ended), None)
    instances = () if service.suspended else await api.instances(service)
    events = await api.events(service, _since(live))
    failures = (each for each in events if each.type == "server_failed" and each.failure)
    return Standing(match, service, live, coming, instances, tuple(failures))


def _since(live: Deploy | None) -> datetime | None:
    return live.created_at if live else None


def pushed_commit(folder: Path, branch: str) -> str:
    """The commit that this clone last saw at the head of a branch elsewhere; empty without. Blocks.

    Of several remotes the one that the branch follows counts, then `origin`.
    """
    try:
        git = Git(find_git(), folder)
        for name in (f"{branch}@{{upstream}}", f"refs/remotes/origin/{branch}"):
            found = git.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if found.returncode == 0:
                return found.stdout.decode("ascii", "replace").strip()
    except FleetError:
        pass  # no git, or no repository: then nothing is known
    return ""

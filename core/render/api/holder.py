"""Where variables are kept on Render: in a group that services share, or in one service."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import USAGE, FleetError
from core.render.api.answers import EnvGroup, EnvVar, Service
from core.render.api.client import RenderApi
from core.secret import Secret


@dataclass(frozen=True, slots=True)
class Holder:
    """A group or a service."""

    of: EnvGroup | Service

    def __str__(self) -> str:
        kind = "group" if isinstance(self.of, EnvGroup) else "service"
        return f"the {kind} {self.of.name} ({self.of.id})"

    async def read(self, api: RenderApi) -> tuple[EnvVar, ...]:
        """All variables that are in it."""
        if isinstance(self.of, EnvGroup):
            return (await api.env_group(self.of.id)).vars
        return await api.env_vars(self.of)

    async def put(self, api: RenderApi, key: str, value: Secret) -> None:
        """Set one, and leave all others alone."""
        if isinstance(self.of, EnvGroup):
            await api.put_group_var(self.of, key, value)
        else:
            await api.put_env_var(self.of, key, value)


def choose_holder(
    groups: Sequence[EnvGroup], services: Sequence[Service], wanted: str | None
) -> Holder:
    """The group or service of this name; the only group of these services when nobody said.

    Raises FleetError.
    """
    ids = {service.id for service in services}
    linked = [group for group in groups if ids.intersection(group.services)]
    if wanted is None:
        fits: list[EnvGroup | Service] = [*linked]
    else:
        fits = [each for each in (*groups, *services) if each.name == wanted]
    if len(fits) == 1:
        return Holder(fits[0])
    names = ", ".join(each.name for each in (*linked, *services)) or "none"
    what = "which group or service shall have them?" if wanted is None else f"which is {wanted!r}?"
    fix = "Say which one: --to NAME. One group that is linked to all services is the best place."
    raise FleetError(what, f"of this project there are: {names}", fix, exit_code=USAGE)

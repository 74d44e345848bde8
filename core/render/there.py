"""What of a project is on Render: a workspace, and the services of its render.yaml."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import USAGE, FleetError
from core.project.folder import project_folder
from core.render.api.answers import Owner, Service
from core.render.api.client import RenderApi
from core.render.api.matching import Match, choose_service
from core.render.blueprint.drafting import FILE
from core.render.blueprint.reading import Document, find_above, read_file
from core.render.blueprint.services import Role


@dataclass(frozen=True, slots=True)
class OnRender:
    """A workspace, and the services of a project's render.yaml in it."""

    api: RenderApi
    owner: Owner
    matches: tuple[Match, ...]

    def service(self, name: str | None, role: Role = Role.WORKER) -> Service:
        """The one of this name; the only one for `role` without. Raises FleetError."""
        return choose_service(self.matches, name, role)

    def there(self) -> tuple[Service, ...]:
        """Those that are on Render."""
        return tuple(each.service for each in self.matches if each.service is not None)


def blueprint_of(project: Path) -> Document:
    """The render.yaml of a folder, or of one above it. Raises FleetError. Blocks."""
    folder = project_folder(project)
    if (file := find_above(folder, FILE)) is not None:
        return read_file(file)
    raise FleetError(
        f"{folder} has no {FILE}",
        "it says which services on Render are this project's",
        "Make it: solofleet render blueprint --write",
        exit_code=USAGE,
    )

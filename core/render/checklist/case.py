"""All that the boxes are ticked from: the commit, and what Render said of its services."""

from dataclasses import dataclass

from core.errors import FleetError
from core.render.blueprint.node import Table
from core.render.blueprint.running import whole_command
from core.render.blueprint.services import Role, role_of, services_of
from core.render.checklist.proof import Proof
from core.render.checklist.there import Remote, There
from core.render.preflight.checks.variables import whole_picture
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Root, Snapshot
from core.render.variables.contract import Picture


@dataclass(frozen=True, slots=True)
class Meant:
    """A service of render.yaml: as preflight reads it, as it is written, as it is on Render."""

    service: Service
    table: Table
    role: Role
    root: Root | None
    there: There | None


@dataclass(frozen=True, slots=True)
class Case:
    """`remote` is the error where Render could not be asked; `picture` has the variables.

    `proof` is what `verify` came to last.
    """

    snapshot: Snapshot
    remote: Remote | FleetError
    picture: Picture
    proof: Proof | None = None

    @property
    def has_blueprint(self) -> bool:
        """Whether there is a render.yaml that can be read."""
        return self.snapshot.blueprint.document is not None

    def meant(self, role: Role) -> tuple[Meant, ...]:
        """The services for this."""
        said = self.snapshot.blueprint
        if said.document is None:
            return ()
        tables, text_of = services_of(said.document.root), self.snapshot.commit.find
        return tuple(
            Meant(service, table, role, self._root(service), self._there(service))
            for service, table in zip(said.services, tables, strict=True)
            if role_of(table, whole_command(table, text_of)) is role
        )

    def _root(self, service: Service) -> Root | None:
        return next((root for root in self.snapshot.roots if root.path == service.root), None)

    def _there(self, service: Service) -> There | None:
        return (
            None if isinstance(self.remote, FleetError) else self.remote.services.get(service.name)
        )


def case_of(snapshot: Snapshot, remote: Remote | FleetError, proof: Proof | None = None) -> Case:
    """The case of a commit; it reads all code for the variables that it takes."""
    return Case(snapshot, remote, whole_picture(snapshot), proof)

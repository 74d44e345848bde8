"""What the schema accepts and Render, Celery or the network does not: the faults that people write.

Each lint is a function that looks at the whole Blueprint. A lint that explains better what the
schema refuses stands in its place.
"""

from collections.abc import Callable, Iterator
from typing import Final

from core.render.blueprint.command_lints import COMMAND_LINTS
from core.render.blueprint.fault import Fault, Severity
from core.render.blueprint.reading import Document
from core.render.blueprint.service_lints import SERVICE_LINTS
from core.render.blueprint.validating import schema_faults
from core.render.blueprint.variable_lints import VARIABLE_LINTS

Lint = Callable[[Document], Iterator[Fault]]

LINTS: Final[tuple[Lint, ...]] = (*SERVICE_LINTS, *VARIABLE_LINTS, *COMMAND_LINTS)


def blueprint_faults(document: Document) -> tuple[Fault, ...]:
    """All that is wrong with a Blueprint, in the order of the file; one fault of a rule a place."""
    found = {
        (fault.line, fault.column, fault.rule): fault for lint in LINTS for fault in lint(document)
    }
    explained = {place[:2] for place, one in found.items() if one.severity is Severity.BLOCK}
    for fault in schema_faults(document, strict=False):
        if (fault.line, fault.column) not in explained:
            found[fault.line, fault.column, fault.what] = fault
    return tuple(found[place] for place in sorted(found))

"""All the variables that a project's code reads."""

from collections.abc import Mapping

from core.render.variables.calls import readers_of, reads_of
from core.render.variables.classes import reads_of_classes
from core.render.variables.read import Read, parse


def reads_in(sources: Mapping[str, bytes]) -> tuple[Read, ...]:
    """The reads of these files, by path; files that are no Python have none."""
    parsed = [each for path in sorted(sources) if (each := parse(path, sources[path]))]
    readers = {name: reader for each in parsed for name, reader in readers_of(each).items()}
    found = [read for each in parsed for read in reads_of(each, readers)]
    found += reads_of_classes(parsed)
    return tuple(sorted(found, key=lambda read: (read.name, read.file, read.line)))

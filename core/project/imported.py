"""The names that import statements bind."""

import ast
from collections.abc import Iterable, Iterator


def imported_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Each name with what it stands for, by dots: `np` for `numpy`, `engine` for `.db.engine`.

    Nodes that are no imports bind nothing.
    """
    for node in nodes:
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    first = alias.name.partition(".")[0]
                    yield (alias.asname, alias.name) if alias.asname else (first, first)
            case ast.ImportFrom(module=module, names=aliases, level=level):
                base = "." * level + (module or "")
                for alias in aliases:
                    yield alias.asname or alias.name, f"{base}.{alias.name}"
            case _:
                pass

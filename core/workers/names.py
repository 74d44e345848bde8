"""Node names for the workers of a fleet, made from one template.

The host is filled in by us, whichever way the template spells it: Celery's `%h %n %d %%`
(`celery/utils/nodenames.py`, `host_format`, 5.2-5.7), or what guides write for one shell or
another. Only that shell expands the latter; Celery, started by another, crashes on it
("Unknown format %C"). `%i` is the worker's number: each solo worker stands for one process
of a prefork pool, which is what `%i` counts in Celery.
"""

import platform
import re
import socket
from typing import Final

from core.errors import USAGE, FleetError

DEFAULT_TEMPLATE: Final = "worker%i@%h"

_SHELL_SPELLINGS: Final = re.compile(
    r"""
      % (?: computername | hostname ) %          # cmd
    | \$env: (?: computername | hostname ) \b    # PowerShell
    | \$\{ env: (?: computername | hostname ) \}
    | \$ (?: hostname | computername ) \b        # sh
    | \$\{ (?: hostname | computername ) \}
    | \$\( hostname \)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLACE: Final = re.compile(r"%(.?)")
_UNFIT: Final = re.compile(r"[^\w.+-]")  # \w: letters and digits of all scripts
_DIGITS: Final = "0123456789"


def this_host() -> str:
    """This machine's name, as in Celery's own node names (`socket.gethostname()`)."""
    return platform.node() or socket.gethostname() or "localhost"


def names(template: str, count: int, host: str) -> tuple[str, ...]:
    """The first `count` node names: all different, and the same for every larger count.

    Without `%i` the number follows the name (`worker@%h`: worker1@HOST, worker2@HOST); a name
    that ends in a number counts on from there (`worker1@%h`). Without `@` the host is added.
    Characters of the host that a node name cannot have become hyphens.

    Raises FleetError for a template that gives no good names. `%%` gives one `%`, which must
    be doubled again when the name goes to the `celery` command line.
    """
    plain = _SHELL_SPELLINGS.sub("%h", template)
    if fault := _fault(plain):
        raise _impossible(template, fault)
    name, _, place = plain.partition("@")
    numbered = "%i" in plain.replace("%%", "")
    digits = "" if numbered else name[len(name.rstrip(_DIGITS)) :]
    pattern = name if numbered else name.removesuffix(digits) + "%i"
    first = int(digits or 1)
    values = _values(host)
    made = tuple(
        _filled(f"{pattern}@{place or '%h'}", values | {"i": f"{number:0{len(digits)}}"})
        for number in range(first, first + count)
    )
    if any(node.startswith("@") or node.endswith("@") for node in made):
        raise _impossible(template, f"the name of this host, {host}, has no such part")
    return made


def _values(host: str) -> dict[str, str]:
    fit = _UNFIT.sub("-", host) or "localhost"
    short, _, domain = fit.partition(".")
    return {"h": fit, "n": short, "d": domain, "%": "%"}


def _filled(template: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda found: values[found[1]], template)


def _fault(plain: str) -> str | None:
    """What is wrong with a template whose shell spellings are replaced; None when nothing is."""
    if not plain:
        return "it is empty"
    if plain.count("@") > 1:
        return "it has more than one @"
    if plain.startswith("@"):
        return "it has no name before the @"
    if plain.endswith("@"):
        return "it has no host behind the @"
    for found in _PLACE.finditer(plain):
        if found[1] not in tuple("hndi%"):
            return f"{found[0]} stands for nothing"
    if unfit := _UNFIT.search(_PLACE.sub("", plain).replace("@", "")):
        return f"{unfit[0]!r} cannot be in a name"
    return None


def _impossible(template: str, why: str) -> FleetError:
    return FleetError(
        f"the template {template!r} for worker names cannot be used",
        why,
        f"write it like {DEFAULT_TEMPLATE}: %i is the number, %h the host, %n and %d its parts",
        exit_code=USAGE,
    )

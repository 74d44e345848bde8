"""Makes a new service like one that the file has: built alike, with the same variables."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from core.render.blueprint.node import Items, Kind, Node, Scalar, Table
from core.render.blueprint.running import code_folder
from core.render.blueprint.schema import VARIABLE
from core.render.blueprint.services import Role, runtime_of
from core.render.blueprint.validating import fits
from core.render.blueprint.wanted import WantedService
from core.render.blueprint.yaml_text import Value
from core.secret import looks_secret, mask_url

_OF_DOCKER: Final = ("dockerfilePath", "dockerContext", "registryCredential", "image", "rootDir")
_OF_PYTHON: Final = ("buildCommand", "startCommand", "rootDir")
_ITS_OWN: Final = re.compile(r"PORT|HOST|FLOWER_\w+")
"""Variables that say what one service is."""


def alike(whole: Mapping[str, Value], service: WantedService, twin: Table) -> Mapping[str, Value]:
    """The fields of a new service `whole`, as its `twin` of the file has them.

    The branch is the same; the build where both are in one folder; for Docker the Dockerfile or the
    image, whose command is given. Variables that only the twin had are added.
    """
    if service.role is Role.KEY_VALUE:
        return whole
    fields = {key: value for key, value in whole.items() if key != "envVars"}
    if runtime_of(twin) in ("docker", "image"):
        fields = dict(_of_docker(fields, service, twin))
    elif runtime_of(twin) == "python" and code_folder(twin) == service.folder:
        fields |= {"buildCommand": twin.text("buildCommand")} if "buildCommand" in twin else {}
    if "branch" in twin:
        fields["branch"] = twin.text("branch")
    items = whole.get("envVars", ())
    assert isinstance(items, list)
    return {**fields, "envVars": list(_variables(items, twin))}


def _of_docker(
    fields: Mapping[str, Value], service: WantedService, twin: Table
) -> Iterator[tuple[str, Value]]:
    for key, value in fields.items():
        if key == "runtime":
            yield key, runtime_of(twin)
            for each in _OF_DOCKER:
                if (entry := twin.entry(each)) is not None:
                    yield each, _value(entry.value)
            yield "dockerCommand", service.bare
        elif key not in _OF_PYTHON:
            yield key, value


def _variables(items: list[Value], twin: Table) -> Iterator[Value]:
    """The items, those that would be asked for as the twin has them; then what only it has."""
    theirs: dict[str, Table] = {}
    for item in twin.tables("envVars"):
        name = item.text("key") or item.text("fromGroup")
        if not _ITS_OWN.fullmatch(name) and fits(item, VARIABLE):
            theirs.setdefault(name, item)
    for one in items:
        assert isinstance(one, Mapping)
        found = theirs.pop(str(one.get("key") or one.get("fromGroup")), None)
        yield one if found is None or one.get("sync") is not False else _shared(found, twin)
    yield from (_shared(item, twin) for item in theirs.values())


def _shared(item: Table, twin: Table) -> Value:
    """The same variable; one that has a secret of its own in the twin is taken from there."""
    name = item.text("key")
    entry = item.entry("value")
    text = entry.value.text if entry and isinstance(entry.value, Scalar) else None
    if text is not None and not looks_secret(name) and mask_url(text) == text:
        return {"key": name, "value": text}
    if text is None and "generateValue" not in item:
        return _value(item)
    source = {"type": twin.text("type"), "name": twin.text("name"), "envVarKey": name}
    return {"key": name, "fromService": source}


def _value(node: Node) -> Value:
    """A node as a value that can be written."""
    match node:
        case Table():
            return {entry.key.text: _value(entry.value) for entry in node.all()}
        case Items():
            return [_value(item) for item in node]
        case Scalar(kind=Kind.FLAG, text=text):
            return text.lower() == "true"
        case Scalar(kind=Kind.NUMBER, text=text) if text.isdecimal():
            return int(text)
        case _:
            return node.text

"""Puts what a project wants into the text of a Blueprint.

What a person wrote stays: a service that is there gets the keys that it lacks, and only what was
asked for, or what could not work on Render, is replaced. Doing it again changes nothing. What
Render keeps as it is where the file is silent (plan, deploys on a push) is left to it: the service
may have been given another one in the Dashboard (https://render.com/docs/blueprint-spec).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from core.render.blueprint.editing import Editing
from core.render.blueprint.likening import alike
from core.render.blueprint.matching import match_services
from core.render.blueprint.node import Table
from core.render.blueprint.reading import Document
from core.render.blueprint.running import TextOf, no_file, whole_command
from core.render.blueprint.schema import REGIONS
from core.render.blueprint.services import (
    Role,
    celery_calls,
    command_key,
    command_text,
    groups_of,
    option_of,
    runtime_of,
)
from core.render.blueprint.wanted import Wanted, WantedService
from core.render.blueprint.yaml_text import Value, block
from core.rows.celery import command_of

HEAD: Final = (
    "# Render's Blueprint: https://render.com/docs/blueprint-spec",
    "# It holds no secrets: Render asks for what has `sync: false` when it is connected first.",
)
_POOL: Final = re.compile(r"\s+(?:--pool[=\s]|-P\s*)solo\b")
_HOST: Final = re.compile(r"%(?:computername|hostname)%|\$env:computername", re.IGNORECASE)
_OPERATOR: Final = re.compile(r"[;|&]|(?<!\\)\n")
_CONCURRENCY: Final = re.compile(r"(\s(?:--concurrency[=\s]|-c\s*))\d+\b")


def changed_text(document: Document, wanted: Wanted, text_of: TextOf = no_file) -> str:
    """The text with all that is wanted; `text_of` reads the repository's files.

    Raises FleetError where an alias is in the way.
    """
    if document.root is None:
        return _new_text(document, wanted)
    return _Change(document, document.root, wanted, text_of).text()


def _new_text(document: Document, wanted: Wanted) -> str:
    found: tuple[Table | None, ...] = (None,) * len(wanted.services)
    broker = _broker(wanted, found)
    services = [_whole(service, wanted.group, broker) for service in wanted.services]
    before = (
        document.text
        if not document.text or document.text.endswith("\n")
        else (document.text + document.line_end)
    )
    lines = [*(() if document.text.strip() else HEAD), "services:"]
    for index, service in enumerate(services):
        lines += [""] * bool(index) + [f"  {line}" for line in block([service])]
    lines += ["", *block({"envVarGroups": [_whole_group(wanted)]})]
    return before + "".join(f"{line}{document.line_end}" for line in lines)


def _whole(
    service: WantedService, group: str, broker: tuple[str, str] | None
) -> Mapping[str, Value]:
    if service.role is Role.KEY_VALUE:
        return service.fields
    items = [{"fromGroup": group}, *(one.item(broker) for one in service.variables)]
    return {**service.fields, "envVars": items}


def _whole_group(wanted: Wanted) -> Mapping[str, Value]:
    items = [variable.item(None) for variable in wanted.group_variables]
    return {"name": wanted.group, "envVars": items}


def _broker(wanted: Wanted, found: tuple[Table | None, ...]) -> tuple[str, str] | None:
    """Type and name of the Key Value, as the file has them."""
    for service, table in zip(wanted.services, found, strict=True):
        if service.role is Role.KEY_VALUE:
            return (
                ("keyvalue", service.name)
                if table is None
                else (table.text("type"), table.text("name"))
            )
    return None


class _Change:
    """The changes to one document that says something."""

    def __init__(self, document: Document, root: Table, wanted: Wanted, text_of: TextOf) -> None:
        self._root = root
        self._wanted = wanted
        self._editing = Editing(document)
        self._found = match_services(
            root, wanted.services, lambda service: whole_command(service, text_of)
        )
        self._groups = {group.text("name"): group for group in groups_of(root)}
        self._group = self._linked_group() or wanted.group
        self._broker = _broker(wanted, self._found)

    def text(self) -> str:
        new: list[Value] = []
        pairs = zip(self._wanted.services, self._found, strict=True)
        twins = (table for service, table in pairs if service.role is not Role.KEY_VALUE)
        twin = next(filter(None, twins), None)
        for service, table in zip(self._wanted.services, self._found, strict=True):
            if table is None:
                whole = _whole(service, self._group, self._broker)
                new.append(alike(whole, service, twin) if twin else whole)
            else:
                self._change(table, service)
        self._editing.append(self._place(), "services", new, apart=True)
        self._change_group()
        return self._editing.text

    def _linked_group(self) -> str | None:
        """The group that services of the file have already."""
        for table in filter(None, self._found):
            for name in _links(table):
                if name in self._groups:
                    return name
        return None

    def _place(self) -> Table:
        """The table whose list of services the new ones go into: where the known ones are."""
        known = [table for table in self._found if table is not None]
        for project in self._root.tables("projects"):
            for environment in project.tables("environments"):
                services = environment.tables("services")
                if any(one is table for one in services for table in known):
                    return environment
        return self._root

    def _change(self, table: Table, service: WantedService) -> None:
        if (old := table.own("env")) is not None and "runtime" not in table:
            self._editing.rename(old, "runtime")
        for key, value in service.fields.items():
            if key in table:
                is_asked = key in service.asked and key != "startCommand"  # see `mended`
                if (is_asked or _is_refused(table, key)) and table.text(key) != str(value):
                    self._editing.put(table, key, value)
            elif _may_add(table, key, value, service):
                self._editing.put(table, key, value)
        if service.role is Role.WORKER:
            self._mend_command(table, service)
        if service.role is not Role.KEY_VALUE:
            self._editing.append(table, "envVars", self._missing(table, service))

    def _mend_command(self, table: Table, service: WantedService) -> None:
        before = command_text(table)
        after = mended(before, service.command, asked="startCommand" in service.asked)
        if after != before:
            self._editing.put(table, command_key(table), after)

    def _missing(self, table: Table, service: WantedService) -> Iterator[Value]:
        """The link to the group, and variables that neither the service nor its groups have."""
        links = tuple(_links(table))
        held = {one.text("key") for one in table.tables("envVars")}
        for name in links:
            if name in self._groups:
                held |= {one.text("key") for one in self._groups[name].tables("envVars")}
        if self._group not in links:
            yield {"fromGroup": self._group}
        if all(name in self._groups for name in links):  # one of the Dashboard may hold anything
            lacking = (one for one in service.variables if one.required and one.key not in held)
            yield from (one.item(self._broker) for one in lacking)

    def _change_group(self) -> None:
        group = self._groups.get(self._group)
        missing = [
            one.item(None) for one in self._wanted.group_variables if not self._is_held(one.key)
        ]
        if group is None:
            wanted = {"name": self._group, "envVars": missing}
            self._editing.append(self._root, "envVarGroups", [wanted], apart=True)
            return
        held = {one.text("key") for one in group.tables("envVars")}
        self._editing.append(group, "envVars", [one for one in missing if one["key"] not in held])

    def _is_held(self, key: str) -> bool:
        """Whether each service that runs code has a variable of its own already."""
        pairs = zip(self._wanted.services, self._found, strict=True)
        runs = [table for service, table in pairs if service.role is not Role.KEY_VALUE]
        own = (table.tables("envVars") if table else () for table in runs)
        return all(any(variable.text("key") == key for variable in each) for each in own)


def mended(command: str, wanted: str, *, asked: bool) -> str:
    """A worker's command without what is for Windows, and with a concurrency.

    `asked`: with that of the wanted command also where it has another one.
    """
    calls = [call for call in celery_calls(command) if command_of(call) == "worker"]
    if not calls:
        return command
    command = _HOST.sub("%h", _POOL.sub("", command))
    number = next(option_of(call, "--concurrency") for call in celery_calls(wanted))
    if option_of(calls[0], "--concurrency", "-c") is not None:
        return _CONCURRENCY.sub(rf"\g<1>{number}", command) if asked else command
    last = command.rstrip()
    is_last = not _OPERATOR.search(last, last.rindex("celery"))
    return f"{last} --concurrency={number}" if is_last else command


def _is_refused(table: Table, key: str) -> bool:
    """Whether Render has no such thing: a worker that costs nothing."""
    return key == "plan" and table.text("type") == "worker" and table.text("plan") == "free"


def _may_add(table: Table, key: str, value: Value, service: WantedService) -> bool:
    """Whether a key that a service lacks goes with what it has."""
    is_python = (runtime_of(table) or "python") == "python" and "dockerCommand" not in table
    match key:
        case "region":
            return value != REGIONS[0]  # that is where it is without
        case "runtime":
            return "env" not in table
        case "buildCommand" | "startCommand":
            return is_python
        case "rootDir":  # commands, and paths of Docker, were written for the folder that it has
            return is_python and not {"buildCommand", "startCommand"} & {
                entry.key.text for entry in table.all()
            }
        case "numInstances":
            is_meant = service.role is Role.BEAT or key in service.asked
            return is_meant and "scaling" not in table
        case "plan" | "autoDeployTrigger":
            return key in service.asked
        case _:
            return True


def _links(table: Table) -> Iterator[str]:
    for variable in table.tables("envVars"):
        if name := variable.text("fromGroup"):
            yield name

"""`solofleet settings`: what holds for a project, and who says so."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_json
from core.cli.terminal import Terminal
from core.errors import DONE
from core.project.folder import project_folder, project_name
from core.settings import Settings, load_settings
from core.settings.keys import GROUPS, KEYS
from core.settings.merged import as_text
from core.settings.origin import Layer, Origin, Setting
from core.settings.places import local_file, user_file
from core.settings.schema import SCHEMA_FILE


def show_settings(
    settings: Settings, places: Mapping[str, Path], terminal: Terminal, *, as_document: bool
) -> None:
    """Print each value with its place, then where the files are that can say more."""
    said = dict(_said(settings))
    if as_document:
        values = [_fields(key, setting) for key, setting in said.items()]
        files = {name: str(file) for name, file in places.items()}
        terminal.line(as_json("settings", settings=values, files=files, warnings=settings.warnings))
        return
    for key, setting in said.items():
        place = setting.origin.place
        terminal.line(
            f"{key} = {as_text(setting.value)}, {f'from {place}' if place else 'the default'}"
        )
    for warning in settings.warnings:
        terminal.aside(warning)
    terminal.line("")
    for name, file in places.items():
        terminal.line(f"{name}: {file}")


def _said(settings: Settings) -> Iterator[tuple[str, Setting]]:
    """What somebody says, or what holds because nobody does, by key."""
    for name, key in KEYS.items():
        if (setting := settings.setting(name)) is not None:
            yield name, setting
        elif key.default is not None:
            yield name, Setting(key.default, Origin(Layer.DEFAULT))
    for group in settings.groups:
        for name, setting in group.said.items():
            yield f"{GROUPS}.{group.name}.{name}", setting


def _fields(key: str, setting: Setting) -> dict[str, Any]:
    origin = setting.origin
    fields = {"key": key, "value": as_text(setting.value)}
    return {**fields, "layer": origin.layer.name.lower(), "place": origin.place}


def _options(parser: Parser) -> None:
    parser.add_argument(
        "project", nargs="?", default=".", metavar="PROJECT", help="a folder, by default this one"
    )
    add_json(parser)


async def _run(here: Here) -> int:
    root = project_folder(Path(here.arguments.project))
    local = local_file(project_name(root))
    places = {"user": user_file(), "local": local, "schema": SCHEMA_FILE}
    settings = load_settings(root, here.environ, user=places["user"], local=local)
    show_settings(settings, places, here.terminal, as_document=here.arguments.json)
    return DONE


SETTINGS = Command("settings", "show the settings of a project, and who says so", _options, _run)

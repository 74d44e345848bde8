"""`solofleet export`: the commands of a project as a script, or a Procfile."""

from pathlib import Path
from typing import Final

from core.cli.command import Command, Here
from core.cli.options import Parser, add_project, add_workers
from core.errors import DONE, FleetError
from core.export.scripts import FORMATS, Script
from core.export.terminals import procfile_lines, terminals
from core.export.variables import variables_of
from core.project.environments import environment_of
from core.rows.procfile import write_procfile
from core.wishes import effective

_ENCODINGS: Final = {"ps1": "utf-8-sig"}  # Windows PowerShell takes other files for its code page
_LINE_ENDS: Final = {"ps1": "\r\n", "bat": "\r\n"}


def _options(parser: Parser) -> None:
    add_project(parser)
    add_workers(parser, None)
    parser.add_argument(
        "--format",
        choices=(*FORMATS, "procfile"),
        required=True,
        help="for PowerShell, cmd, a POSIX shell, or honcho and the like",
    )
    parser.add_argument("--output", metavar="FILE", help="in place of standard output")


async def _run(here: Here) -> int:
    form, output = here.arguments.format, here.arguments.output
    assert form is not None  # argparse has seen to it
    text = _text(here, form)
    if output is None:
        here.terminal.line(*text.splitlines())
    else:
        _write(Path(output), text, form)
        here.terminal.aside(f"written to {output}; values of .env are not in it")
    return DONE


def _text(here: Here, form: str) -> str:
    project, wishes = here.project(), here.wishes
    if form == "procfile":
        return write_procfile(procfile_lines(project, wishes, here.environ))
    commands = terminals(project, wishes, here.environ)
    python, broker = project.interpreter.path, effective(project, wishes).broker
    script = Script(
        title=f"{project.app}: {len(commands)} commands, by solofleet export --format {form}",
        path=python.parent if environment_of(python) else None,
        variables=variables_of(project, broker and broker.reveal()),
        terminals=commands,
    )
    return script.text(form)


def _write(file: Path, text: str, form: str) -> None:
    encoding, line_end = _ENCODINGS.get(form, "utf-8"), _LINE_ENDS.get(form, "\n")
    try:
        # Paths need not be UTF-8: they are written as the system has them.
        file.write_text(text, encoding, "surrogateescape", newline=line_end)
        if form == "sh":
            file.chmod(0o755)
    except OSError as error:
        raise FleetError(
            f"{file} could not be written",
            error.strerror or str(error),
            "give --output a file in a folder that is there",
        ) from error


EXPORT = Command("export", "write its commands as a script or a Procfile", _options, _run)

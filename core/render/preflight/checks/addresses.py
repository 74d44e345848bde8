"""Checks of addresses in variables and code: 32 TLS, 34 this machine."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from core.render.preflight.checks.variables import picture_of, told, whole_picture
from core.render.preflight.code import Code, Part
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.mend import Mend, ReplaceLine
from core.render.preflight.settings_of import read_value, settings_of
from core.render.preflight.snapshot import Root, Snapshot
from core.render.variables.read import Read
from core.render.variables.written import Written
from core.render.variables.wrong import host_here, wrongs

_PARAMETER: Final = "ssl_cert_reqs"
_TLS_SETTINGS: Final = {
    "broker_use_ssl": "tls",
    "redis_backend_use_ssl": "tls",
    "celery_redis_backend_use_ssl": "tls",
}


def tls(snapshot: Snapshot) -> Iterator[Seen]:
    """32: rediss:// without ssl_cert_reqs, which Celery's result backend refuses."""
    if any(_adds_tls(code) for root in snapshot.roots for code in snapshot.worker_code(root)):
        return
    for value in snapshot.sent():
        for wrong in wrongs(value.name, value.text):
            if wrong.rule != "rediss":
                continue
            # By its name alone REDIS_URL may be for something else than Celery.
            named = wrong.sure and value.name != "REDIS_URL"
            sure = named or _is_read_for_celery(snapshot, value.name)
            severity = Severity.BLOCK if sure else Severity.WARN
            what = f"{value.name} {wrong.what}"
            place = (value.file, value.line)
            yield Seen(severity, *place, what, wrong.why, wrong.fix, _with_parameter(value))


def _with_parameter(value: Written) -> Mend:
    text = value.text.strip()
    new = f"{text}{'&' if '?' in text else '?'}{_PARAMETER}=required"
    return Mend(f"add {_PARAMETER}=required", (ReplaceLine(value.file, value.line, text, new),))


def _adds_tls(code: Code) -> bool:
    """Whether the code sets TLS itself."""
    if any(True for _ in settings_of(code, _TLS_SETTINGS)):
        return True
    return any(
        isinstance(part.node, ast.Constant)
        and isinstance(part.node.value, str)
        and _PARAMETER in part.node.value
        for part in code.of(ast.Constant)
    )


def _is_read_for_celery(snapshot: Snapshot, name: str) -> bool:
    """Whether a file that speaks of Celery reads the variable."""
    for root in snapshot.roots:
        for code in snapshot.worker_code(root):
            if "celery" not in snapshot.commit.text(code.path).lower():
                continue
            for part in code.of(ast.Constant):
                match part.node:
                    case ast.Constant(value=str(text)) if text == name:
                        return True
                    case _:
                        pass
    return False


def localhost(snapshot: Snapshot) -> Iterator[Seen]:
    """34: addresses that lead to the machine that the program runs on."""
    yield from told(picture_of(snapshot), "localhost")
    fields: dict[str, dict[int, Read]] = defaultdict(dict)
    for read in whole_picture(snapshot).reads:
        fields[read.file][read.line] = read
    for root in snapshot.roots:
        for code in snapshot.code(root):
            yield from _in_code(code, root, snapshot, fields[code.path])


_PLACES: Final = {
    "broker": "CELERY_BROKER_URL",
    "broker_url": "CELERY_BROKER_URL",
    "backend": "CELERY_RESULT_BACKEND",
    "result_backend": "CELERY_RESULT_BACKEND",
}


def _in_code(
    code: Code, root: Root, snapshot: Snapshot, fields: Mapping[int, Read]
) -> Iterator[Seen]:
    """`fields` are those of settings classes, by their lines: each is the default of a variable."""
    handled: set[int] = set()
    for part in code.of(ast.AnnAssign, ast.BoolOp, ast.Compare, ast.Call, ast.Constant):
        match part.node:
            case ast.Compare():  # it is asked for, and not gone to
                handled |= _lines(part.node)
            case ast.BoolOp(op=ast.Or()):
                default, variable = read_value(part.node, code)
                if variable is not None and isinstance(default, str):
                    handled |= _lines(part.node)
                    yield from _default(variable, default, part, code, snapshot, or_else=True)
            case ast.AnnAssign() if (read := fields.get(part.line)) is not None:
                handled |= _lines(part.node)
                yield from _default(read.name, read.default or "", part, code, snapshot)
            case ast.Call(args=[ast.Constant(value=str(name)), *_]):
                default, variable = read_value(part.node, code)
                if variable is None or not isinstance(default, str):
                    continue
                handled |= _lines(part.node)
                yield from _default(name, default, part, code, snapshot)
            case ast.Constant(value=str(text)):
                if part.line in handled or (host := host_here("", text)) is None:
                    continue
                if text.startswith(("redis", "amqp", "pyamqp")):
                    yield _fixed(code, root, snapshot, part.line, host)
            case _:
                pass


def _lines(node: ast.AST) -> set[int]:
    return {each.lineno for each in ast.walk(node) if isinstance(each, ast.Constant)}


def _default(
    name: str, default: str, part: Part, code: Code, snapshot: Snapshot, *, or_else: bool = False
) -> Iterator[Seen]:
    """A variable that is written nowhere; beside a render.yaml the list of variables tells it.

    `or_else`: the default stands behind `or`, which that list does not see.
    """
    host = host_here(name, default)
    alone = or_else or snapshot.blueprint.document is None
    if host and not snapshot.value(name) and alone:
        what = f"without {name}, the code goes to {host}"
        why = "no variable of that name is written down for Render, as far as is seen"
        fix = f"set {name} in the environment group"
        yield Seen(Severity.INFO, code.path, part.line, what, why, fix)


def _fixed(code: Code, root: Root, snapshot: Snapshot, line: int, host: str) -> Seen:
    names = {_PLACES[each] for each in _named_at(code, line) if each in _PLACES}
    unset = sorted(name for name in names if not snapshot.value(name))
    sure = bool(unset) and code.path in root.worker.certain
    what = f"the code has an address of {host}"
    told = f", and {unset[0]} is not written down" if unset else ""
    why = f"on Render nothing listens there{told}"
    fix = 'read it from a variable: os.environ["REDIS_URL"]'
    return Seen(Severity.BLOCK if sure else Severity.WARN, code.path, line, what, why, fix)


def _named_at(code: Code, line: int) -> Iterator[str]:
    """The settings whose value is a plain text in this line."""
    for part in code.of(ast.keyword, ast.Assign):
        match part.node:
            case ast.keyword(arg=str(name), value=ast.Constant(lineno=at)) if (
                at == line and part.certain
            ):
                yield name.lower()
            case ast.Assign(
                targets=[ast.Name(id=name) | ast.Attribute(attr=name)],
                value=ast.Constant(lineno=at),
            ) if at == line and part.certain:
                yield name.lower().removeprefix("celery_")
            case _:
                pass

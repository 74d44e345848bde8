"""A task that somebody wants to send, checked before it leaves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from typing import Any, Final, NoReturn

from core.errors import USAGE, FleetError

MAX_COUNT: Final = 100_000
"""Copies of one call."""

MAX_DELAY_S: Final = 10 * 366 * 24 * 3600
"""Ten years: beyond, dates overflow somewhere between here and the worker."""


@dataclass(frozen=True, slots=True)
class TaskCall:
    """One task to send, `count` times. Raises `FleetError` for what no broker would take.

    `countdown_s` and `expires_s` count from the sending. `priority` goes from 0 to 255. On Redis
    0 is the highest and only 0 to 9 make a difference, in four steps; on RabbitMQ 0 is the lowest
    (https://docs.celeryq.dev/en/stable/userguide/routing.html). None leaves it to the app.
    """

    task: str
    args: Sequence[object] = ()
    kwargs: Mapping[str, object] = field(default_factory=dict[str, object])
    queue: str | None = None
    countdown_s: float | None = None
    priority: int | None = None
    expires_s: float | None = None
    count: int = 1

    def __post_init__(self) -> None:
        if not self.task:
            raise _refusal(self.task, "it has no name", "name a registered task")
        if not 1 <= self.count <= MAX_COUNT:
            raise _refusal(self.task, f"its count is {self.count}", f"give 1 to {MAX_COUNT}")
        if self.priority is not None and not 0 <= self.priority <= 255:
            raise _refusal(
                self.task,
                f"its priority is {self.priority}",
                "give 0 to 255; on Redis 0 to 9, and 0 is the highest",
            )
        for name, delay_s in (("countdown", self.countdown_s), ("expiry", self.expires_s)):
            if delay_s is not None and not 0 <= delay_s <= MAX_DELAY_S:
                raise _refusal(
                    self.task, f"its {name} is {delay_s:g} s", f"give 0 to {MAX_DELAY_S} seconds"
                )


def check_against(call: TaskCall, described: Mapping[str, Any]) -> FleetError | None:
    """Whether the task takes the arguments of this call, as a call in its own process would.

    `described` is as for `signature_of`.
    """
    signature = signature_of(described)
    if signature is None:
        return None
    try:
        signature.bind(*call.args, **call.kwargs)
    except TypeError as error:
        return _refusal(call.task, str(error), f"it is called as {call.task}{signature}")
    return None


def signature_of(described: Mapping[str, Any]) -> Signature | None:
    """How a task is called; None when that is not known.

    `described` is what `resources/inside/describe.py` tells of the task: `params` is a list of
    `{name, kind, default?, annotation?}`, the last two as text, or None.
    """
    params = described["params"]
    return None if params is None else Signature([_parameter(param) for param in params])


def _refusal(task: str, why: str, fix: str) -> FleetError:
    return FleetError(f"{task or 'The task'} is not sent", why, fix, exit_code=USAGE)


class _Shown:
    """A default or an annotation that is known by its text only."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _parameter(param: Mapping[str, Any]) -> Parameter:
    kind = getattr(Parameter, param["kind"].upper())
    shown = {key: _Shown(param[key]) for key in ("default", "annotation") if key in param}
    return Parameter(param["name"], kind, **shown)


def parse_args(text: str) -> list[object]:
    """Positional arguments from a JSON list. Raises `FleetError` that shows where it is wrong."""
    value = _parse(text, "args", '[1, "two"]')
    if isinstance(value, list):
        return value  # pyright: ignore[reportUnknownVariableType]  # JSON border
    raise _unfit("args", f"they are {_kind(value)}, not a list", '[1, "two"]')


def parse_kwargs(text: str) -> dict[str, object]:
    """Keyword arguments from a JSON object. Raises `FleetError` that shows where it is wrong."""
    value = _parse(text, "kwargs", '{"x": 1}')
    if isinstance(value, dict):
        return value  # pyright: ignore[reportUnknownVariableType]  # JSON border
    raise _unfit("kwargs", f"they are {_kind(value)}, not an object", '{"x": 1}')


def _parse(text: str, option: str, example: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        why = f"line {error.lineno}, column {error.colno}: {error.msg}\n{_excerpt(error)}"
        raise _unfit(option, why, example, hint=_shell_hint(text)) from None
    except (ValueError, RecursionError) as error:
        raise _unfit(option, str(error), example) from None


def _unfit(option: str, why: str, example: str, hint: str = "") -> FleetError:
    return FleetError(
        f"The {option} are not JSON that can be sent",
        why,
        f"write --{option} '{example}'{hint}",
        exit_code=USAGE,
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON: it has no such number")


def _kind(value: object) -> str:
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return "a text"
        case None | bool():
            return json.dumps(value)
        case _:
            return "a number"


def _excerpt(error: json.JSONDecodeError) -> str:
    """The line around the fault, and a caret under it."""
    lines = error.doc.splitlines() or [""]
    line = lines[min(error.lineno, len(lines)) - 1].replace("\t", " ")
    column = error.colno - 1
    start = max(0, column - 40)
    return f"    {line[start : column + 30]}\n    {' ' * (column - start)}^"


def _shell_hint(text: str) -> str:
    """What a Windows shell may have done to the quotes."""
    if text.startswith("'"):
        return '; cmd.exe keeps single quotes, there it is "[1, \\"two\\"]"'
    if '"' not in text and any(character.isalpha() for character in text):
        return '; Windows PowerShell takes double quotes away, there write \\" for each'
    return ""

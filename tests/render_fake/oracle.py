"""What Render's own generated client (`render` 1.5.0) would send in place of a request of ours.

Every part of our request is given to the function of that operation in its own types: a parameter
that it does not have raises TypeError, a word that is none of its enums ValueError, and a field of
a body that it does not know is told by name.
"""

import datetime
import importlib
import inspect
import json
import pkgutil
import re
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
from render.public_api import api, models, types
from render.public_api.types import File

Kwargs = dict[str, Any]


def as_render_sends(operation: str, ours: httpx.Request) -> httpx.Request:
    """The request that its function for this operation makes."""
    module = importlib.import_module(_modules(api)[operation])
    make = module._get_kwargs
    hints = typing.get_type_hints(make, {**vars(models), **vars(types), "datetime": datetime})
    given = _path_arguments(make, ours) | _query_arguments(hints, ours)
    if "body" in hints:
        given["body"] = _body(hints["body"], ours)
    made: Kwargs = make(**given)
    params = httpx.QueryParams(made.pop("params", {}))
    made["headers"] = {**made.get("headers", {}), "Authorization": ours.headers["Authorization"]}
    url = f"https://api.render.com/v1{made.pop('url')}"
    theirs = httpx.Request(made.pop("method").upper(), url, params=params, **made)
    theirs.read()
    return theirs


@cache
def _modules(package: Any) -> dict[str, str]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return {each.name.rpartition(".")[2]: each.name for each in found if not each.ispkg}


def _path_arguments(make: Any, ours: httpx.Request) -> Kwargs:
    """Call it with marks in place of ids, and see where in the address they stand."""
    parameters = inspect.signature(make).parameters.values()
    names = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    text = inspect.getsource(make)
    template = re.search(r'"url": f?"([^"]+)"', text)
    assert template is not None
    pattern = re.sub(r"\{(\w+)[^}]*\}", r"(?P<\1>[^/]+)", template[1])
    path = ours.url.path.removeprefix("/v1")
    found = re.fullmatch(pattern, path)
    assert found, f"{path} is not {template[1]}"
    return {name: found[name] for name in names}


def _query_arguments(hints: Kwargs, ours: httpx.Request) -> Kwargs:
    given: Kwargs = {}
    for name in dict.fromkeys(ours.url.params):
        key = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
        key = f"{key}_" if key in ("type", "id") else key
        if key not in hints:
            raise TypeError(f"there is no parameter {name}")
        given[key] = _typed(hints[key], ours.url.params.get_list(name))
    return given


def _typed(hint: Any, values: list[str]) -> Any:
    """The values of a parameter in the type that a function wants."""
    kinds = [each for each in typing.get_args(hint) if _name(each) != "Unset"]
    is_union = typing.get_origin(hint) is typing.Union
    kind = kinds[0] if is_union else hint
    if typing.get_origin(kind) is list:
        (item,) = typing.get_args(kind)
        return [_one(item, part) for value in values for part in value.split(",")]
    (value,) = values
    return _one(kind, value)


def _one(kind: Any, value: str) -> Any:
    if kind is datetime.datetime:
        return datetime.datetime.fromisoformat(value)
    if kind is float:
        return int(value)  # they would write 60 as 60.0
    if kind is bool:
        return {"true": True, "false": False}[value]
    return kind(value)


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


def _body(hint: Any, ours: httpx.Request) -> Any:
    if "multipart" in ours.headers["content-type"]:
        return _form(hint, ours)
    told = json.loads(ours.content)
    wrong: list[str] = []
    for kind in typing.get_args(hint) or (hint,):
        try:
            made = kind.from_dict(dict(told))
        except (KeyError, TypeError, ValueError) as error:
            wrong.append(f"{kind.__name__}: {error!r}")
            continue
        unknown = list(_unknown(made))
        if not unknown:
            return made
        wrong.append(f"{kind.__name__} does not know {unknown}")
    raise AssertionError(f"no body of Render's is {told}: {wrong}")


_OF_WORKERS = {
    models.ServicePOST: models.BackgroundWorkerDetailsPOST,
    models.ServicePATCH: models.BackgroundWorkerDetailsPATCH,
}
"""Of several kinds of details, their reader takes the first, that of a static site."""


def _unknown(made: Any) -> Iterator[str]:
    """Fields of a body that went into the place for fields that nobody knows."""
    yield from getattr(made, "additional_properties", {})
    for name in getattr(type(made), "__annotations__", {}):
        value = getattr(made, name, None)
        if name == "service_details" and hasattr(value, "to_dict"):
            value = _OF_WORKERS[type(made)].from_dict(_without_empty(value.to_dict()))
        if name == "env_specific_details":
            continue  # the same: they take the commands of Python for those of Docker
        for each in value if isinstance(value, list) else [value]:
            if hasattr(each, "to_dict"):
                yield from _unknown(each)


def _without_empty(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    return {key: _without_empty(value) for key, value in told.items() if value != []}


def _form(kind: Any, ours: httpx.Request) -> Any:
    fields = dict(form_of(ours))
    owner, (name, data, mime) = fields["ownerId"], fields["file"]
    return kind(owner_id=owner[1].decode(), file=File(data, name, mime))


def form_of(request: httpx.Request) -> Iterator[tuple[str, tuple[str, bytes, str]]]:
    """The fields of a form: name of the field, then name of the file, bytes, type."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    for part in request.content.split(b"--" + boundary)[1:-1]:
        head, _, data = part.strip(b"\r\n").partition(b"\r\n\r\n")
        words = head.decode()
        name = re.search(r'[ ;]name="([^"]*)"', words)
        file = re.search(r'filename="([^"]*)"', words)
        mime = re.search(r"Content-Type: (\S+)", words)
        assert name is not None
        yield name[1], (file[1] if file else "", data, mime[1] if mime else "")


def _parts(request: httpx.Request) -> tuple[str, str, str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0]
    content: Any = request.content
    if kind == "application/json":
        content = _without_empty(json.loads(content or b"{}"))
    elif kind == "multipart/form-data":
        content = {name: data for name, (_, data, _) in form_of(request)}
    return request.method, request.url.path, kind, content


def differences(operation: str, ours: httpx.Request) -> list[str]:
    """Where Render's client would send something else.

    Lists may be repeated or joined by commas, which Render takes both; what theirs adds by itself
    are the defaults of the API, and empty lists.
    """
    theirs = as_render_sends(operation, ours)
    found = [
        f"{a!r} is {b!r} there" for a, b in zip(_parts(ours), _parts(theirs), strict=True) if a != b
    ]
    queries = _query(ours), _query(theirs)
    found += [
        f"{name}={value} is {queries[1].get(name)} there"
        for name, value in queries[0].items()
        if queries[1].get(name) != value
    ]
    added = {name: value for name, value in queries[1].items() if name not in queries[0]}
    defaults = {"limit": ["20"], "includePreviews": ["true"], "resolutionSeconds": ["60"]}
    found += [
        f"{name}={value} is only there"
        for name, value in added.items()
        if defaults.get(name) != value
    ]
    if ours.headers.get("authorization") != theirs.headers.get("authorization"):
        found.append("the key")
    return found


def _query(request: httpx.Request) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for name, value in request.url.params.multi_items():
        for each in value.split(",") if name in ("name", "ownerId") else [value]:
            is_time = name.endswith("Time")
            told.setdefault(name, []).append(
                datetime.datetime.fromisoformat(each) if is_time else each
            )
    return told

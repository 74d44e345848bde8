"""Checks requests and answers against Render's own description of its API.

The file is not ours to spread (it states no licence), so it is looked for beside the repository;
where it is not there, only what Render's generated client sends is compared (`oracle`). Not for
Windows, where the tests have few packages.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

NAME = "shared/data/render/openapi.patched.json"


@cache
def description() -> Path | None:
    """The file, in a folder `shared` beside the repository or further up."""
    files = (folder / NAME for folder in Path(__file__).resolve().parents[2:])
    return next((file for file in files if file.is_file()), None)


@cache
def _contract(file: Path) -> Any:
    # `details` of an event is "one of" dozens of objects of which many demand nothing: each event
    # fits several, so no answer of Render's could pass. "Any of" is what they mean.
    at = "serviceEventWithCursor/properties/event/properties/details"
    told = json.loads(file.read_text("utf-8").replace(f"{at}/oneOf/", f"{at}/anyOf/"))
    details = told["components"]["schemas"]
    for part in at.split("/"):
        details = details[part]
    details["anyOf"] = details.pop("oneOf")
    told["servers"] = [{"url": "http://localhost/v1"}]
    return OpenAPI.from_dict(told, config=Config(spec_validator_cls=None))


def breaches(request: httpx.Request, response: httpx.Response) -> list[str]:
    """What in a request or its answer is not as Render describes it; nothing without the file."""
    if (file := description()) is None:
        return []
    contract = _contract(file)
    asked, told = _Request(request), _Response(response)
    found: list[str] = []
    where = f"{request.method} {request.url.raw_path.decode()}"
    for what, check in (
        ("request", lambda: contract.validate_request(asked)),
        ("response", lambda: contract.validate_response(asked, told)),
    ):
        if what == "request" and response.status_code in (400, 401):
            continue  # a test that breaks the rules on purpose, and was refused
        if what == "response" and "json" not in told.content_type and response.status_code >= 400:
            continue  # plain text, which Render sends at times and describes nowhere
        try:
            check()
        except OpenAPIError as error:
            found.append(f"{what} of {where}: {error!r} {error.__cause__!r}")
    return found


class _Request:
    """A request as openapi-core wants it."""

    def __init__(self, request: httpx.Request) -> None:
        self.host_url = "http://localhost"
        self.path = request.url.path
        self.method = request.method.lower()
        self.body = request.content or None
        self.content_type = request.headers.get("content-type", "")
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(list(request.headers.items())),
        )


class _Response:
    def __init__(self, response: httpx.Response) -> None:
        self.status_code = response.status_code
        self.data = response.content
        self.content_type = response.headers.get("content-type", "application/json")
        self.headers = Headers(list(response.headers.items()))

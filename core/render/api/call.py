"""One request to Render: paced, told in words when it fails, repeated only where that is safe.

GET and PUT say the same when they are said twice, so they are repeated after 429, 5xx and a lost
network. POST, PATCH and DELETE are not: Render has no keys for idempotency.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx

from core import __version__
from core.errors import USAGE, FleetError
from core.render.api.clock import Clock
from core.render.api.lenient import Json, table, tables, text
from core.render.api.pace import Pace, closed_s
from core.render.api.refusal import Refused, lost, refused
from core.secret import MASK, Secret

BASE: Final = "https://api.render.com/v1"
HOST_VARIABLE: Final = "RENDER_HOST"
"""Another address of the API, as Render's own command line has it (render-oss/cli, README)."""
PAGE: Final = 100
MOST_PAGES: Final = 100
TIMEOUT_S: Final = 30.0
_TRIES: Final = 4
_REPEATABLE: Final = ("GET", "PUT")

Params = Mapping[str, str | int | Sequence[str] | None]


def base_url(environ: Mapping[str, str]) -> str:
    """Where the API is. Raises FleetError for an address to which the key would go in the open."""
    base = environ.get(HOST_VARIABLE, "").rstrip("/") or BASE
    parts = urlsplit(base)
    if parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    ):
        return base
    raise FleetError(
        f"{HOST_VARIABLE} cannot be used",
        "it is no https address, and your key would go there unencrypted",
        f"Remove the variable, or give it as in {BASE}.",
        exit_code=USAGE,
    )


class Caller:
    """Requests with one key. Open it with `async with`; `transport` stands in for the network."""

    def __init__(
        self,
        key: Secret,
        base: str = BASE,
        *,
        pace: Pace | None = None,
        clock: Clock | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.key = key
        self.base = base
        self.clock = clock or Clock()
        self._pace = pace or Pace()
        self._sleep = sleep
        self._http = httpx.AsyncClient(
            base_url=base,
            transport=transport,
            timeout=TIMEOUT_S,
            headers={"Accept": "application/json", "User-Agent": f"solofleet/{__version__}"},
            auth=_Bearer(key),
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def turn(self, method: str, path: str) -> None:
        """Wait for the turn of a request that is not made by `call`."""
        await self._pace.admit(method, path)

    def url(self, path: str, params: Params) -> str:
        """The whole address of a request."""
        return str(httpx.URL(f"{self.base}{path}", params=_given(params)))

    async def call(
        self,
        method: str,
        path: str,
        failing: str,
        *,
        params: Params | None = None,
        body: Mapping[str, Any] | None = None,
        form: tuple[Mapping[str, str], Mapping[str, tuple[str, bytes]]] | None = None,
    ) -> Any:
        """What Render answers, read as JSON; None where it answers without a body.

        `failing` says what then did not happen. A sequence among `params` is repeated, as
        `resource=a&resource=b`; None is left out. `form` are the fields and the files of a form.
        Raises Refused, NetworkLost, or FleetError: from `Pace`, or once this is closed.
        """
        fields, files = form or (None, None)
        request = self._http.build_request(
            method, path.lstrip("/"), params=_given(params), json=body, data=fields, files=files
        )
        for tries_left in reversed(range(_TRIES if method in _REPEATABLE else 1)):
            await self._pace.admit(method, path)
            try:
                return await self._once(request, path, failing)
            except Refused as error:
                if tries_left == 0 or not (error.status == 429 or error.status >= 500):
                    raise
            except httpx.RequestError as error:
                if tries_left == 0:
                    sent = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                    changes = method != "GET"
                    raise lost(failing, error, sent=sent, changes=changes) from None
            await self._sleep(2.0 ** (_TRIES - 1 - tries_left))
        raise AssertionError("the last try raises or returns")

    async def _once(self, request: httpx.Request, path: str, failing: str) -> Any:
        if self._http.is_closed:
            raise FleetError(
                failing,
                "the way to Render was closed meanwhile: its key was forgotten, or another is used",
                "Connect to Render again, then try again.",
            )
        response = await self._http.send(request)
        self.clock.heed(response.headers)
        closed = closed_s(response.headers, time.time())
        if response.status_code == 429 and not closed:
            closed = 1.0
        if closed:
            self._pace.heed(request.method, path, closed)
        if not response.is_success:
            text = response.text.replace(self.key.reveal(), MASK)
            raise refused(failing, response.status_code, text)
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError:
            why = f"no JSON: {response.text}"
            raise refused(failing, response.status_code, why) from None

    async def pages(
        self, path: str, key: str, failing: str, params: Params | None = None
    ) -> AsyncGenerator[Json]:
        """Every item of a list: `[{key: item, "cursor": …}, …]`, 100 to a page.

        Ends at a page that is not full, as Render's own tools do. Items that stand in the list
        without an envelope are given as they are.
        """
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            told: Any = await self.call(
                "GET", path, failing, params={**(params or {}), "limit": PAGE, "cursor": cursor}
            )
            page = tables(told)
            for item in page:
                yield table(item.get(key, item))
            after = text(page[-1], "cursor") if page else ""
            if len(page) < PAGE or not after or after == cursor:
                return
            cursor = after


class _Bearer(httpx.Auth):
    """Puts the key into each request, at the last moment and nowhere else."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Any:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request


def _given(params: Params | None) -> httpx.QueryParams:
    pairs: list[tuple[str, str | int | float | bool | None]] = []
    for name, value in (params or {}).items():
        if isinstance(value, str | int):
            pairs.append((name, value))
        elif value is not None:
            pairs += ((name, each) for each in value)
    return httpx.QueryParams(pairs)

"""Web services and Flowers, as their answers show them."""

from pathlib import Path

import httpx
import pytest

from core.render.blueprint.reading import read_text
from core.render.verifying.report import Sure
from core.render.verifying.sites import flower_finding, health_paths, web_finding

URL = "https://shop.invalid"
ONLINE = 'flower_worker_online{worker="w@x"} 1.0\n'


def client(**answers: int | str) -> httpx.AsyncClient:
    """Answers by path; a text is one of 200."""

    def answer(request: httpx.Request) -> httpx.Response:
        told = answers.get(request.url.path.strip("/") or "front", 404)
        if told == 0:
            raise httpx.ConnectError("refused")
        return httpx.Response(200, text=told) if isinstance(told, str) else httpx.Response(told)

    return httpx.AsyncClient(transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    ("status", "sure"),
    [(200, Sure.PROVED), (307, Sure.PROVED), (503, Sure.FAILED), (0, Sure.FAILED)],
)
async def test_a_web_service_is_judged_as_render_does(status: int, sure: Sure) -> None:
    async with client(health=status) as asked:
        finding = await web_finding(asked, "api", URL, "/health")
    assert finding.sure is sure
    assert f"GET {URL}/health: " in finding.evidence


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({"healthcheck": 502}, "does not answer"),
        ({"healthcheck": 200, "front": 200}, "lets everybody in"),
        ({"healthcheck": 200, "front": 401, "metrics": ""}, "does not see w@x"),
    ],
)
async def test_what_is_wrong_with_a_flower_is_told(
    answers: dict[str, int | str], part: str
) -> None:
    async with client(**answers) as asked:
        finding = await flower_finding(asked, "flower", URL, frozenset({"w@x"}))
    assert finding.sure is Sure.FAILED
    assert part in finding.what


async def test_a_flower_that_sees_the_workers_behind_a_login_is_well() -> None:
    async with client(healthcheck=200, front=401, metrics=ONLINE) as asked:
        finding = await flower_finding(asked, "flower", URL, frozenset({"w@x"}))
    assert finding.sure is Sure.PROVED
    assert "it sees w@x" in finding.evidence


def test_health_checks_are_those_of_the_blueprint() -> None:
    text = "services:\n- {name: api, healthCheckPath: /health}\n- {name: jobs}\n"
    assert health_paths(read_text(text, Path("render.yaml"))) == {"api": "/health"}

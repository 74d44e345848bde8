"""What Render's refusals are told as."""

import httpx
import pytest

from core.errors import FAILED, UNAVAILABLE, USAGE
from core.render.api.refusal import LONGEST, lost, refused, said_in


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": "x", "message": "not found"}', "not found"),
        ('{"message": ""}', '{"message": ""}'),
        ('["odd"]', '["odd"]'),
        ("upstream connect error\n or disconnect", "upstream connect error or disconnect"),
        ("", ""),
    ],
)
def test_the_message_is_told_and_plain_text_as_it_is(text: str, said: str) -> None:
    assert said_in(text) == said


def test_a_page_of_html_is_cut() -> None:
    assert len(said_in("<p>" * 9999)) == LONGEST


@pytest.mark.parametrize(
    ("status", "text", "why", "fix", "code"),
    [
        (401, "unauthorized", "the key is wrong, or was revoked", "solofleet render login", USAGE),
        (402, "payment required", "payment required", "Billing", FAILED),
        (403, "forbidden", "account may not do this", "Ask an admin", FAILED),
        (404, "service not found", "service not found", "render status", FAILED),
        (409, "name mail is already in use", "the name is taken", "another name", FAILED),
        (400, "plan free is not allowed", "plan free is not", "Choose another plan", FAILED),
        (400, "service is suspended", "service is suspended", "Resume the service", FAILED),
        (402, "autoscaling is not available", "autoscaling is not", "render autoscale", FAILED),
        (400, "mystery", "mystery", "Do what Render says", FAILED),
        (429, "slow down", "slow down", "Wait a minute", FAILED),
        (503, "", "Render itself has trouble", "status.render.com", FAILED),
    ],
)
def test_each_refusal_says_why_and_what_to_do(
    status: int, text: str, why: str, fix: str, code: int
) -> None:
    error = refused("mail was not created", status, text)
    assert (error.what, error.status, error.exit_code) == ("mail was not created", status, code)
    assert why in error.why
    assert fix in error.fix


def test_a_change_that_may_have_been_made_is_told_to_be_looked_at_first() -> None:
    cut = httpx.ReadError("reset by peer")
    error = lost("jobs was not deployed", cut, sent=True, changes=True)
    assert "is not known" in error.fix
    assert "reset by peer" in error.why
    assert error.exit_code == UNAVAILABLE
    unsent = lost("jobs was not deployed", httpx.ConnectError(""), sent=False, changes=True)
    assert "online" in unsent.fix
    assert "ConnectError" in unsent.why


def test_a_certificate_that_is_refused_points_to_the_clock() -> None:
    why = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid"
    error = lost("the owners were not listed", httpx.ConnectError(why), sent=False, changes=False)
    assert "clock of this machine" in error.fix

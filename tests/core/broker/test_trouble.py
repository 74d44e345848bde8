import errno
import ssl

import pytest
from redis.exceptions import BusyLoadingError, ConnectionError, RedisError, TimeoutError

from core.broker.address import Address
from core.broker.trouble import explain
from core.secret import Secret

ADDRESS = Address("redis", "redis://h:1/0", False, "h", 1, password=Secret("h1dden-pw"))


def why(error: BaseException) -> str:
    return explain(error, ADDRESS, 3).why


def wrapped(cause: BaseException) -> ConnectionError:
    try:
        raise ConnectionError("Error connecting to h:1.") from cause
    except ConnectionError as error:
        return error


def test_the_place_is_named_without_the_password() -> None:
    assert explain(OSError(), ADDRESS, 3).what == "no broker at redis://h:1/0"


def test_what_the_system_said_is_found_inside_what_redis_py_made_of_it() -> None:
    assert why(wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "refused"))) == (
        "nothing listens on port 1"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Multiple exceptions: [Errno {errno.ECONNREFUSED}] Connect call failed ('::1', 1, 0, 0), "
        f"[Errno {errno.ECONNREFUSED}] Connect call failed ('127.0.0.1', 1)",
        "[WinError 1225] The remote computer refused the network connection",
    ],
)
def test_a_refusal_on_every_address_of_a_host_is_a_refusal(text: str) -> None:
    assert why(wrapped(OSError(text))) == "nothing listens on port 1"


def test_different_answers_of_a_hosts_addresses_are_quoted() -> None:
    text = "Multiple exceptions: [Errno 111] refused, [Errno 101] Network is unreachable"
    assert "unreachable" in why(OSError(text))


def test_a_server_that_is_loading_asks_for_patience() -> None:
    assert why(BusyLoadingError("loading")) == "it is still loading its data"


def test_a_server_that_does_not_speak_tls_is_told_from_a_bad_certificate() -> None:
    assert why(wrapped(ssl.SSLError(1, "[SSL] wrong version number"))).startswith("TLS failed")


def test_redis_pys_own_timeout_is_a_timeout() -> None:
    assert why(TimeoutError("Timeout connecting")) == "no answer within 3 s"


def test_whatever_a_server_says_is_shown_without_the_password() -> None:
    assert why(RedisError("odd: h1dden-pw")) == "the connection failed: odd: ***"
    assert why(EOFError()) == "the connection failed: EOFError"

"""Why a broker could not be reached, in plain words."""

import errno
import re
import socket
import ssl
from typing import Final

from redis.exceptions import AuthenticationError, BusyLoadingError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from core.broker.address import Address
from core.errors import UNAVAILABLE, FleetError
from core.secret import MASK

# On Windows WSAECONNREFUSED, ERROR_CONNECTION_REFUSED.
_REFUSED: Final = frozenset({errno.ECONNREFUSED, 10061, 1225})


def explain(error: BaseException, address: Address, timeout_s: float) -> FleetError:
    """Put what `redis.asyncio` or the system raised into three parts, without the password."""
    cause: BaseException | None = error
    reason = None
    while cause and not reason:  # redis-py wraps what the system said
        reason = _reason(cause, address, timeout_s)
        cause = cause.__cause__ or cause.__context__
    why, fix = reason or (
        f"the connection failed: {_said(error, address) or type(error).__name__}",
        "check host and port; a server that wants TLS needs rediss:// instead of redis://",
    )
    return FleetError(f"no broker at {address.shown}", why, fix, exit_code=UNAVAILABLE)


def _reason(error: BaseException, address: Address, timeout_s: float) -> tuple[str, str] | None:
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"its TLS certificate is not accepted: {error.verify_message}",
                "name the authority with ssl_ca_certs=FILE in the address, or check the host name",
            )
        case ssl.SSLError():
            return (
                f"TLS failed: {error}",
                "a server without TLS wants redis:// instead of rediss://",
            )
        case AuthenticationError():
            return _refused_login(error, address)
        case BusyLoadingError():
            return "it is still loading its data", "wait a moment and try again"
        case ResponseError():
            return (
                f"it answered: {_said(error, address)}",
                "check the number of the database and the user's rights",
            )
        case socket.gaierror() | UnicodeError():
            why = error.strerror if isinstance(error, OSError) else "no host can be called so"
            return (
                f"the name {address.host} is not known: {why}",
                "check the spelling and the network; names of containers are known inside only",
            )
        case FileNotFoundError() if address.tls:
            return (
                "a file that its address names for TLS is not there",
                f"correct {' or '.join(name for name, _ in address.tls_files)} in the address",
            )
        case FileNotFoundError():
            return (
                "there is no such socket file",
                "start the server, or correct the path in the broker address",
            )
        case TimeoutError() | RedisTimeoutError():
            no_tls = "; so does a server without TLS: try redis://" if address.tls else ""
            return (
                f"no answer within {timeout_s:g} s",
                f"check host and port; a firewall or a missing VPN keeps silent like this{no_tls}",
            )
        case OSError() if _is_refused(error):
            return (
                f"nothing listens on port {address.port}",
                "start the server, correct the address, or use the built-in broker (--broker"
                " builtin)",
            )
        case _:
            return None


def _refused_login(error: AuthenticationError, address: Address) -> tuple[str, str]:
    if "without any password" in str(error) or "no password is set" in str(error):
        return (
            "the address has a password, the server asks for none",
            "take the password out of the broker address, or set requirepass on the server",
        )
    if address.password is None:
        return (
            "the server asks for a password, the address has none",
            "write it into the broker address: redis://:PASSWORD@HOST:PORT/0",
        )
    return (
        "the server refuses this user or password",
        "correct it in the broker address; characters like @ / : # must be percent-encoded",
    )


def _is_refused(error: OSError) -> bool:
    # A host with several addresses gives one OSError that lists what each of them said.
    numbers = re.findall(r"\[(?:Errno|WinError) (\d+)\]", str(error))
    return bool(numbers) and {int(number) for number in numbers} <= _REFUSED


def _said(error: BaseException, address: Address) -> str:
    password = address.password.reveal() if address.password else ""
    return str(error).replace(password, MASK) if password else str(error)

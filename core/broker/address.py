"""A broker's address as Celery reads it, taken apart; what is wrong with it in plain words."""

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from core.errors import USAGE, FleetError
from core.secret import Secret

# kombu/transport/__init__.py (5.7), TRANSPORT_ALIASES; a class of one's own has a "." or ":".
_REDIS: Final = ("redis", "rediss")
_AMQP: Final = {"amqp": 5672, "pyamqp": 5672, "librabbitmq": 5672, "amqps": 5671}
_OTHER: Final = frozenset(
    {"azureservicebus", "azurestoragequeues", "confluentkafka", "consul", "etcd", "filesystem"}
    | {"gcpubsub", "kafka", "memory", "mongodb", "pgmq", "pyro", "qpid", "sentinel", "slmq"}
    | {"sqla", "sqlalchemy", "sqs", "zookeeper"}
)
_ON_THIS_MACHINE: Final = ("memory", "filesystem")
_CERT_REQS: Final = {
    **{name: name for name in ("required", "optional", "none")},
    **{f"CERT_{name.upper()}": name for name in ("required", "optional", "none")},
}
_UNREPLACED: Final = re.compile(r"\s*\$\w+|%\w+%|.*\$\{[^}]*\}|.*\{\{.*\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a broker is. `shown` names it without user, password and parameters.

    `socket_path` stands instead of host and port. `tls` is None without TLS; then `cert_reqs`
    (`required`, `optional` or `none`, or None when the address does not say) and `tls_files`
    (of `ssl_ca_certs`, `ssl_certfile`, `ssl_keyfile`) are empty. `local` means a loopback
    address or something that never leaves this machine.
    """

    kind: Literal["redis", "amqp", "other"]
    shown: str
    local: bool
    host: str = "127.0.0.1"
    port: int = 0
    socket_path: str | None = None
    db: int = 0
    username: str | None = None
    password: Secret | None = None
    tls: bool = False
    cert_reqs: str | None = None
    tls_files: tuple[tuple[str, str], ...] = ()


def read_address(url: Secret) -> Address:
    """Take the first address of a broker URL apart.

    Raises FleetError (what is wrong, in an address that Celery could not use); neither its
    text nor `shown` has any of the password.
    """
    text = url.reveal().strip().partition(";")[0]
    if _UNREPLACED.match(text):
        raise _wrong(
            "the broker address holds a variable that nothing has replaced"
            + (f": {text}" if "://" not in text and "@" not in text else ""),
            "files such as .env are not expanded by every program that reads them",
            "set the variable to the address itself, such as redis://localhost:6379/0",
        )
    scheme = text.partition("://")[0]
    if "://" not in text or not re.fullmatch(r"[\w.+:-]+", scheme):
        raise _wrong(
            "the broker address does not start with a scheme",
            "Celery takes an address without one for an AMQP host",
            "write it in full, such as redis://localhost:6379/0",
        )
    name = scheme.partition("+")[0].lower()
    if name in _REDIS:
        return _redis(scheme.lower(), _split(text, scheme))
    if name in _AMQP:
        parts = _split(text, scheme)
        host, port = _host(parts), parts.port or _AMQP[name]
        shown = f"{scheme}://{_bracketed(host)}:{port}"
        return Address("amqp", shown, _is_local(host), host, port)
    if name in _OTHER or "." in scheme or ":" in scheme:
        return Address("other", f"{scheme}://…", name in _ON_THIS_MACHINE)
    raise _wrong(
        f"the broker address starts with {scheme}://",
        "Celery has no such transport",
        "use redis://, rediss:// (TLS), redis+socket:// or amqp://",
    )


def _redis(scheme: str, parts: SplitResult) -> Address:
    query = dict(parse_qsl(parts.query))
    password = Secret(unquote(parts.password)) if parts.password else None
    username = unquote(parts.username) if parts.username else None
    if scheme.endswith("+socket"):
        db = _database(query.get("virtual_host", ""))
        path = unquote(parts.path)
        return Address(
            kind="redis",
            shown=f"{scheme}://{path}",
            local=True,
            socket_path=path,
            db=db,
            username=username,
            password=password,
        )
    host, port = _host(parts), parts.port or 6379
    db = _database(unquote(parts.path))
    tls = scheme == "rediss"
    reqs = query.get("ssl_cert_reqs") if tls else None
    if reqs is not None and reqs not in _CERT_REQS:
        raise _wrong(
            f"the broker address has ssl_cert_reqs={reqs}",
            "Celery knows required, optional and none",
            "write ssl_cert_reqs=required: all of kombu, Celery and redis-py take that",
        )
    files = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile") if tls else ()
    return Address(
        kind="redis",
        shown=f"{scheme}://{_bracketed(host)}:{port}/{db}",
        local=_is_local(host),
        host=host,
        port=port,
        db=db,
        username=username,
        password=password,
        tls=tls,
        cert_reqs=_CERT_REQS[reqs] if reqs else None,
        tls_files=tuple((file, query[file]) for file in files if file in query),
    )


def _split(text: str, scheme: str) -> SplitResult:
    with suppress(ValueError):  # a port that is no number
        parts = urlsplit("http:" + text[len(scheme) + 1 :])  # as kombu does
        if parts.port != 0 and not parts.fragment:
            return parts
    raise _wrong(
        f"the broker address {scheme}://… cannot be read",
        "its host and port cannot be told from the rest",
        "percent-encode each / ? # @ : of the password (@ is %40, # is %23), or correct the port",
    )


def _host(parts: SplitResult) -> str:
    return unquote(parts.hostname or "") or "127.0.0.1"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _database(text: str) -> int:
    number = text.strip("/")
    if not number:
        return 0
    if number.isdecimal():
        return int(number)
    raise _wrong(
        "the broker address has no number for its database",
        "Redis numbers its databases, from 0",
        "end the address with /0; percent-encode a / in the password as %2F",
    )


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback or address.is_unspecified


def _wrong(what: str, why: str, fix: str) -> FleetError:
    return FleetError(what, why, fix, exit_code=USAGE)

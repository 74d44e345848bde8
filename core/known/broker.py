"""Errors of a broker or result backend that does not let in, or does not take commands.

Texts: redis-py 5 to 8 and Valkey 9, seen on Linux with Celery 5.4 and 5.7; those of Winsock and
Upstash from issues that are linked.
"""

from typing import Final

from core.known.signature import Signature

_REDIS: Final = "https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/redis.html"
_ACL: Final = "https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/"
_CLIENTS: Final = "https://redis.io/docs/latest/develop/reference/clients/"
_REFUSED: Final = (
    r"(?i:connection refused|actively refused)|Error 111 connecting|(?:WinError |Error )10061\b"
    r"|WinError 1225\b"
)
_SAY_REFUSED: Final = ("efused", "Error 111 connecting", "Error 10061", "WinError 1225")
# How clients of HTTP, PostgreSQL, MySQL, MongoDB name themselves: a task may speak to any of them.
_SERVICES: Final = (
    r"HTTPS?ConnectionPool|NewConnectionError|urlopen error|httpx\.|httpcore\.|aiohttp\."
    r"|connection to server at|Is the server running|Can't connect to MySQL|pymongo\.|smtplib\."
    r"|requests\.exceptions|urllib3\.|Connection aborted"
)

BROKER: Final[tuple[Signature, ...]] = (
    Signature(
        "rediss-parameter",
        r"A rediss:// URL must have parameter ssl_cert_reqs",
        ("must have parameter ssl_cert_reqs",),
        "the result backend's rediss:// address does not say how certificates are checked",
        "end the address with ?ssl_cert_reqs=required: broker, backend and redis-py all take that",
        "https://github.com/celery/celery/issues/5371",
    ),
    Signature(
        "rediss-insecure",
        r"Secure redis scheme specified \(rediss\) with no ssl options"
        r"|Setting ssl_cert_reqs=CERT_NONE when connecting to redis",
        ("with no ssl options", "Setting ssl_cert_reqs=CERT_NONE"),
        "TLS is used, but nobody checks whose certificate it is",
        "end the address with ?ssl_cert_reqs=required",
        "https://github.com/celery/celery/issues/8113",
        ends=False,
    ),
    Signature(
        "wrong-password",
        r"WRONGPASS|invalid username-password pair|ACCESS_REFUSED",
        ("WRONGPASS", "invalid username-password pair", "ACCESS_REFUSED"),
        "the broker refused its user name or password",
        "correct them in the address; characters like @ / : # must be percent-encoded",
        _ACL,
    ),
    Signature(
        "no-password",
        r"NOAUTH|Authentication required\.|HELLO must be called with the client already auth",
        ("NOAUTH", "Authentication required.", "HELLO must be called"),
        "the broker asks for a password and the address has none",
        "write it into the address: redis://:PASSWORD@HOST:PORT/0",
        _ACL,
    ),
    Signature(
        "no-permission",
        r"NOPERM|has no permissions to (?:run|access)|DENIED Redis is running in protected mode",
        ("NOPERM", "has no permissions to", "DENIED Redis"),
        "the broker's user may not do what Celery needs",
        "give the user the rights: ACL SETUSER NAME ~* &* +@all",
        _ACL,
    ),
    Signature(
        "too-many-clients",
        r"max number of clients reached|(?<!1040, .)Too many connections|Connection limit exceeded",
        ("max number of clients reached", "Too many connections", "Connection limit exceeded"),
        "the broker has as many connections as its plan or maxclients allows",
        "run fewer workers, lower broker_pool_limit and redis_max_connections, or enlarge it",
        _CLIENTS,
    ),
    Signature(
        "request-quota",
        r"max (?:daily )?requests? limit exceeded",
        ("requests limit exceeded", "request limit exceeded"),
        "the commands that its plan allows are used up (an idle worker sends 100 a minute)",
        "take a larger plan, or a Redis without a quota; practise on the built-in broker"
        " (--broker builtin)",
        "https://upstash.com/docs/redis/troubleshooting/max_requests_limit",
    ),
    Signature(
        "read-only",
        r"READONLY You|read only replica",
        ("READONLY You", "read only replica"),
        "the address leads to a replica, which takes no writes",
        "use the address of the primary server",
        "https://redis.io/docs/latest/operate/oss_and_stack/management/replication/",
    ),
    Signature(
        "broker-full",
        r"OOM command not allowed|command not allowed when used memory",
        ("OOM command not allowed", "command not allowed when used memory"),
        "the broker's memory is full and it may not evict anything",
        "empty queues that nobody reads, set result_expires, or take a larger plan",
        "https://redis.io/docs/latest/develop/reference/eviction/",
    ),
    Signature(
        "broker-loading",
        r"LOADING Redis|is loading the dataset in memory",
        ("LOADING Redis", "is loading the dataset in memory"),
        "the broker is still loading its data",
        "wait a moment; workers try again by themselves",
        _REDIS,
        ends=False,
    ),
    Signature(
        "wrong-database",
        r"DB index is out of range|invalid DB index",
        ("DB index is out of range", "invalid DB index"),
        "the broker has no database of that number",
        "end the address with /0; hosted plans often have this one only",
        _REDIS,
    ),
    Signature(
        "certificate",
        r"CERTIFICATE_VERIFY_FAILED|certificate verify failed",
        ("CERTIFICATE_VERIFY_FAILED", "certificate verify failed"),
        "the TLS certificate of the server is not accepted",
        "name its authority with &ssl_ca_certs=FILE in the address, or check the host name",
        "https://docs.python.org/3/library/ssl.html#certificates",
    ),
    Signature(
        "tls-to-plain",
        r"WRONG_VERSION_NUMBER|wrong version number|record layer failure|UNEXPECTED_EOF_WHILE",
        ("WRONG_VERSION_NUMBER", "wrong version number", "record layer", "UNEXPECTED_EOF_WHILE"),
        "one side speaks TLS and the other does not",
        "a server without TLS wants redis://, one with TLS rediss://; check the port too",
        _REDIS,
    ),
    Signature(
        "service-refused",
        rf"^(?=.*(?:{_SERVICES})).*(?:{_REFUSED})",
        _SAY_REFUSED,
        "nothing listens at the address of a service that the code calls: a database, a web API",
        "start that service, or correct its host and port in the code or its variables",
        "https://docs.python.org/3/library/exceptions.html#ConnectionRefusedError",
        ends=False,
    ),
    Signature(
        "refused",
        rf"^(?!.*(?:{_SERVICES})).*(?:{_REFUSED})",
        _SAY_REFUSED,
        "nothing listens at the address it connects to: is the broker running?",
        "start the server, or correct host and port; without one, practise on the built-in broker"
        " (--broker builtin)",
        _REDIS,
    ),
    Signature(
        "timed-out",
        r"(?:Error |Errno )110\b|(?:WinError |Error )10060\b|Timeout connecting to server"
        r"|Timeout reading from",
        ("Error 110", "Errno 110", "Error 10060", "Timeout connecting to", "Timeout reading from"),
        "the server does not answer: a firewall, a missing VPN, or a wrong host keeps silent so",
        "check host and port, and the list of allowed addresses at the provider",
        "https://github.com/redis/redis-py/issues/1140",
    ),
    Signature(
        "unknown-host",
        r"Name or service not known|getaddrinfo failed|nodename nor servname"
        r"|Temporary failure in name resolution|No address associated with hostname",
        (
            "Name or service not known",
            "getaddrinfo failed",
            "nodename nor servname",
            "failure in name resolution",
            "No address associated",
        ),
        "the name of a host, perhaps the broker's, was not found",
        "check the spelling and the network; names of containers are known inside only",
        _REDIS,
    ),
    Signature(
        "connection-lost",
        rf"^(?!.*(?:{_SERVICES})).*(?:Connection closed by server|Connection reset by peer"
        r"|WinError 10054\b|Broken pipe|Connection to broker lost)",
        (
            "Connection closed by server",
            "Connection reset by peer",
            "WinError 10054",
            "Broken pipe",
            "Connection to broker lost",
        ),
        "the connection to the broker broke off: it was restarted, or it drops idle connections",
        "workers connect again by themselves; if it comes often, set"
        " broker_transport_options={{'health_check_interval': 25}}",
        "https://github.com/celery/celery/discussions/7276",
        ends=False,
    ),
    Signature(
        "no-connection",
        r"consumer: Cannot connect to",
        ("Cannot connect to",),
        "the worker cannot reach its broker",
        "solofleet doctor tries the address step by step",
        _REDIS,
    ),
)

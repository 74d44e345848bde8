import pytest

from core.broker.address import Address, read_address
from core.errors import USAGE, FleetError
from core.secret import Secret

PASSWORD = "h1dden-pw"


def read(url: str) -> Address:
    return read_address(Secret(url))


def refused(url: str) -> FleetError:
    with pytest.raises(FleetError) as caught:
        read(url)
    assert PASSWORD not in str(caught.value)
    assert caught.value.exit_code == USAGE
    return caught.value


def test_a_redis_address_is_taken_apart() -> None:
    address = read(f"redis://me:{PASSWORD}%40@Example.com:7000/3?x=y")
    assert address == Address(
        kind="redis",
        shown="redis://example.com:7000/3",
        local=False,
        host="example.com",
        port=7000,
        db=3,
        username="me",
        password=Secret(f"{PASSWORD}@"),
    )
    assert PASSWORD not in repr(address)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://", "redis://127.0.0.1:6379/0"),
        ("redis:///2", "redis://127.0.0.1:6379/2"),
        (" redis://h:1//\n", "redis://h:1/0"),
        ("redis://[::1]", "redis://[::1]:6379/0"),
        ("redis://a:1/0;redis://b:2/0", "redis://a:1/0"),
        ("amqp://guest@h//", "amqp://h:5672"),
        ("amqps://[::1]", "amqps://[::1]:5671"),
        ("redis+socket:///run/redis.sock?virtual_host=2", "redis+socket:///run/redis.sock"),
        ("sqs://KEY:secret@", "sqs://…"),
        ("our.transports:Postgres://h", "our.transports:Postgres://…"),
    ],
)
def test_what_is_left_out_is_filled_in_as_celery_does(url: str, shown: str) -> None:
    assert read(url).shown == shown


def test_a_socket_file_stands_instead_of_host_and_port() -> None:
    address = read("redis+socket://:pw@/run/redis%20x.sock?virtual_host=2")
    assert (address.socket_path, address.db, address.local) == ("/run/redis x.sock", 2, True)
    assert address.password == Secret("pw")


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("shop.localhost", True),
        ("127.0.1.1", True),
        ("[::1]", True),
        ("[::ffff:127.0.0.1]", True),
        ("0.0.0.0", True),
        ("redis", False),
        ("192.168.1.2", False),
        ("localhost.example.com", False),
    ],
)
def test_local_means_a_loopback_address(host: str, local: bool) -> None:
    assert read(f"redis://{host}:1/0").local is local
    assert read(f"amqp://{host}").local is local


def test_what_stays_in_this_machine_is_local() -> None:
    assert read("memory://").local
    assert not read("sqs://").local


@pytest.mark.parametrize("reqs", ["required", "CERT_REQUIRED"])
def test_both_spellings_of_certificate_checks_are_understood(reqs: str) -> None:
    address = read(f"rediss://h?ssl_cert_reqs={reqs}&ssl_ca_certs=/ca.pem&db=1")
    assert (address.tls, address.cert_reqs) == (True, "required")
    assert address.tls_files == (("ssl_ca_certs", "/ca.pem"),)
    assert read("rediss://h").cert_reqs is None


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("${REDIS_URL}", "nothing has replaced: ${REDIS_URL}"),
        ("$REDIS_URL", "nothing has replaced: $REDIS_URL"),
        ("%REDIS_URL%", "nothing has replaced"),
        (f"redis://:{PASSWORD}@${{HOST}}:6379", "nothing has replaced"),
        ("{{ redis_url }}", "nothing has replaced"),
        ("", "does not start with a scheme"),
        (f"{PASSWORD}@localhost:6379", "does not start with a scheme"),
        (f"{PASSWORD}@ redis://h", "does not start with a scheme"),
        (f"http://u:{PASSWORD}@h", "starts with http://"),
        ("unix:///run/redis.sock", "starts with unix://"),
        ("rediss://h?ssl_cert_reqs=yes", "ssl_cert_reqs=yes"),
        (f"redis://:{PASSWORD}/x@h:6379/0", "cannot be read"),
        (f"redis://:{PASSWORD}", "cannot be read"),
        (f"redis://u:1#{PASSWORD}@h:6379/0", "cannot be read"),
        ("redis://h:0", "cannot be read"),
        ("redis://[::1/0", "cannot be read"),
        (f"redis://u:1/{PASSWORD}@h:6379/0", "no number for its database"),
        ("redis+socket:///x?virtual_host=a", "no number for its database"),
    ],
)
def test_an_address_that_celery_cannot_use_is_explained(url: str, what: str) -> None:
    error = refused(url)
    assert what in error.what
    assert error.why
    assert error.fix

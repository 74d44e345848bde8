"""What is wrong with a value, by its name and its text."""

import pytest

from core.render.variables.wrong import host_here, lacks_cert_reqs, reference_in, wrongs

SECRET = "correct-horse-battery"


def found(name: str, text: str) -> list[tuple[str, bool]]:
    return [(each.rule, each.sure) for each in wrongs(name, text)]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("${REDIS_URL}", "${REDIS_URL}"),
        (f"redis://:{SECRET}@h/${{DB:-{SECRET}}}", "${DB}"),
        (" $REDIS_URL ", "$REDIS_URL"),
        ("%REDIS_URL%", "%REDIS_URL%"),
        ("{{ REDIS_URL }}", "{{ REDIS_URL }}"),
        ("redis://u:$PW@h/0", "$PW"),
        ("a$word", None),
        ("100%", None),
        ("5$", None),
    ],
)
def test_a_reference_is_told_without_what_stands_around_it(
    text: str, reference: str | None
) -> None:
    assert reference_in(text) == reference


@pytest.mark.parametrize(
    ("name", "text", "host"),
    [
        ("A_URL", "redis://localhost:6379/0", "localhost"),
        ("A", "redis://u:pw@127.0.0.1/0", "127.0.0.1"),
        ("A", "http://[::1]:80/", "[::1]"),
        ("REDIS_HOST", "localhost", "localhost"),
        ("ALLOWED_ORIGINS", "http://localhost:3000", None),
        ("CSRF_TRUSTED", "http://localhost", None),
        ("A_URL", "localhost", "localhost"),
        ("BIND_HOST", "0.0.0.0", None),
        ("NAME", "localhost", None),
        ("A_URL", "redis://localhost.example.org/0", None),
        ("A_URL", "", None),
    ],
)
def test_an_address_of_this_machine_is_told_from_what_a_server_listens_on(
    name: str, text: str, host: str | None
) -> None:
    assert host_here(name, text) == host


def test_tls_has_to_say_how_it_checks() -> None:
    assert lacks_cert_reqs(" rediss://h:6379")
    assert not lacks_cert_reqs("rediss://h:6379?ssl_cert_reqs=required")
    assert not lacks_cert_reqs("redis://h:6379")


def test_by_its_name_a_variable_is_one_that_celery_stumbles_over() -> None:
    assert found("CELERY_BROKER_URL", "${X}") == [("literal", True)]
    assert found("GREETING", "${X}") == [("literal", False)]
    assert found("REDIS_URL", "rediss://h") == [("rediss", True)]
    assert found("CACHE", "rediss://localhost") == [("localhost", True), ("rediss", False)]


def test_no_text_holds_the_value() -> None:
    value = f"rediss://u:{SECRET}@localhost/${{X}}"
    told = list(wrongs("A_URL", value))
    assert len(told) == 3
    assert SECRET not in repr(told)

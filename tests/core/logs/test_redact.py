import os

import pytest

from core.logs.redact import Redactor


def test_a_secret_is_masked_wherever_it_stands() -> None:
    redact = Redactor(["s3cr3t-value"])
    assert redact(b"a s3cr3t-value\nx=s3cr3t-values3cr3t-value\n") == b"a ***\nx=******\n"


def test_a_secret_that_holds_another_is_masked_whole() -> None:
    assert Redactor(["abcdef", "abcdefgh"])(b"abcdefgh abcdef\n") == b"*** ***\n"


@pytest.mark.parametrize("value", ["", "x", "12345", "1234567", "true", "admin", "Password"])
def test_a_value_that_stands_in_ordinary_text_is_not_looked_for(value: str) -> None:
    text = f"the {value} word\n".encode()
    assert Redactor([value])(text) == text


def test_a_secret_is_masked_in_json_and_in_urls_too() -> None:
    redact = Redactor(['pa"ss/wörd'])
    text = 'pa"ss/wörd pa\\"ss/w\\u00f6rd pa%22ss%2Fw%C3%B6rd pa%22ss/w%C3%B6rd\n'
    assert redact(text.encode()) == b"*** *** *** ***\n"


def test_a_key_of_several_lines_is_masked_line_by_line() -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END PRIVATE KEY-----\n"
    redact = Redactor([key])
    shown = redact(key.encode())
    assert shown == b"-----BEGIN PRIVATE KEY-----\n***\n***\n-----END PRIVATE KEY-----\n"
    assert redact(repr(key).encode()).count(b"***") == 2


def test_secrets_of_an_environment_are_told_by_name_and_by_url() -> None:
    redact = Redactor.of(
        {
            "STRIPE_KEY": "sk_live_123456",
            "REDIS_URL": "redis://:p%40ssw0rd@h:6379/0",
            "PWD": "/home/someone",
            "DEBUG": "verbose-please",
        }
    )
    text = b"sk_live_123456 p%40ssw0rd p@ssw0rd /home/someone verbose-please\n"
    assert redact(text) == b"*** *** *** /home/someone verbose-please\n"
    assert redact.longest == len("sk_live_123456")


def test_passwords_of_urls_not_known_before_are_masked() -> None:
    redact = Redactor()
    assert redact.longest == 0
    assert redact(b"Connected to amqp://me:hidden@h:5672//\n") == (
        b"Connected to amqp://me:***@h:5672//\n"
    )
    assert redact(b"GET https://tok@x.org/ http://x/?API_KEY=1\n") == (
        b"GET https://***@x.org/ http://x/?API_KEY=***\n"
    )
    assert redact(b"GET https://example.com/a\n") == b"GET https://example.com/a\n"


def test_a_secret_that_is_no_unicode_is_masked_too() -> None:
    """A variable in another encoding, as `os.environ` has it; so Python prints it."""
    redact = Redactor.of({"API_KEY": "caf\udce9-au-lait"})
    assert redact(b"caf\\udce9-au-lait\n") == b"***\n"
    assert redact(os.fsencode("caf\udce9-au-lait\n")) == b"***\n"


def test_what_is_known_to_be_secret_needs_no_telling_name() -> None:
    assert Redactor.of({"LOGIN": "me:too-open"}, ["me:too-open"])(b"me:too-open\n") == b"***\n"


def test_what_is_learnt_later_is_masked_as_well() -> None:
    redactor = Redactor(["first-secret"])
    redactor.learn(["another-secret-yet"])
    assert redactor(b"first-secret and another-secret-yet\n") == b"*** and ***\n"
    assert redactor.longest == len("another-secret-yet")

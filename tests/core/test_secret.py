import copy
import dataclasses
import json
import pickle
import time

import pytest

from core.secret import Secret, looks_secret, mask_url


def test_a_secret_is_told_by_reveal_alone() -> None:
    secret = Secret("hunter22")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!s:>30}", "%s %r" % (secret, secret)]  # noqa: UP031
    assert secret.reveal() == "hunter22"
    assert not any("hunter22" in text for text in shown)
    assert f"{secret:>14}" == "   Secret(•••)"


def test_secrets_compare_and_hash_by_value() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_a_secret_is_neither_pickled_nor_written_as_json_nor_changed() -> None:
    secret = Secret("hunter22")
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps({"key": secret})
    with pytest.raises(AttributeError):
        secret._value = "other"


def test_a_dataclass_turned_into_a_dict_keeps_its_secret_closed() -> None:
    @dataclasses.dataclass(frozen=True)
    class Holder:
        key: Secret

    assert "hunter22" not in repr(dataclasses.asdict(Holder(Secret("hunter22"))))
    assert copy.deepcopy(Secret("a")) == Secret("a")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("redis://:pw@h:6379/0", "redis://:***@h:6379/0"),
        ("rediss://user:pw@h", "rediss://user:***@h"),
        ("mysql+pymysql://u:p%40w%2F@h/db?ssl=1", "mysql+pymysql://u:***@h/db?ssl=1"),
        ("amqp://me@corp.com:p@ss:w/ord@h:5672//", "amqp://me@corp.com:***@h:5672//"),
        ("db+postgresql://u:p?#x@h/db", "db+postgresql://u:***@h/db"),
        ("redis://:#pw@h", "redis://:***@h"),
        ("redis://u:12#pw@h", "redis://u:***@h"),
        ("redis://:12/34@h", "redis://:***@h"),
        ("redis://:pa\"s's@h", "redis://:***@h"),
        ("redis://:pw@[::1]:6379/0", "redis://:***@[::1]:6379/0"),
        ("sqs://AKIA:sec/ret@", "sqs://AKIA:***@"),
        ("sentinel://:a@h1;sentinel://:b@h2", "sentinel://:***@h1;sentinel://:***@h2"),
        ("('redis://:pw@h', 'x@y')", "('redis://:***@h', 'x@y')"),
        ("to redis://u:pw@h:1/0 and amqp://u:qw@i.", "to redis://u:***@h:1/0 and amqp://u:***@i."),
        ("https://ghp_abc@github.com/x", "https://***@github.com/x"),
        ("http://x/?a=1&token=abc&b=2", "http://x/?a=1&token=***&b=2"),
        ("redis://h/0?password=p%20w", "redis://h/0?password=***"),
        ("http://x/?API_KEY=zz#f", "http://x/?API_KEY=***#f"),
    ],
)
def test_the_password_of_each_url_in_a_text_is_masked(text: str, masked: str) -> None:
    assert mask_url(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "redis://h:6379/0?x=a@b",
        "redis://[::1]:6379/0?x=a@b",
        "http://localhost:4873/@scope/pkg",
        "amqp://guest@localhost//",
        '["redis://h:6379","a@b"]',
        "${REDIS_URL}",
        "user:pw@h without a scheme",
        "redis://h/0?ssl_cert_reqs=required&ssl_keyfile=/x",
    ],
)
def test_a_text_without_a_password_stays_as_it_is(text: str) -> None:
    assert mask_url(text) == text


@pytest.mark.parametrize(
    "text",
    ["://a:" * 20_000, "://" + "a:" * 50_000, '://a:"' + "x" * 100_000, "://u:" + "@" * 1000],
)
def test_masking_takes_time_in_proportion_to_the_text(text: str) -> None:
    start = time.process_time()
    mask_url(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "name",
    [
        "API_KEY",
        "apiKey",
        "STRIPE_SECRET",
        "SECRET_KEY_BASE",
        "AWS_ACCESS_KEY_ID",
        "MYSQL_PWD",
        "PGPASSWORD",
        "DB_PASSWD",
        "REDISCLI_AUTH",
        "SENTRY_DSN",
        "GITHUB_TOKEN",
        "GOOGLE_CREDENTIALS",
        "django-secret.key",
    ],
)
def test_names_of_secrets_are_told(name: str) -> None:
    assert looks_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "PWD",
        "OLDPWD",
        "PATH",
        "KEYBOARD",
        "GIT_AUTHOR_NAME",
        "SSH_AUTH_SOCK",
        "CELERY_KEY_PREFIX",
        "REDIS_URL",
        "CELERY_BROKER_URL",
        "TOKEN_FILE",
        "routing_key",
        "task_default_routing_key",
    ],
)
def test_names_of_ordinary_variables_are_left_alone(name: str) -> None:
    assert not looks_secret(name)

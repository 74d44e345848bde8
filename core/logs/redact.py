"""Masks secrets in what the workers print: known values, and passwords of any URL."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Final, Self
from urllib.parse import quote, unquote

from core.secret import MASK, URL_PARAMETER, URL_PASSWORD, URL_TOKEN, looks_secret

SHORTEST: Final = 6  # characters; shorter ones stand in ordinary words too often

# Values that are told anyway, or that people put where a secret should be: hiding them would
# black out half the log.
_COMMON: Final = frozenset(
    {"admin", "changeme", "default", "development", "disabled", "enabled", "example", "foobar"}
    | {"localhost", "password", "postgres", "production", "rabbitmq", "secret", "username"}
)
_PASSWORD_OF_URL: Final = re.compile(URL_PASSWORD)
_IN_URLS: Final = tuple(
    (needs, re.compile(pattern.encode(), flags), rb"\1" + MASK.encode() + end)
    for needs, pattern, flags, end in (
        (b"@", URL_PASSWORD, 0, b"@"),
        (b"@", URL_TOKEN, 0, b"@"),
        (b"=", URL_PARAMETER, re.IGNORECASE, b""),
    )
)
_MASK: Final = MASK.encode()


class Redactor:
    """Masks the given secrets, in a block of whole lines, as `redactor(block)`.

    A secret of several lines (a key in PEM form) is masked line by line. The forms that a value
    takes in JSON and in URLs are masked too. Values shorter than `SHORTEST`, small numbers and
    commonplace words are left alone.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: list[bytes] = []
        self.learn(secrets)

    @classmethod
    def of(cls, variables: Mapping[str, str], others: Iterable[str] = ()) -> Self:
        """Mask what in an environment looks secret by name, passwords of its URLs, and others."""
        by_name = [value for name, value in variables.items() if looks_secret(name)]
        return cls(
            [*others, *by_name, *(pw for value in variables.values() for pw in _passwords(value))]
        )

    def learn(self, secrets: Iterable[str]) -> None:
        """Mask these from now on as well."""
        forms = {os.fsencode(form) for secret in secrets for form in _forms(secret)}
        self._forms = sorted(forms.union(self._forms), key=lambda form: (-len(form), form))

    @property
    def longest(self) -> int:
        """The length in bytes of the longest text that is looked for."""
        return len(self._forms[0]) if self._forms else 0

    def __call__(self, block: bytes) -> bytes:
        """Give the block with every secret masked."""
        for form in self._forms:
            block = block.replace(form, _MASK)
        if b"://" in block:
            for needs, pattern, masked in _IN_URLS:
                if needs in block:
                    block = pattern.sub(masked, block)
        return block


def _passwords(value: str) -> list[str]:
    found = (match[0][len(match[1]) : -1] for match in _PASSWORD_OF_URL.finditer(value))
    return [form for password in found for form in (password, unquote(password))]


def _forms(secret: str) -> Iterable[str]:
    for line in secret.splitlines():
        text = line.strip()
        if not _commonplace(text):
            raw = os.fsencode(text)  # variables need not be UTF-8
            yield from (text, json.dumps(text)[1:-1], quote(raw, safe=""), quote(raw))


def _commonplace(text: str) -> bool:
    return (
        len(text) < SHORTEST
        or (text.isdecimal() and len(text) < 8)
        or text.startswith("-----")  # the frame of a PEM file
        or text.lower() in _COMMON
    )

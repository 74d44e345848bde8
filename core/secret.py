"""Values that must not be shown: how they are held, told and masked in text."""

import re
from typing import Final, Never, Self, SupportsIndex

MASK: Final = "***"

# A password in the user-info part of a URL. It starts at "://", a literal, so that searching a
# text without any costs next to nothing, and no part can be tried twice: time grows with the text.
# People forget to escape, so "/", "@" and ":" may stand in a password: it reaches to the last "@"
# of the word; "://" ends it, for lists such as `sentinel://:pw@a;sentinel://:pw@b`. What reads as
# a port (`//host:6379/...`) or as an IPv6 address is none.
_NO_PORT: Final = r"(?!\d+(?:[/?\"'\s]|$))"
_BEFORE: Final = rf"(://(?:(?!\[[\da-fA-F:.]*\])[^\s/?\#:\"'<>]+:{_NO_PORT}|:))"
_QUOTED: Final = r"(?:(?!://)[^\s\"'<>])*"
_BARE: Final = r"(?:(?!://)\S)*?"
URL_PASSWORD: Final = rf"{_BEFORE}(?:{_QUOTED}|{_BARE})@"
# `https://TOKEN@github.com/...`: a lone user of a web address is nearly always a token.
URL_TOKEN: Final = r"(https?://)[^\s/?\#:@\"'<>]+@"
URL_PARAMETER: Final = (
    r"([?&][\w.-]*(?:password|passwd|pwd|passphrase|token|secret|key|sig|signature|credential|auth)=)"
    r"[^&\s\"'<>\#]+"
)

_SECRET_WORDS: Final = re.compile(
    r"(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|DSN|CREDENTIAL|AUTH)S?(?:_|$)"
    r"|KEYS?(?:_ID|_BASE|_?\d+)?$"
)
_CAMEL: Final = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
# The working directory, by POSIX; names of places, not of values; and AMQP's word for an address.
_NOT_SECRET: Final = re.compile(
    r"(?:OLD)?PWD$|.*_(?:FILE|PATH|DIR|SOCK|HOST|PORT|PREFIX|TYPE)$|(?:.*_)?ROUTING_KEY$"
)

_password = re.compile(URL_PASSWORD)
_token = re.compile(URL_TOKEN)
_parameter = re.compile(URL_PARAMETER, re.IGNORECASE)


class Secret:
    """A text that is told only to those who ask: `reveal()`.

    It compares and hashes by value. `repr`, `str` and every format give a mask; pickling raises
    TypeError, as does `json.dumps`. It is no dataclass, since `dataclasses.asdict` would open it.
    """

    __slots__ = ("_value",)
    _value: str

    def __init__(self, value: str) -> None:
        object.__setattr__(self, "_value", value)

    def reveal(self) -> str:
        """Give the text itself."""
        return self._value

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError("a Secret does not change")

    def __repr__(self) -> str:
        return "Secret(•••)"

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> Never:
        raise TypeError("a Secret is not pickled: reveal() it where it is needed")


def mask_url(text: str) -> str:
    """Mask the password of each URL anywhere in `text`, and parameters such as `token=`.

    The user stays. A password that is not percent-escaped, as the URL rules ask, is masked too;
    where that leaves a doubt, more is masked rather than less.
    """
    if "://" not in text:
        return text
    text = _password.sub(rf"\1{MASK}@", text)
    text = _token.sub(rf"\1{MASK}@", text)
    return _parameter.sub(rf"\1{MASK}", text)


def looks_secret(name: str) -> bool:
    """Say whether a variable of this name most likely holds a secret.

    Broker addresses are not meant: they are shown, through `mask_url`.
    """
    name = _CAMEL.sub("_", name).replace("-", "_").replace(".", "_").upper()
    return not _NOT_SECRET.match(name) and bool(_SECRET_WORDS.search(name))

"""Compares values without keeping them: by hashes that mean nothing outside of this run."""

import hashlib
import os


class Digests:
    """Hashes with a salt of its own, which is never told: equal texts, equal hashes, in one run.

    Whoever brings values from elsewhere hashes them with the same object.
    """

    def __init__(self) -> None:
        self._salt = os.urandom(32)

    def __repr__(self) -> str:
        return "Digests()"

    def of(self, text: str) -> str:
        """The hash of a value."""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._salt).hexdigest()

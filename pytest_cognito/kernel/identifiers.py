"""The source of identifiers, codes and secrets of a world: the only place where something is drawn at random."""

from __future__ import annotations

import itertools
import random
import string
import uuid

LETTERS_AND_DIGITS = string.ascii_letters + string.digits
LOWERCASE_AND_DIGITS = string.ascii_lowercase + string.digits


class Identifiers:
    """Draws from a generator that is seeded, so that a test which fails draws the same again.

    Request ids are counted, not drawn: one more call in a test does not change the ids of what it makes.
    """

    def __init__(self, seed: str) -> None:
        self._things = random.Random(seed)
        requests = random.Random(f"{seed}/requests")
        self._request_prefix = _uuid4(requests)[:-12]
        self._requests = itertools.count(requests.getrandbits(40))

    def uuid(self) -> str:
        """A version 4 UUID."""
        return _uuid4(self._things)

    def request_id(self) -> str:
        """The value of ``x-amzn-RequestId``: a version 4 UUID in form, of which only the last group differs."""
        return f"{self._request_prefix}{next(self._requests):012x}"

    def text(self, length: int, alphabet: str = LETTERS_AND_DIGITS) -> str:
        """``length`` characters of ``alphabet``."""
        return "".join(self._things.choices(alphabet, k=length))

    def digits(self, length: int) -> str:
        """A decimal code of ``length`` digits, with leading zeros."""
        return f"{self._things.randrange(10**length):0{length}d}"

    def data(self, length: int) -> bytes:
        """``length`` bytes."""
        return self._things.randbytes(length)

    def hexadecimal(self, length: int) -> str:
        """``length`` lower-case hexadecimal digits."""
        return f"{self._things.getrandbits(4 * length):0{length}x}"

    def shuffled(self, text: str) -> str:
        """The characters of ``text`` in another order."""
        return "".join(self._things.sample(text, len(text)))


def _uuid4(source: random.Random) -> str:
    bits = source.getrandbits(128) & ~(0xF << 76 | 0x3 << 62) | (0x4 << 76 | 0x2 << 62)
    digits = f"{bits:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def unseeded() -> str:
    """A seed for a world that no test owns (scripts, the server): different each time."""
    return uuid.uuid4().hex

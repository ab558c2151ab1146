"""The random generator of a world's identifiers, codes and secrets. No other module draws random values."""

from __future__ import annotations

import itertools
import random
import string
import uuid

LETTERS_AND_DIGITS = string.ascii_letters + string.digits
LOWERCASE_AND_DIGITS = string.ascii_lowercase + string.digits


class Identifiers:
    """A seeded generator: a test that runs again gets the same values.

    Request ids are counted instead of drawn, so that an additional call does not change the values drawn after it.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        requests = random.Random(f"{seed}/requests")
        self._request_prefix = _uuid4(requests)[:-12]
        self._requests = itertools.count(requests.getrandbits(40))

    def state(self) -> object:
        """The state of the generator, for `restore`."""
        return self._random.getstate()

    def restore(self, state: object) -> None:
        """Set the generator to a state that `state` returned."""
        self._random.setstate(state)  # type: ignore[arg-type]  # the type of its own state is no name of `random`

    def uuid(self) -> str:
        """A version 4 UUID."""
        return _uuid4(self._random)

    def request_id(self) -> str:
        """The next value of ``x-amzn-RequestId``, in the form of a version 4 UUID; only its last group changes."""
        return f"{self._request_prefix}{next(self._requests):012x}"

    def text(self, length: int, alphabet: str = LETTERS_AND_DIGITS) -> str:
        """A string of ``length`` characters of ``alphabet``."""
        return "".join(self._random.choices(alphabet, k=length))

    def digits(self, length: int) -> str:
        """A decimal code of ``length`` digits, with leading zeros."""
        return f"{self._random.randrange(10**length):0{length}d}"

    def data(self, length: int) -> bytes:
        """A bytes object of ``length`` bytes."""
        return self._random.randbytes(length)

    def hexadecimal(self, length: int) -> str:
        """A string of ``length`` lower-case hexadecimal digits."""
        return f"{self._random.getrandbits(4 * length):0{length}x}"

    def shuffled(self, text: str) -> str:
        """The characters of ``text`` in random order."""
        return "".join(self._random.sample(text, len(text)))


def _uuid4(source: random.Random) -> str:
    bits = source.getrandbits(128) & ~(0xF << 76 | 0x3 << 62) | (0x4 << 76 | 0x2 << 62)
    digits = f"{bits:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def random_seed() -> str:
    """A random seed, for worlds outside of tests (scripts, the server)."""
    return uuid.uuid4().hex

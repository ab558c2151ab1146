"""One exchange of the Secure Remote Password protocol in a sign-in: the values of both sides, and the proof."""

from __future__ import annotations

import base64
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.rules.factors import srp

_PRIVATE_BYTES = 32
_BLOCK_BYTES = 1150
_BLOCK_PREFIX = b"\x02\x05\x78"  # as the secret blocks of AWS begin
IN_CHALLENGE = "SECRET_BLOCK"
"""The ChallengeParameter with the secret block."""
IN_ANSWER = "PASSWORD_CLAIM_SECRET_BLOCK"
"""The ChallengeResponse that repeats it."""
_SIGNATURE, _TIMESTAMP = "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"
PROOF = (_TIMESTAMP, _SIGNATURE, IN_ANSWER)
"""The ChallengeResponses of a proof."""


class Exchange(NamedTuple):
    """The public values of both sides, the server's private value and secret block."""

    client_public: int
    server_public: int
    private: int
    secret_block: str

    def parameters(self) -> dict[str, str]:
        """The ChallengeParameters with the server's values."""
        return {"SRP_B": srp.hexadecimal(self.server_public), IN_CHALLENGE: self.secret_block}


class Proof(NamedTuple):
    """The client's proof that it knows a secret: the time and the secret block that it has signed, the signature."""

    timestamp: str
    signature: bytes
    secret_block: str

    def is_correct(self, exchange: Exchange, identity: str, verifier: int) -> bool:
        """Whether only who knows the secret of the verifier could have made the proof.

        It proves nothing if the client's public value is a multiple of ``N``, with which anybody could sign (RFC 5054,
        section 2.5.4).
        """
        if self.secret_block != exchange.secret_block or exchange.client_public % srp.N == 0:
            return False
        key = srp.key(exchange.client_public, exchange.server_public, exchange.private, verifier)
        return self.signature == srp.signature(key, identity, base64.b64decode(self.secret_block), self.timestamp)


def client_public(attempt: Attempt) -> int:
    """The client's public value ``SRP_A``."""
    public = srp.parse_client_public(attempt.required("SRP_A"))
    if public is None:
        raise errors.SRP_A_NOT_HEXADECIMAL()
    return public


def begin(attempt: Attempt, verifier: int) -> Exchange:
    """Generate the server's values for the client's public value."""
    ids = attempt.context.world.ids
    private = int.from_bytes(ids.data(_PRIVATE_BYTES), "big")
    block = base64.b64encode(_BLOCK_PREFIX + ids.data(_BLOCK_BYTES)).decode()
    return Exchange(client_public(attempt), srp.public_value(private, verifier), private, block)


def sent_proof(attempt: Attempt) -> Proof:
    """The proof in an answer. The time that was signed is not compared with the clock."""
    timestamp = srp.canonical_timestamp(attempt.parameters[_TIMESTAMP])
    if timestamp is None:
        raise errors.TIMESTAMP_MALFORMED()
    signature = srp.parse_signature(attempt.parameters[_SIGNATURE])
    if signature is None:
        raise errors.SIGNATURE_NOT_BASE64()
    return Proof(timestamp, signature, attempt.parameters[IN_ANSWER])

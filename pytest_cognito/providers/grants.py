"""What users have allowed clients: by authorization code, by access token, by refresh token."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field, replace

from pytest_cognito.providers.users import ProviderUser

CODE_LIFETIME = 600


@dataclass(frozen=True)
class Asked:
    """What a client asks for by an authorization request."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...] = ()
    state: str | None = None
    nonce: str | None = None
    response_mode: str = "query"
    challenge: str | None = None
    challenge_method: str = "plain"
    offline: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Grant:
    """What a user has allowed. Times are in seconds since the epoch; ``first`` says that they had never done so."""

    asked: Asked
    user: ProviderUser
    allowed_at: int
    expires: int
    first: bool = False

    def until(self, expires: int) -> Grant:
        return replace(self, expires=expires)

    def is_proven_by(self, verifier: str | None) -> bool:
        """Whether a code verifier fits the challenge of the request (RFC 7636 section 4.6)."""
        if self.asked.challenge is None:
            return verifier is None
        if verifier is None:
            return False
        if self.asked.challenge_method == "plain":
            return verifier == self.asked.challenge
        digest = hashlib.sha256(verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.asked.challenge


@dataclass
class Grants:
    """The grants of a provider by code, by access token and by refresh token; a code is good once."""

    codes: dict[str, Grant] = field(default_factory=dict)
    access: dict[str, Grant] = field(default_factory=dict)
    refresh: dict[str, Grant] = field(default_factory=dict)

    def __copy__(self) -> Grants:
        return Grants(dict(self.codes), dict(self.access), dict(self.refresh))

    def add_access(self, token: str, grant: Grant, now: int) -> None:
        """Add an access token, and forget those that expired a day ago."""
        for old, each in tuple(self.access.items()):
            if each.expires + 86400 > now:
                break
            self.access.pop(old, None)
        self.access[token] = grant

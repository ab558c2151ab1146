"""Relying party IDs, the domains that passkeys are for, and the origins that belong to them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_cognito.cognito_idp import errors
from pytest_cognito.kernel import extras

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LOCALHOST = "localhost"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_ORIGIN = re.compile(rf"(https?)://({_LABEL}(?:\.{_LABEL})*)(?::[0-9]{{1,5}})?")


def check(relying_party: str) -> None:
    """Raise unless a pool can have a domain as its relying party ID: it must not be a public suffix, such as co.uk.

    ``localhost`` is allowed, for development.
    """
    if relying_party == LOCALHOST:
        return
    if _DOMAIN.fullmatch(relying_party) is None or relying_party.replace(".", "").isdigit():
        raise errors.RELYING_PARTY_INVALID(domain=relying_party)
    if _public_suffixes().is_public(relying_party):
        raise errors.RELYING_PARTY_IS_PUBLIC_SUFFIX(domain=relying_party)


def allows(relying_party: str, origin: object) -> bool:
    """Whether passkeys of a relying party can be used on an origin.

    Its host is the relying party ID or a subdomain of it, by HTTPS on any port. ``localhost`` needs no HTTPS.
    """
    found = _ORIGIN.fullmatch(origin) if isinstance(origin, str) else None
    if found is None:
        return False
    scheme, host = found.groups()
    local = host == LOCALHOST or host.endswith(f".{LOCALHOST}")
    return (scheme == "https" or local) and (host == relying_party or host.endswith(f".{relying_party}"))


@lru_cache(maxsize=1)
def _public_suffixes() -> PublicSuffixList:
    with extras.needed("passkeys", "relying party IDs of passkeys"):
        from publicsuffixlist import PublicSuffixList  # read from a file, which takes tens of milliseconds

    return PublicSuffixList()

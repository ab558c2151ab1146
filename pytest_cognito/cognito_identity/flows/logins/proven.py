"""A login that has been verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito.federation.web_identity import WebIdentity


@dataclass(frozen=True, slots=True)
class ProvenLogin(WebIdentity):
    """What a verified entry of Logins says; ``provider`` is its key, under which an identity has the login.

    ``amr`` are its entries in the claim of that name. ``developer`` says that it is a user of the developer provider.
    ``tags`` are the principal tags of a token that a developer got for the identity.
    """

    amr: tuple[str, ...] = ()
    developer: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)

"""A user whom a verified token tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class WebIdentity:
    """What a verified token of an identity provider says.

    ``provider`` is the issuer without ``https://``, as condition keys and Logins have it: ``accounts.google.com``,
    ``graph.facebook.com``, ``idp.example.com/realm``, or that of a user pool or of identity pools. ``audience`` is the
    claim ``azp`` or, without one, ``aud``; of an opaque token, the id of the application. ``claims`` are those of the
    token, or what the provider says of an opaque one.
    """

    provider: str
    subject: str
    audience: str
    claims: Mapping[str, Any] = field(default_factory=dict)

"""Which accounts vouch for their users and roles by tokens that services outside AWS take."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class OutboundFederation:
    """The outbound identity federation of an account. ``issuer_id`` is a UUID, which stays when it is disabled."""

    account: str
    issuer_id: str
    enabled: bool


OUTBOUND_FEDERATION: Schema[OutboundFederation] = Schema(
    "iam/outbound-federation",
    key=lambda federation: federation.account,
    unique={"issuer": lambda federation: (federation.issuer_id,)},
)

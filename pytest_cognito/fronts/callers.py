"""Who signed a request to a front with AWS's Signature Version 4, and what their policies allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito import enforcement, iam, sts
from pytest_cognito.endpoints import signature as signatures
from pytest_cognito.endpoints.signature import Signature
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request

__all__ = ["Signature", "SigningIdentity", "authorization_of", "decide", "identity_of", "misdirected", "signature"]

_IN_HEADER = ("SignedHeaders=", "Signature=")


class SigningIdentity(NamedTuple):
    """The identity of an identity pool whose credentials signed a request.

    ``methods`` is the claim ``amr``: ``authenticated`` and the providers, or ``unauthenticated``.
    """

    id: str
    pool_id: str
    methods: tuple[str, ...]

    @property
    def kind(self) -> str | None:
        """``authenticated`` or ``unauthenticated``."""
        return self.methods[0] if self.methods else None

    @property
    def providers(self) -> tuple[str, ...]:
        """What has authenticated the identity, as ``amr`` has it."""
        return self.methods[1:]


def signature(request: Request) -> Signature | None:
    """Who has signed a request, for which region and service; None for one that is not signed.

    One whose ``Authorization`` header lacks the signature itself, or the headers that are signed, is not.
    """
    header = request.headers.get("authorization", "")
    if header.startswith("AWS4-") and not all(name in header for name in _IN_HEADER):
        return None
    return signatures.signature(request)


def misdirected(signed: Signature | None, service: str, region: str) -> str:
    """Why a request is not signed for a service in a region; empty if it is."""
    if signed is None:
        return "it is not signed"
    if signed.service != service:
        return f"it is signed for {signed.service}"
    if signed.region not in (region, None):  # multi-Region signing names none
        return f"it is signed for {signed.region}, and this is {region}"
    return ""


def authorization_of(exchange: Exchange, signed: Signature, service: str) -> sts.Authorization:
    """Who has signed a request, and what they may do.

    Raises AWS's error for credentials that have expired or were tampered with. Credentials that no world issued are the
    developer's.
    """
    with exchange.step() as context:
        return sts.authorization(context, signed.signer, service)


def identity_of(authorization: sts.Authorization) -> SigningIdentity | None:
    """The identity behind credentials of an identity pool; None for credentials of others."""
    keys: dict[str, str | tuple[str, ...]] = {}
    for key, value in authorization.keys.items():
        provider, _, name = key.rpartition(":")
        if hosts.is_identity_issuer(provider):
            keys[name] = value
    if "sub" not in keys:
        return None
    methods = keys.get("amr", ())
    return SigningIdentity(str(keys["sub"]), str(keys["aud"]), (methods,) if isinstance(methods, str) else methods)


def decide(exchange: Exchange, authorization: sts.Authorization, wanted: Iterable[iam.Wanted]) -> iam.Decision | None:
    """The decision about what they want to do: the first that refuses it, or the last. It is in the report.

    A resource policy that the front has is among the policies of ``authorization``: no other mock is asked for it.
    """
    decision = enforcement.decide(authorization, wanted, {"aws:SourceIp": exchange.request.address})
    if decision is not None and not decision:
        decision = replace(decision, unasked="")
        for line in str(decision).splitlines():
            exchange.explain(line)
    return decision

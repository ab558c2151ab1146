"""Who signed a request to a front with AWS's Signature Version 4, and what their policies allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pytest_cognito import enforcement, iam, sts
from pytest_cognito.endpoints.signature import Signature, signature
from pytest_cognito.fronts.exchange import Exchange

__all__ = ["Signature", "authorization_of", "decide", "signature"]


def authorization_of(exchange: Exchange, signed: Signature, service: str) -> sts.Authorization:
    """Who has signed a request, and what they may do.

    Raises AWS's error for credentials that have expired or were tampered with. Credentials that no world issued are the
    developer's.
    """
    with exchange.step() as context:
        return sts.authorization(context, signed.signer, service)


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

"""What a user of a web identity provider is to IAM: names in trust policies, and condition keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.aws.arn import partition
from pytest_cognito.federation.access_tokens import AMAZON, FACEBOOK
from pytest_cognito.federation.open_id import GOOGLE
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.http import hosts
from pytest_cognito.iam import Keys

_KNOWN: Final = frozenset((GOOGLE, FACEBOOK, AMAZON))
_ORGANIZATION: Final = "google/organization_number"


def federated(provider: str, region: str, account: str) -> str:
    """What stands for a provider's users under ``Federated`` in the trust policies of an account.

    It is the name of a provider that every account knows, or the ARN of one that the account has created.
    """
    if provider in _KNOWN or hosts.is_identity_issuer(provider):
        return provider
    return f"arn:{partition(region)}:iam::{account}:oidc-provider/{provider}"


def session_keys(identity: WebIdentity, federated: str) -> Keys:
    """The condition keys that a session keeps."""
    own: dict[str, Any]
    if identity.provider == FACEBOOK:
        own = {"app_id": identity.audience, "id": identity.subject}
    elif identity.provider == AMAZON:
        own = {"app_id": identity.audience, "user_id": identity.subject, "sub": identity.subject}
    else:
        own = {"aud": identity.audience, "sub": identity.subject, "amr": _texts(identity.claims.get("amr"))}
    return {"aws:FederatedProvider": federated, **_of(identity.provider, own)}


def trust_keys(identity: WebIdentity, federated: str) -> Keys:
    """The condition keys in a trust policy: those of the session, and some that no session has."""
    keys = session_keys(identity, federated)
    if identity.provider in (FACEBOOK, AMAZON):
        return keys
    claims = identity.claims
    audiences = _texts(claims.get("aud"))
    only = isinstance(audiences, tuple) and len(audiences) == 1
    more = {"oaud": audiences[0] if only and audiences else audiences, "email": claims.get("email")}
    if identity.provider == GOOGLE:
        more[_ORGANIZATION] = claims.get(_ORGANIZATION)
    return {**keys, **_of(identity.provider, more)}


def _of(provider: str, values: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    """The values that there are, under the names of condition keys. A list with one text stays one, as for amr."""
    return {
        f"{provider}:{name}": value if isinstance(value, tuple) else str(value)
        for name, value in values.items()
        if value is not None and value != ()
    }


def _texts(claim: Any) -> tuple[str, ...] | str | None:
    if isinstance(claim, list):
        return tuple(str(each) for each in claim)
    return None if claim is None else str(claim)

"""Verifying the response of AssumeRoleWithSAML."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.federation import errors as reasons
from pytest_cognito.federation import saml_identities
from pytest_cognito.federation.documents import saml_metadata
from pytest_cognito.federation.saml_identities import SamlIdentity
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows.assuming import DEFAULT_DURATION
from pytest_cognito.world import Context

_REFUSALS: dict[ErrorText, ErrorText] = {
    reasons.SAML_SIGNATURE_INVALID: errors.SAML_RESPONSE_SIGNATURE,
    reasons.SAML_ISSUER: errors.SAML_RESPONSE_ISSUER,
    reasons.SAML_AUDIENCE: errors.SAML_RESPONSE_AUDIENCE,
    reasons.SAML_EXPIRED: errors.SAML_RESPONSE_EXPIRED,
    reasons.SAML_STALE: errors.SAML_RESPONSE_EXPIRED,
}


def verify(context: Context, provider: iam.SamlProvider, response: str) -> SamlIdentity:
    """The user of a response, which is ``SAMLResponse`` of a form; raise unless the provider has made it for AWS."""
    metadata = saml_metadata(provider.metadata)
    try:
        return saml_identities.verify(response, metadata, region=context.region, now=context.now())
    except AWSError as error:
        kind = _REFUSALS.get(error.kind) if error.kind is not None else None
        raise (kind or errors.SAML_RESPONSE_INVALID)() from iam.Refused(error.message)


def duration(context: Context, identity: SamlIdentity, asked: int | None) -> int:
    """How long a session lasts, in seconds: as long as asked for, but not longer than that at the provider."""
    wanted = DEFAULT_DURATION if asked is None else asked
    if identity.session_ends is None:
        return wanted
    left = int((identity.session_ends - context.now()).total_seconds())
    if left <= 0:
        raise errors.SAML_RESPONSE_EXPIRED()
    return min(wanted, left)

"""Logins by the responses of SAML providers."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.flows.logins import refusals
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.federation import documents
from pytest_cognito.world import Context


def verify(context: Context, pool: IdentityPool, arn: str, response: str) -> ProvenLogin:
    """Verify a response, in Base64, of the SAML provider with an ARN. An application may send it several times."""
    # Few tests need XML signatures.
    from pytest_cognito.federation import saml_identities

    is_configured = arn in (pool.settings.get("SamlProviderARNs") or ())
    provider = iam.find_saml_provider(context, arn) if is_configured else None
    if provider is None:
        raise errors.PROVIDER_NOT_SUPPORTED()
    metadata = documents.saml_metadata(provider.metadata)
    with refusals.of_assertion():
        user = saml_identities.verify(response, metadata, region=pool.region, now=context.now())
    claims = {name: list(values) for name, values in user.attributes.items()}
    return ProvenLogin(arn, user.subject, user.recipient, claims, (arn, f"{arn}:SAML:{user.subject}"))

"""Identity providers of an account: creating and finding them."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_cognito.aws.arn import partition
from pytest_cognito.iam import elsewhere
from pytest_cognito.iam.records import OIDC_PROVIDERS, SAML_PROVIDERS, OidcProvider, SamlProvider
from pytest_cognito.world import Context

_HTTPS = "https://"


def oidc_provider_arn(region: str, account: str, issuer: str) -> str:
    """The ARN of the provider of an issuer, with or without ``https://``, in an account."""
    return f"arn:{partition(region)}:iam::{account}:oidc-provider/{issuer.removeprefix(_HTTPS)}"


def create_oidc_provider(
    context: Context, issuer: str, *, client_ids: Sequence[str] = (), account: str | None = None
) -> OidcProvider:
    """Create a provider of OpenID Connect, or replace the one of its issuer, which is an address."""
    provider = OidcProvider(
        arn=oidc_provider_arn(context.region, account or context.account, issuer),
        url=issuer,
        client_ids=tuple(client_ids),
        created=context.now(),
    )
    context.table(OIDC_PROVIDERS).put(provider)
    return provider


def create_saml_provider(context: Context, name: str, metadata: str, *, account: str | None = None) -> SamlProvider:
    """Create a SAML provider, or replace the one with its name. ``metadata`` is its document."""
    provider = SamlProvider(
        arn=f"arn:{partition(context.region)}:iam::{account or context.account}:saml-provider/{name}",
        name=name,
        metadata=metadata,
        created=context.now(),
    )
    context.table(SAML_PROVIDERS).put(provider)
    return provider


def find_oidc_provider(context: Context, arn: str) -> OidcProvider | None:
    """The provider with an ARN: the world's, or that of another mock's IAM, for which the step is left for a while."""
    return context.table(OIDC_PROVIDERS).get(arn) or elsewhere.oidc_provider(context, arn)


def find_saml_provider(context: Context, arn: str) -> SamlProvider | None:
    """The provider with an ARN: the world's, or that of another mock's IAM, for which the step is left for a while."""
    return context.table(SAML_PROVIDERS).get(arn) or elsewhere.saml_provider(context, arn)

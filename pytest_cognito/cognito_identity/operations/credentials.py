"""Temporary credentials for identities: the enhanced flow."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_identity import lookup
from pytest_cognito.cognito_identity.flows import enhanced, linking
from pytest_cognito.cognito_identity.flows.logins import verification
from pytest_cognito.world import Context


@operation
def get_credentials_for_identity(
    context: Context,
    *,
    identity_id: str,
    logins: Mapping[str, str] | None = None,
    custom_role_arn: str | None = None,
) -> Response:
    """Get credentials for an hour, of the role that the pool chooses by the logins of an identity, or of a guest.

    The answer names another identity if the logins lead to one: then the identity of the request was merged into it.
    """
    named = lookup.identity(context, identity_id)
    pool = lookup.pool(context, named.pool_id)
    proven = verification.verify(context, pool, logins, cognito_tokens_count=True)
    role = enhanced.role_for(context, pool, proven, custom_role_arn)
    identity = linking.resolve(context, pool, identity_id, proven)
    session = enhanced.begin(context, lookup.pool(context, pool.id), identity, proven, role)
    credentials = {
        "AccessKeyId": session.access_key,
        "SecretKey": session.secret_key,
        "SessionToken": session.token,
        "Expiration": session.expires,
    }
    return {"IdentityId": identity.id, "Credentials": credentials}

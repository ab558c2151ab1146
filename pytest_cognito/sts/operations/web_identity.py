"""Roles for users of web identity providers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.aws.operation import operation
from pytest_cognito.sts.flows import assuming, sessions, web_tokens
from pytest_cognito.sts.rules import token_claims, web_identities
from pytest_cognito.world import Context


@operation
def assume_role_with_web_identity(
    context: Context,
    *,
    role_arn: str,
    role_session_name: str,
    web_identity_token: str,
    provider_id: str | None = None,
    policy_arns: Sequence[Mapping[str, str]] = (),
    policy: str | None = None,
    duration_seconds: int | None = None,
    minimum_session_token_size: int = 0,
) -> dict[str, Any]:
    """Begin a session of a role for a user of an identity provider, by their token, if its trust policy allows it.

    The call needs no signature. The token is an ID token of an identity pool, of Google or of an identity provider of
    the account, or an access token of Facebook or Amazon, which ``ProviderId`` tells. It may have session tags, a
    source identity and the roles that it is for. ``AccessDenied`` is the error for a role that does not exist, too.
    """
    arns = [each.get("arn", "") for each in policy_arns]
    account = assuming.account_of_role(role_arn)
    identity = web_tokens.verify(context, account, web_identity_token, provider_id)
    asked = assuming.wish(
        context,
        role_arn,
        role_session_name,
        duration=duration_seconds,
        policy=policy,
        policy_arns=arns,
        session_tags=token_claims.session_tags(identity.claims),
        source_identity=token_claims.source_identity(identity.claims),
        minimum_token_size=minimum_session_token_size,
    )
    authorized = token_claims.names_role(identity.claims, role_arn)
    session = assuming.assume_as_web_identity(context, asked, identity, authorized_by_idp=authorized)
    return {
        **sessions.answer(session, asked.packed_size),
        "SubjectFromWebIdentityToken": identity.subject,
        "AssumedRoleUser": {"AssumedRoleId": session.principal.user_id, "Arn": session.principal.arn},
        "Provider": web_identities.federated(identity.provider, context.region, account),
        "Audience": identity.audience,
        "SourceIdentity": session.source_identity,
    }

"""Roles for users of SAML providers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.operation import operation
from pytest_cognito.federation.saml_identities import SamlIdentity
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import assuming, saml_responses, sessions
from pytest_cognito.sts.rules import saml_subjects
from pytest_cognito.world import Context

_KIND = "AssumeRoleWithSAML"
_PROVIDER_ARN = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:saml-provider/[\w.-]+")


@operation
def assume_role_with_saml(
    context: Context,
    *,
    role_arn: str,
    principal_arn: str,
    saml_assertion: str,
    policy_arns: Sequence[Mapping[str, str]] = (),
    policy: str | None = None,
    duration_seconds: int | None = None,
    minimum_session_token_size: int = 0,
) -> dict[str, Any]:
    """Begin a session of a role for a user of a SAML provider, by its response, if the trust policy allows it.

    The call needs no signature. The response must name the role together with the provider, and the session; it may
    have session tags and a source identity. The session ends with that at the provider, if the response says when.
    """
    account = assuming.account_of_role(role_arn)
    if _PROVIDER_ARN.fullmatch(principal_arn) is None:
        raise errors.PRINCIPAL_ARN_INVALID(arn=principal_arn)
    provider = iam.find_saml_provider(context, principal_arn)
    if provider is None:
        raise errors.SAML_PROVIDER_NOT_FOUND() from _unknown_provider(context, principal_arn)
    identity = saml_responses.verify(context, provider, saml_assertion)
    asked = assuming.wish(
        context,
        role_arn,
        saml_subjects.session_name(identity),
        duration=saml_responses.duration(context, identity, duration_seconds),
        policy=policy,
        policy_arns=[each.get("arn", "") for each in policy_arns],
        session_tags=saml_subjects.session_tags(identity),
        source_identity=saml_subjects.source_identity(identity),
        minimum_token_size=minimum_session_token_size,
    )
    if (role_arn, principal_arn) not in identity.roles or principal_arn.split(":")[4] != account:
        raise errors.NOT_AUTHORIZED_FEDERATED(action=f"sts:{_KIND}") from _not_given(identity, role_arn, principal_arn)
    keys, kept = saml_subjects.trust_keys(identity, provider), saml_subjects.session_keys(identity, provider)
    session = assuming.assume_by_federation(context, asked, _KIND, _principal(identity, provider), keys, kept)
    return {
        **sessions.answer(session, asked.packed_size),
        "AssumedRoleUser": {"AssumedRoleId": session.principal.user_id, "Arn": session.principal.arn},
        "Subject": identity.subject,
        "SubjectType": identity.subject_type,
        "Issuer": identity.issuer,
        "Audience": identity.recipient,
        "NameQualifier": saml_subjects.name_qualifier(identity, provider),
        "SourceIdentity": session.source_identity,
    }


def _principal(identity: SamlIdentity, provider: iam.SamlProvider) -> iam.Principal:
    name = f"{saml_subjects.name_qualifier(identity, provider)}:{identity.subject}"
    # They belong to no account: a role that trusts one does not trust them.
    return iam.Principal(arn=name, user_id=name, account="", type="SAMLUser", federated=(provider.arn,))


def _unknown_provider(context: Context, arn: str) -> iam.Refused:
    known = ", ".join(sorted(provider.arn for provider in context.table(iam.SAML_PROVIDERS))) or "there is none"
    return iam.Refused(f"there is no SAML provider {arn}: {known}")


def _not_given(identity: SamlIdentity, role_arn: str, principal_arn: str) -> iam.Refused:
    given = ", ".join(f"{role},{provider}" for role, provider in identity.roles) or "there is none"
    return iam.Refused(f"the response does not give {role_arn},{principal_arn}: {given}")

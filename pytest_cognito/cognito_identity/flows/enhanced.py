"""The enhanced flow: identity pools choose a role and assume it for an identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pytest_cognito import iam, sts
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.flows import open_id_tokens, principal_tags
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import Identity, IdentityPool
from pytest_cognito.cognito_identity.rules import guest_scope, role_choice
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.http import hosts
from pytest_cognito.world import Context

SESSION_NAME: Final = "CognitoIdentityCredentials"
LIFETIME: Final = 3600
"""Seconds, whatever the longest session of the role is."""


def role_for(
    context: Context, pool: IdentityPool, proven: Sequence[ProvenLogin], custom_role_arn: str | None
) -> iam.Role | AWSError:
    """The role that a pool chooses by some logins; without any, for a guest. Or the error, if there is no such role.

    It only counts if the logins lead to an identity. The step may be left to find the role, which keeps what it has
    changed: so this comes before logins are linked.
    """
    try:
        role_arn = role_choice.choose(pool, proven, custom_role_arn)
        _check_account(pool, role_arn)
        role = iam.find_role(context, role_arn)
        if role is None:
            raise errors.CONFIGURATION_INVALID() from sts.unknown_role(context, role_arn)
    except AWSError as refused:
        return refused
    return role


def begin(
    context: Context,
    pool: IdentityPool,
    identity: Identity,
    proven: Sequence[ProvenLogin],
    role: iam.Role | AWSError,
) -> sts.Session:
    """Begin a session of the role for an identity that some logins have proven; without any, for a guest.

    ``role`` is that of `role_for`. Raises InvalidIdentityPoolConfigurationException where the pool has no such role,
    and where STS refuses.
    """
    if isinstance(role, AWSError):
        raise role
    tags = dict(tag for login in proven for tag in login.tags.items())
    try:
        return sts.assume_with_web_identity(
            replace(context, address=""),  # the request is Cognito's: conditions on the user's address never hold
            role.arn,
            SESSION_NAME,
            _told(pool, identity, proven),
            duration=LIFETIME,
            session_policies=() if proven else _scope_of_guests(pool.region),
            tags={**principal_tags.tags_of(context, pool, proven), **tags},
            role=role,
        )
    except AWSError as refused:
        raise errors.CONFIGURATION_INVALID() from refused


def _told(pool: IdentityPool, identity: Identity, proven: Sequence[ProvenLogin]) -> WebIdentity:
    """What identity pools tell STS of an identity."""
    issuer = hosts.identity_issuer(pool.region)
    return WebIdentity(issuer, identity.id, pool.id, {"amr": open_id_tokens.amr(proven)})


def _check_account(pool: IdentityPool, role_arn: str) -> None:
    """Raise for a role of another account, which a token can name: only the basic flow leads there."""
    if role_arn.split(":")[4:5] != [pool.account]:
        raise errors.CONFIGURATION_INVALID() from iam.Refused(
            f"{role_arn} is a role of another account than the identity pool's, {pool.account}"
        )


def _scope_of_guests(region: str) -> tuple[iam.NamedPolicy, ...]:
    # Regions that an account has to enable, and those of other partitions, have an issuer of their own.
    enabled_by_default = hosts.identity_issuer(region) != hosts.endpoint("cognito-identity", region)
    return guest_scope.policies(enabled_by_default=enabled_by_default)

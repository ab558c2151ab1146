"""Assuming a role: what all ways to do it have in common, and that by a verified web identity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pytest_cognito import iam
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import permissions, sessions
from pytest_cognito.sts.records import Session
from pytest_cognito.sts.rules import request_keys, sizes, tags, token_claims, web_identities
from pytest_cognito.sts.rules.session_policies import session_policies
from pytest_cognito.sts.rules.tags import SessionTags
from pytest_cognito.world import Context

DEFAULT_DURATION = 3600
WEB_IDENTITY = "AssumeRoleWithWebIdentity"
_ROLE_ARN = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):role/.+")
_ASSUMED = "assumed-role"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for who assumes a role.

    ``policies`` are the session policies, which act as one set; without any the session has what the role has.
    ``packed_size`` is PackedPolicySize, see `session_limits`. ``duration`` is in seconds; None for the default.
    """

    role_arn: str
    session_name: str
    duration: int | None = None
    policies: tuple[iam.NamedPolicy, ...] = ()
    tags: SessionTags = field(default_factory=SessionTags)
    source_identity: str | None = None
    packed_size: int | None = None
    minimum_token_size: int = 0

    @property
    def keys(self) -> dict[str, str | tuple[str, ...]]:
        """The condition keys of the request."""
        keys = {"sts:RoleSessionName": self.session_name, **tags.request_keys(self.tags)}
        if self.source_identity is not None:
            keys["sts:SourceIdentity"] = self.source_identity
        return keys


def wish(
    context: Context,
    role_arn: str,
    session_name: str,
    *,
    duration: int | None = None,
    policy: str | None = None,
    policy_arns: Sequence[str] = (),
    session_tags: SessionTags | None = None,
    source_identity: str | None = None,
    minimum_token_size: int = 0,
) -> Wish:
    """What the members of a request ask for, once they are checked.

    Managed policies may be asked for at another mock, for which the step is left.
    """
    account = account_of_role(role_arn)
    own = session_tags or SessionTags()
    policies = session_policies(policy, policy_arns, account, lambda arn: iam.find_policy(context, arn))
    packed = sizes.packed_size(policy, policy_arns, own.tags)
    return Wish(role_arn, session_name, duration, policies, own, source_identity, packed, minimum_token_size)


def account_of_role(role_arn: str) -> str:
    """The account of a role; raise unless its ARN is one."""
    found = _ROLE_ARN.fullmatch(role_arn)
    if found is None:
        raise errors.ROLE_ARN_INVALID(arn=role_arn)
    return found[1]


def global_keys(context: Context) -> iam.Keys:
    """The condition keys that nearly every request has, those of this call."""
    return request_keys.of_request(context.now(), context.address, context.region, context.user_agent)


def actions(action: str, wish: Wish) -> tuple[str, ...]:
    """What somebody has to be allowed who asks for this by an action such as ``sts:AssumeRole``."""
    tagging = (permissions.TAG_SESSION,) if wish.tags.tags else ()
    naming = (permissions.SET_SOURCE_IDENTITY,) if wish.source_identity is not None else ()
    return (action, *tagging, *naming)


def begin(context: Context, role: iam.Role, wish: Wish, kind: str, keys: iam.Keys, *, chained: bool = False) -> Session:
    """Begin a session of a role for somebody who is allowed to; ``keys`` are the condition keys that it keeps.

    Raises a ``ValidationError`` if it is to last longer than the role lets it.
    """
    duration = DEFAULT_DURATION if wish.duration is None else wish.duration
    if chained and duration > DEFAULT_DURATION:
        raise errors.DURATION_CHAINED()
    if duration > role.max_session:
        raise errors.DURATION_OF_ROLE()
    return sessions.begin(
        context,
        kind,
        assumed_role(role, wish.session_name),
        duration,
        policies=(wish.policies,) if wish.policies else (),
        tags=wish.tags,
        source_identity=wish.source_identity,
        keys=keys,
        chained=chained,
        packed_size=wish.packed_size,
        minimum_token_size=wish.minimum_token_size,
    )


def assumed_role(role: iam.Role, session_name: str) -> iam.Principal:
    """The principal of a session of a role."""
    partition = role.arn.split(":")[1]
    return iam.Principal(
        arn=f"arn:{partition}:sts::{role.account}:{_ASSUMED}/{role.name}/{session_name}",
        user_id=f"{role.id}:{session_name}",
        account=role.account,
        type="AssumedRole",
        role_arn=role.arn,
    )


def assume_by_federation(
    context: Context,
    wish: Wish,
    kind: str,
    principal: iam.Principal,
    keys: iam.Keys,
    session_keys: iam.Keys,
    *,
    role: iam.Role | None = None,
) -> Session:
    """Begin a session of a role for a user of an identity provider, whom its trust policy must allow it.

    ``keys`` are the condition keys of the provider in the trust policy, ``session_keys`` those that the session keeps.
    ``role`` is it if it is known already; otherwise the step may be left to find it. Raises ``AccessDenied``, also if
    there is no such role.
    """
    action = f"sts:{kind}"
    role = role or iam.find_role(context, wish.role_arn)
    if role is None:
        raise errors.NOT_AUTHORIZED_FEDERATED(action=action) from unknown_role(context, wish.role_arn)
    of_role = tags.keys_of("aws:ResourceTag", role.tags)
    all_keys = {**global_keys(context), **of_role, **wish.keys, **keys}
    permissions.check_federated(principal, role, actions(action, wish), all_keys)
    return begin(context, role, wish, kind, session_keys)


def unknown_role(context: Context, role_arn: str) -> iam.Refused:
    """The explanation of an error for a role that does not exist."""
    names = ", ".join(sorted(role.arn for role in context.table(iam.ROLES))) or "there is none"
    return iam.Refused(f"there is no role {role_arn}: {names}")


def assume_with_web_identity(
    context: Context,
    role_arn: str,
    session_name: str,
    identity: WebIdentity,
    *,
    duration: int | None = None,
    session_policies: Sequence[iam.NamedPolicy] = (),
    tags: Mapping[str, str] | None = None,
    transitive: Sequence[str] = (),
    source_identity: str | None = None,
    authorized_by_idp: bool = False,
    packed_size: int | None = None,
    minimum_token_size: int = 0,
    role: iam.Role | None = None,
) -> Session:
    """Begin a session of a role for a user whom a verified token tells of, as AssumeRoleWithWebIdentity does.

    ``session_policies`` act as one set. ``tags`` are session tags, ``transitive`` the keys of those that chained
    sessions inherit. ``authorized_by_idp`` says whether the token names the role. ``role`` is the role if it was looked
    up before: otherwise the step may be left to find it, and keeps what it has changed.

    Raises ``AccessDenied`` if there is no such role, or if it does not trust the user, with tags or a source identity
    if these are given, and ``InvalidIdentityToken`` for what can't be tags.
    """
    asked = Wish(
        role_arn,
        session_name,
        duration,
        tuple(session_policies),
        token_claims.checked(tags or {}, tuple(transitive), token_claims.TAGS),
        source_identity,
        packed_size,
        minimum_token_size,
    )
    return assume_as_web_identity(context, asked, identity, authorized_by_idp=authorized_by_idp, role=role)


def assume_as_web_identity(
    context: Context,
    wish: Wish,
    identity: WebIdentity,
    *,
    authorized_by_idp: bool = False,
    role: iam.Role | None = None,
) -> Session:
    """Do what `assume_with_web_identity` does, for what was asked for by `wish`."""
    account = wish.role_arn.split(":", 5)[4]
    name = web_identities.federated(identity.provider, context.region, account)
    principal = iam.Principal(
        arn=f"{identity.provider}:{identity.audience}:{identity.subject}",
        user_id=f"{identity.provider}:{identity.audience}:{identity.subject}",
        account="",  # they belong to none
        type="WebIdentityUser",
        federated=(name,),
    )
    keys = {
        **web_identities.trust_keys(identity, name),
        "sts:RoleAuthorizedByIdp": "true" if authorized_by_idp else "false",
    }
    kept = web_identities.session_keys(identity, name)
    return assume_by_federation(context, wish, WEB_IDENTITY, principal, keys, kept, role=role)

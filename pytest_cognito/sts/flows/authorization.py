"""Who signed a call, and which policies decide about what they do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pytest_cognito import iam
from pytest_cognito.aws import authentication
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.timestamps import iso8601
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.sts.records import SESSIONS, Session
from pytest_cognito.sts.rules import tags
from pytest_cognito.world import Context, World


@dataclass(frozen=True, slots=True)
class Authorization:
    """The principal of credentials, the policies that decide, and the condition keys that come with the credentials.

    ``session`` is set for temporary credentials of this world. ``is_developer`` says that the credentials are not of
    this world: who has them may do everything.
    """

    principal: iam.Principal
    policies: iam.Policies
    keys: iam.Keys
    session: Session | None = None
    is_developer: bool = False


def knows_callers(world: World) -> bool:
    """Whether it matters who makes a call: the world has roles or users, or has begun sessions."""
    store = world.store
    return bool(len(store[iam.ROLES]) or len(store[iam.ACCESS_KEYS]) or len(store[SESSIONS]))


def refusal(world: World, service: str, caller: Caller) -> AWSError | None:
    """The error, in the words of a service, for credentials of this world that expired or were tampered with.

    None for those that are right, and for those that the world did not issue: they are the developer's. But where
    policies are enforced those of another world, or of this one before a reset, are nobody's.
    """
    sessions, keys = world.store[SESSIONS], world.store[iam.ACCESS_KEYS]
    if not len(sessions) and not len(keys) and not world.enforces:
        return None
    key, token = caller.access_key, caller.session_token
    session = sessions.get(key)
    if session is None and world.enforces and keys.get(key) is None and key is not None and iam.was_issued(key):
        return authentication.invalid(service)
    if session is None:
        of_others = keys.get(key) is not None or sessions.find("token", token) is not None
        return authentication.invalid(service) if token is not None and of_others else None
    if session.token != token:
        return authentication.invalid(service)
    return authentication.expired(service) if session.expires <= world.clock.now() else None


def authorization(context: Context, caller: Caller | None, service: str = "sts") -> Authorization:
    """Who has the credentials that signed a call, and what they may do.

    A role or a user of another mock's IAM is asked for there, outside of the step. None is nobody: an anonymous
    principal without policies. Raises AWS's error for credentials that have expired or were tampered with, and for
    those of another world, or from before a reset.
    """
    if caller is None:
        anonymous = iam.Principal(arn="*", user_id="anonymous", account="", type="Anonymous")
        return Authorization(anonymous, iam.Policies(identity=()), {})
    refused = refusal(context.world, service, caller)
    if refused is not None:
        raise refused
    access_key = caller.access_key
    session = context.table(SESSIONS).get(access_key)
    if session is not None:
        return of_session(context, session)
    user = iam.user_of_key(context, access_key) if access_key else None
    if user is None and access_key and iam.was_issued(access_key):
        raise authentication.invalid(service)
    return _of_user(user) if user is not None else replace(_of_user(iam.developer(context)), is_developer=True)


def of_session(context: Context, session: Session) -> Authorization:
    """Who has the credentials of a session, and what they may do."""
    policies, own_tags = _owner(context, session)
    keys: dict[str, str | tuple[str, ...]] = {
        "aws:TokenIssueTime": iso8601(session.issued),
        "aws:MultiFactorAuthPresent": "false",
        **tags.keys_of("aws:PrincipalTag", tags.overlaid(own_tags, session.tags)),
        **session.keys,
    }
    if session.source_identity is not None:
        keys["aws:SourceIdentity"] = session.source_identity
    if session.mfa is not None:
        keys["aws:MultiFactorAuthPresent"] = "true"
        keys["aws:MultiFactorAuthAge"] = str(int((context.now() - session.mfa).total_seconds()))
    decisive = iam.Policies(policies.identity, policies.boundary, session.policies)
    return Authorization(session.principal, decisive, keys, session)


def _owner(context: Context, session: Session) -> tuple[iam.Policies, dict[str, str]]:
    """The policies and the tags of whom a session acts for. A role or a user who was deleted has none."""
    role_arn = session.principal.role_arn
    owner: iam.Role | iam.User | None
    if role_arn is not None:
        owner = iam.find_role(context, role_arn)
    elif session.user_arn is not None:
        owner = find_user(context, session.user_arn)
    else:
        return iam.Policies(identity=(iam.everything(),)), {}  # the root user of an account
    if owner is None:
        return iam.Policies(identity=()), {}
    return iam.Policies(identity=owner.policies, boundary=owner.boundary), dict(owner.tags)


def find_user(context: Context, arn: str) -> iam.User | None:
    """The user with an ARN: the developer, the world's, or that of another mock's IAM."""
    developer = iam.developer(context)
    return developer if developer.arn == arn else iam.find_user(context, arn)


def _of_user(user: iam.User) -> Authorization:
    principal = principal_of(user)
    own = (iam.everything(),) if principal.is_root else user.policies
    keys: iam.Keys = tags.keys_of("aws:PrincipalTag", user.tags)
    return Authorization(principal, iam.Policies(identity=own, boundary=user.boundary), keys)


def principal_of(user: iam.User) -> iam.Principal:
    """The principal of a user: the root user has no name."""
    return iam.Principal(
        arn=user.arn,
        user_id=user.id,
        account=user.account,
        type="User" if user.name else "Account",
        username=user.name or None,
    )

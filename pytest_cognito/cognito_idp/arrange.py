"""Test setup without the API: users in any state, tokens without a sign-in, functions for triggers.

Nothing here sends a message. The only triggers that run are PreTokenGeneration in `issue_tokens`, and those of a
sign-in by an identity provider in `sign_in_federated`.

What few tests need is imported where it is used: every run of tests that creates a user imports this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.factors import first_factors
from pytest_cognito.cognito_idp.flows.sign_in import sessions
from pytest_cognito.cognito_idp.flows.sign_in.sent_codes import SentCode
from pytest_cognito.cognito_idp.flows.tokens import issuing, user_sessions
from pytest_cognito.cognito_idp.flows.users import accounts, membership
from pytest_cognito.cognito_idp.records import (
    CLIENTS,
    GROUPS,
    IDENTITY_PROVIDERS,
    POOLS,
    USER_IMPORT_JOBS,
    USERS,
    AppClient,
    Group,
    IdentityProvider,
    User,
    UserImportJob,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.rules.users import attribute_rules, names, passwords
from pytest_cognito.cognito_idp.triggers.catalog import definition, lambda_version
from pytest_cognito.kernel import totp
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function
from pytest_cognito.world import Context

DEFAULT_PASSWORD = "Correct-horse-7"


def add_user(
    context: Context,
    pool: UserPool,
    username: str,
    *,
    password: str | None = None,
    attributes: Mapping[str, str] | None = None,
    groups_of_user: Sequence[str] = (),
    status: str = "CONFIRMED",
    sub: str | None = None,
    passwordless: bool = False,
) -> User:
    """Create a user as AdminCreateUser and AdminSetUserPassword do.

    ``email`` and ``phone_number`` are verified unless ``attributes`` has ``email_verified`` or
    ``phone_number_verified``. Groups that do not exist yet are created.
    """
    names.check(pool, username)
    complete = accounts.with_username_attribute(pool, username, attributes or {})
    for attribute in attribute_rules.VERIFIABLE:
        if complete.get(attribute):
            complete.setdefault(f"{attribute}_verified", "true")
    validated = attribute_rules.validate(pool, complete, by_admin=True)
    if password is not None:
        passwords.check(pool, password, errors.PASSWORD_BY_ADMIN)
    if lookup.find_user(context, pool, username) is not None:
        raise errors.USER_ACCOUNT_EXISTS()
    user = accounts.new_user(
        context,
        pool,
        username,
        sub or accounts.draw_sub(context),
        validated,
        status=status,
        password=None if passwordless else password or default_password(context, pool),
        temporary=status == "FORCE_CHANGE_PASSWORD",
    )
    if passwordless and not first_factors.available(context, pool, user):
        raise UsageError(
            f"{username} could not sign in without a password: let the pool have EMAIL_OTP or SMS_OTP among its "
            f"AllowedFirstAuthFactors, and the user an email or a phone_number"
        )
    user = accounts.add(context, pool, user)
    for name in groups_of_user:
        add_to_group(context, pool, user, name)
    return user


def find_identity_provider(context: Context, pool_id: str, name: str) -> IdentityProvider | None:
    """The identity provider of a pool with a name."""
    return context.table(IDENTITY_PROVIDERS).get((pool_id, name))


def add_federated_user(
    context: Context, pool: UserPool, provider: str, subject: str, attributes: Mapping[str, str], sub: str | None
) -> User:
    """Create a user as their first sign-in by an identity provider does."""
    from pytest_cognito.cognito_idp.flows.users import federation
    from pytest_cognito.cognito_idp.rules.providers import federated_attributes

    found = lookup.identity_provider(context, pool, provider)
    validated = federated_attributes.first(pool, attribute_rules.validate(pool, attributes, by_admin=True))
    return federation.create(context, pool, found, subject, validated, sub or accounts.draw_sub(context))


def sign_in_federated(
    context: Context,
    pool: UserPool,
    client_id: str,
    provider: str,
    subject: str,
    claims: Mapping[str, Any],
    scopes: Sequence[str] | None,
) -> issuing.Tokens:
    """Sign in a user whom an identity provider describes by claims; all triggers of the sign-in run.

    ``scopes`` are those of the access token, by default those that the client may ask for or, without any, those of a
    sign-in by the API.
    """
    from pytest_cognito.cognito_idp.flows.authorization import providers
    from pytest_cognito.cognito_idp.flows.clients import client_scopes
    from pytest_cognito.cognito_idp.flows.users import federation
    from pytest_cognito.cognito_idp.rules.providers import external_users

    client = lookup.client(context, pool, client_id)
    found = lookup.identity_provider(context, pool, provider)
    external = external_users.described(found.type, subject, claims)
    user = federation.sign_in(context, pool, client, found, external)
    given = client_scopes.active_scopes(context, pool, client) if scopes is None else tuple(scopes)
    grant = issuing.new_grant(context, pool, client, user, given or issuing.API_SCOPES, hosted=bool(given))
    nonce = providers.new_nonce(context)
    issued = issuing.issue(context, Issuance(pool, client, user, grant, federation.SOURCE, nonce=nonce))
    federation.enabled(context, user)  # PreTokenGeneration may have disabled or deleted them
    user_sessions.begin(context, pool, client, grant)
    return issued


def default_password(context: Context, pool: UserPool) -> str:
    """The default password: always the same if the password policy allows it, else a generated one."""
    if passwords.policy_violation(pool.password_policy, DEFAULT_PASSWORD) is None:
        return DEFAULT_PASSWORD
    return passwords.draw(pool, context.world.ids)


def add_to_group(context: Context, pool: UserPool, user: User, name: str) -> None:
    """Add a user to a group, which is created if it does not exist."""
    if context.table(GROUPS).get((pool.id, name.lower())) is None:
        now = context.now()
        context.table(GROUPS).put(Group(pool.id, name, None, None, None, now, now))
    membership.join(context, user, lookup.group(context, pool, name))


def join_group(context: Context, pool: UserPool, username: str, name: str) -> None:
    """Add the user with a user name to a group, which is created if it does not exist."""
    add_to_group(context, pool, lookup.user(context, pool, username), name)


def set_function(context: Context, pool: UserPool, trigger: str, function: Function, version: str | None) -> None:
    """Register a callable as the Lambda function of a pool's trigger. ``version`` is the event version."""
    lambda_trigger = definition(trigger)
    event_version = None if version is None else lambda_trigger.version(version)
    name = f"{getattr(function, '__name__', 'function').strip('<>')}-{trigger}"
    function_arn = arn("lambda", pool.region, pool.account, f"function:{name}-{context.world.store.serial()}")
    context.world.functions.register(function_arn, function)
    settings = {**pool.triggers, trigger: function_arn}
    if lambda_trigger.config_member:
        current = (pool.triggers.get(lambda_trigger.config_member) or {}).get("LambdaVersion", "V1_0")
        new = current if event_version is None else lambda_version(event_version)
        settings[lambda_trigger.config_member] = {"LambdaArn": function_arn, "LambdaVersion": new}
    context.table(POOLS).put(replace(pool, settings={**pool.settings, "LambdaConfig": settings}))


def issue_tokens(
    context: Context,
    pool: UserPool,
    client_id: str,
    username: str,
    scopes: Sequence[str] | None,
    claims: Mapping[str, Any] | None,
) -> issuing.Tokens:
    """Issue tokens for a user without a sign-in.

    The access token has the ``scopes``, by default those of a sign-in by the API. ``claims`` are added to both tokens
    without any check.
    """
    client = lookup.client(context, pool, client_id)
    user = lookup.user(context, pool, username)
    grant = issuing.new_grant(context, pool, client, user, issuing.API_SCOPES if scopes is None else tuple(scopes))
    issued = issuing.issue(context, Issuance(pool, client, user, grant, "Authentication", extra=claims or {}))
    user_sessions.begin(context, pool, client, grant)
    return issued


def expected_code(context: Context, session: str) -> str | None:
    """The code that answers the MFA challenge of a session: the one that was sent, or one of the software token.

    It is ``None`` if all codes of the software token that would be accepted now have been used.
    """
    waiting = sessions.find(context, session)
    if isinstance(waiting.state, SentCode):
        return waiting.state.code
    user = lookup.user(context, lookup.pool(context, waiting.pool_id), waiting.user)
    return totp.unused_code(user.mfa.secret or "", user.mfa.used, context.now().timestamp())


def clients_of(context: Context, pool_id: str) -> Iterable[AppClient]:
    """The app clients of a pool, oldest first."""
    return [client for _, client in context.table(CLIENTS).page("pool", pool_id)]


def pools_of(context: Context) -> Iterable[UserPool]:
    """The pools of the region and the account, oldest first."""
    return [pool for _, pool in context.table(POOLS).page("region", (context.account, context.region))]


def users_of(context: Context, pool_id: str) -> Iterable[User]:
    """The users of a pool, oldest first."""
    return [user for _, user in context.table(USERS).page("pool", pool_id)]


def cache_client_metadata(
    context: Context, pool: UserPool, url: str, document: Mapping[str, Any], max_age: int | None
) -> None:
    """Keep the metadata document of a client, as if it had been fetched. ``max_age`` is that of the response."""
    from pytest_cognito.cognito_idp.flows.clients import client_metadata

    policy = client_metadata.policy_for(context, pool, url)
    if policy is None:
        raise UsageError(f"no CIMD policy of {pool.id} has a pattern that {url!r} fits: create one first")
    client_metadata.cache(context, policy, url, document, max_age)


def import_jobs_of(context: Context, pool_id: str) -> Iterable[UserImportJob]:
    """The import jobs of a pool, newest first."""
    return [job for _, job in context.table(USER_IMPORT_JOBS).page("pool", pool_id)]


def import_job(context: Context, pool_id: str, job_id: str) -> UserImportJob:
    """An import job as it stands."""
    job = context.table(USER_IMPORT_JOBS).get((pool_id, job_id))
    if job is None:
        raise LookupError(f"the import job {job_id} no longer exists")
    return job


def give_import_file(context: Context, pool_id: str, job_id: str, data: bytes) -> None:
    """Give an import job its CSV file without an upload."""
    context.table(USER_IMPORT_JOBS).put(replace(import_job(context, pool_id, job_id), file=data))


def finish_import(context: Context, pool_id: str, job_id: str) -> None:
    """Let an import job that was started go on to its end."""
    from pytest_cognito.cognito_idp.flows.users import importing

    importing.finish(context, lookup.pool(context, pool_id), import_job(context, pool_id, job_id))

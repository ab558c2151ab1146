"""Explanations of errors about user pools and their settings."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.errors import problems
from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import GROUPS, POOLS, RECOVERIES
from pytest_cognito.kernel.text import first_few, plain

_CLASSES = (
    ("RequireUppercase", "upper case"),
    ("RequireLowercase", "lower case"),
    ("RequireNumbers", "digits"),
    ("RequireSymbols", "symbols"),
)
_CUSTOM_AUTH = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")


def existing_pools(details: CallDetails) -> Iterator[str]:
    """The existing user pools, and the region of the one in the call if that differs."""
    pools = list(details.table(POOLS))
    if not pools:
        yield "there are no user pools here"
        return
    yield f"user pools: {first_few(f'{pool.id} ({plain(pool.name)})' for pool in pools)}"
    if details.pool is not None and details.pool.region != details.call.region:
        yield f"{details.pool.id} is in {details.pool.region}; the call went to {details.call.region}"


def existing_groups(details: CallDetails) -> Iterator[str]:
    """The groups of the pool."""
    if details.pool is None:
        return
    groups = [group.name for group in details.table(GROUPS) if group.pool_id == details.pool.id]
    yield (
        f"groups of {details.pool.id}: {first_few(map(plain, groups))}"
        if groups
        else f"{details.pool.id} has no groups"
    )


def recoveries(details: CallDetails) -> Iterator[str]:
    """The recovery of the pool that pauses writes."""
    if details.pool is None:
        return
    for recovery in details.table(RECOVERIES).owned(POOLS, details.pool.id):
        status = recovery.status_at(details.now)
        if status in ("PREVIEW_GENERATING", "PREVIEW_GENERATED"):
            yield f"recovery {recovery.id} is {status}: start it, or cancel it"
        elif status == "RESTORING":
            yield f"recovery {recovery.id} is {status}: DescribePointInTimeRecovery sees its end"


def password_policy(details: CallDetails) -> Iterator[str]:
    """The password policy of the pool."""
    if details.pool is None:
        return
    policy = details.pool.password_policy
    classes = [words for name, words in _CLASSES if policy.get(name)]
    rules = [f"{policy.get('MinimumLength', 0)} characters or more", *classes]
    yield f"{details.pool.id} asks for {', '.join(rules)}"


def sign_up(details: CallDetails) -> Iterator[str]:
    """Whether only administrators can create users."""
    if details.pool is not None and details.pool.admin_only_sign_up:
        yield f"{details.pool.id} has AdminCreateUserConfig.AllowAdminCreateUserOnly=True"


def first_factors(details: CallDetails) -> Iterator[str]:
    """The AllowedFirstAuthFactors of the pool."""
    if details.pool is not None:
        yield f"AllowedFirstAuthFactors of {details.pool.id}: {', '.join(details.pool.first_factors)}"


def triggers(details: CallDetails) -> Iterator[str]:
    """The triggers of custom authentication that the pool lacks."""
    if details.pool is not None:
        missing = [trigger for trigger in _CUSTOM_AUTH if trigger not in details.pool.triggers]
        yield f"LambdaConfig of {details.pool.id} has no {', '.join(missing)}"


def verification(details: CallDetails) -> Iterator[str]:
    """The AutoVerifiedAttributes of the pool."""
    if details.pool is not None:
        yield f"AutoVerifiedAttributes of {details.pool.id}: {', '.join(details.pool.auto_verified) or 'none'}"


def required_attributes(details: CallDetails) -> Iterator[str]:
    """The required attributes of the pool, if one is missing: the error has other reasons as well."""
    if details.pool is None or problems.ATTRIBUTE_REQUIRED not in str(details.call.error):
        return
    required = [
        attribute["Name"]
        for attribute in details.pool.schema
        if attribute.get("Required") and attribute["Name"] != "sub"
    ]
    if required:
        yield f"required attributes of {details.pool.id}: {first_few(plain(name) for name in required)}"

"""IAM users and their access keys: creating and finding them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pytest_cognito.aws.arn import partition
from pytest_cognito.aws.caller import ACCESS_KEY
from pytest_cognito.iam import elsewhere, identifiers
from pytest_cognito.iam.policies.documents import NamedPolicy, parse
from pytest_cognito.iam.records import ACCESS_KEYS, USERS, AccessKey, User
from pytest_cognito.world import Context

_LONG_TERM = "AKIA"
_EPOCH = dt.datetime.fromtimestamp(0, dt.UTC)  # since when there is a user whom nobody has created
_EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def create_user(
    context: Context,
    name: str,
    *,
    policies: Sequence[NamedPolicy] = (),
    boundary: NamedPolicy | None = None,
    tags: Mapping[str, str] | None = None,
    path: str = "/",
    account: str | None = None,
) -> User:
    """Create a user. Without a ``name`` it is the root user of the account."""
    owner = account or context.account
    resource = f"user{path}{name}" if name else "root"
    user = User(
        arn=f"arn:{partition(context.region)}:iam::{owner}:{resource}",
        name=name,
        id=identifiers.unique_id(context, "AIDA") if name else owner,
        account=owner,
        policies=tuple(policies),
        boundary=boundary,
        tags=dict(tags or {}),
        created=context.now(),
    )
    context.table(USERS).put(user)
    return user


def create_access_key(context: Context, user: User) -> AccessKey:
    """Create an access key of a user."""
    key_id = identifiers.key_id(context, _LONG_TERM, user.account)
    key = AccessKey(key_id, identifiers.secret_key(context), user.arn)
    context.table(ACCESS_KEYS).put(key)
    return key


def find_user(context: Context, arn: str) -> User | None:
    """The user with an ARN: the world's, or that of another mock's IAM, for which the step is left for a while."""
    return context.table(USERS).get(arn) or elsewhere.user(context, arn)


def user_of_key(context: Context, access_key: str) -> User | None:
    """The user of an access key: the world's, or that of another mock's IAM."""
    key = context.table(ACCESS_KEYS).get(access_key)
    if key is not None:
        return context.table(USERS).get(key.user_arn)
    return elsewhere.user_of_key(context, access_key) if access_key.startswith(_LONG_TERM) else None


def developer(context: Context) -> User:
    """Who signs with credentials that are not of this world: a user of the account, who may do everything.

    They are in no table; their name is ``testing``.
    """
    return _developer(partition(context.region), context.account)


@lru_cache(maxsize=16)
def _developer(partition: str, account: str) -> User:
    arn = f"arn:{partition}:iam::{account}:user/{ACCESS_KEY}"
    return User(
        arn=arn,
        name=ACCESS_KEY,
        id=identifiers.lasting_id("AIDA", arn),
        account=account,
        policies=(everything(),),
        boundary=None,
        tags={},
        created=_EPOCH,
    )


@cache
def everything() -> NamedPolicy:
    """The policy of who may do everything."""
    return NamedPolicy("everything", parse(_EVERYTHING))

"""The identities of a pool, as the pool's developer sees and deletes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.support.identity_pools import (
    ALL_PROVIDERS,
    NOBODY,
    PAGINATION_TOKEN_INVALID,
    USER_POOL,
    MakeIdentity,
    no_identity,
)
from tests.support.refusals import refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient


def test_an_identity_has_the_names_of_its_providers(
    cognito_identity: CognitoIdentityClient, identity_pool: str, make_identity: MakeIdentity
) -> None:
    identity_id = make_identity(identity_pool, USER_POOL, "graph.facebook.com", USER_POOL)

    described = cognito_identity.describe_identity(IdentityId=identity_id)

    assert described["IdentityId"] == identity_id
    assert described["Logins"] == [USER_POOL, "graph.facebook.com"]
    assert described["CreationDate"] == described["LastModifiedDate"]
    assert dt.datetime.now(dt.UTC) - described["CreationDate"] < dt.timedelta(minutes=1)


def test_a_guest_has_no_logins(
    cognito_identity: CognitoIdentityClient, identity_pool: str, make_identity: MakeIdentity
) -> None:
    assert "Logins" not in cognito_identity.describe_identity(IdentityId=make_identity(identity_pool))


def test_identities_are_listed_in_pages(
    cognito_identity: CognitoIdentityClient, identity_pool: str, make_identity: MakeIdentity
) -> None:
    there = {make_identity(identity_pool) for _ in range(4)}
    merged = make_identity(identity_pool, disabled=True)

    def listed(*, hide: bool) -> list[list[str]]:
        pages: list[list[str]] = []
        token: dict[str, str] = {}
        while True:
            page = cognito_identity.list_identities(
                IdentityPoolId=identity_pool, MaxResults=2, HideDisabled=hide, **token
            )
            assert page["IdentityPoolId"] == identity_pool
            pages.append([identity["IdentityId"] for identity in page["Identities"]])
            if "NextToken" not in page:
                return pages
            token = {"NextToken": page["NextToken"]}

    everybody, enabled = listed(hide=False), listed(hide=True)

    assert [len(page) for page in everybody] == [2, 2, 1]
    assert {identity for page in everybody for identity in page} == {*there, merged}
    assert [len(page) for page in enabled] == [2, 2]
    assert {identity for page in enabled for identity in page} == there


def test_a_page_follows_one_of_the_same_listing(
    cognito_identity: CognitoIdentityClient, identity_pool: str, make_identity: MakeIdentity
) -> None:
    make_identity(identity_pool)
    make_identity(identity_pool)
    token = cognito_identity.list_identities(IdentityPoolId=identity_pool, MaxResults=1)["NextToken"]
    other = cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]

    error = refusal(cognito_identity.list_identities, IdentityPoolId=other, MaxResults=1, NextToken=token)

    assert error == PAGINATION_TOKEN_INVALID


def test_identities_are_deleted_with_their_logins(
    cognito_identity: CognitoIdentityClient,
    identity_pool: str,
    make_identity: MakeIdentity,
    tables: Callable[[], dict[str, int]],
) -> None:
    gone, kept = make_identity(identity_pool, USER_POOL), make_identity(identity_pool, USER_POOL)

    answer = cognito_identity.delete_identities(IdentityIdsToDelete=[gone, NOBODY])

    assert answer["UnprocessedIdentityIds"] == []
    assert refusal(cognito_identity.describe_identity, IdentityId=gone) == no_identity(gone)
    assert cognito_identity.describe_identity(IdentityId=kept)["Logins"] == [USER_POOL]
    assert tables()["cognito-identity/logins"] == 1


def test_an_identity_is_in_the_region_of_its_pool(
    cognito_identity: CognitoIdentityClient,
    elsewhere: CognitoIdentityClient,
    identity_pool: str,
    make_identity: MakeIdentity,
) -> None:
    identity_id = make_identity(identity_pool)

    assert refusal(elsewhere.describe_identity, IdentityId=identity_id) == no_identity(identity_id)
    elsewhere.delete_identities(IdentityIdsToDelete=[identity_id])
    assert cognito_identity.describe_identity(IdentityId=identity_id)["IdentityId"] == identity_id
